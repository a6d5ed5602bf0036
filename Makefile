# Everything is done from here. Nothing is made again that has not changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES: # no rule but those here: make would write .ci/module, a folder, from .ci/module.sh
.NOTPARALLEL:
.PHONY: help build demo test test-rust test-js test-cli test-page test-mcp test-gate first-minutes fuzz bench lint tools FORCE

crate   := Cargo.toml Cargo.lock $(shell find src .ci/module)
suite   := pkg/bin/probe/suite.js pkg/bin/probe/exchange.js
package := $(shell find pkg -path pkg/wasm -prune -o -print) pkg/LICENSE-APACHE pkg/LICENSE-MIT pkg/bin/commander.js $(suite)
inlined := pkg/wasm/inline.js pkg/wasm/inline-relaxed.js
modules := pkg/wasm/doorward_bg.wasm www/doorward/mint_bg.wasm
page    := www/doorward/doorward.js
measuring := $(wildcard tests/bench/browser/*) $(addprefix tests/bench/,claims.mjs statistics.mjs inside/refusal.mjs inside/rotation.mjs inside/rounds.mjs)
npm     := tests/node_modules/.package-lock.json
cases   := target/made/differential.jsonl
checked := target/made/checked/doorward_bg.wasm
bindgen := target/tools/release/bindgen
deny    := target/tools/bin/cargo-deny
missing  = $(shell .ci/need.sh)

help: ## list what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 18

build: target/made/sizes ## make pkg ready for `npm pack`, and print how large it is
	@cat $<

demo: build $(page) ## build everything and serve the playground, with a gate to try, at http://localhost:8787
	@exec node .ci/serve.mjs

test: test-rust test-js test-cli test-page test-mcp test-gate ## build everything and run all tests

test-rust: target/made/toolchain ## the crate's tests, and its build for a machine without a standard library
	cargo test --locked
	cargo test --locked --features libraries,ml-dsa --test core -- accepted attacks_signature vectors rejections::signatures
	cargo test --locked --features ml-dsa --lib --test core -- ml_dsa each_algorithm rejections::signatures
	.ci/cargo.sh thumbv7em-none-eabi build --release --lib --no-default-features

# Node 20 takes the module without relaxed SIMD, Node 24 the one with it, and then also where a product is rounded before
# it is added.
test-js: build $(page) $(cases) $(checked) ## the package's tests, from the packed tarball, in every runtime, and beside jose
	CHROMIUM=$$(.ci/chromium.sh) node tests/js/run.mjs
	for node in tests/node_modules/node2[04]-*/bin/node; do \
	  $$node target/js/project/differential.mjs $(cases) tests/data/stricter.json; \
	done
	tests/node_modules/node24-*/bin/node --no-enable-fma3 target/js/project/differential.mjs $(cases) tests/data/stricter.json
	node tests/js/hostile.mjs

test-cli: build ## the command line, from the packed tarball, in Node, Deno and Bun
	command -v script >/dev/null || .ci/apt.sh bsdutils
	node tests/cli/run.mjs

test-page: $(page) ## the playground's tests, in Chromium, with the gate that it tries
	CHROMIUM=$$(.ci/chromium.sh) node tests/e2e/demo.mjs

test-mcp: build ## the gate between a real provider, real servers and real clients, the conformance suite through it, and the examples
	command -v curl >/dev/null || .ci/apt.sh curl
	node tests/e2e/mcp/run.mjs
	node tests/e2e/guides/run.mjs

test-gate: build ## any resource server's tests against the gate in five runtimes, and the gate in crowds and outages
	node tests/resource-server/check.mjs
	node tests/e2e/gate/run.mjs

first-minutes: ## what the README says about the first five minutes, on a fresh clone of what is committed: how long it takes
	node tests/first-minutes/run.mjs

fuzz: $(page) ## look for what breaks: each target, and the comparison with others, for FUZZ_SECONDS (60)
	tests/fuzz/run.sh
	DIFFERENTIAL_SECONDS=$${FUZZ_SECONDS:-60} cargo test --locked --test differential
	node --eval 'import("./tests/js/project.mjs").then(({ makeProject }) => makeProject())'
	node target/js/project/differential.mjs target/made/differential-any-seed.jsonl tests/data/stricter.json --any-seed

bench: build ## measure Doorward and its peers in every runtime and natively, and write the figures: BENCH_SECONDS (600) of measuring
	CARGO_TARGET_DIR=target/bench-native cargo bench --no-run --manifest-path tests/bench/native/Cargo.toml
	node tests/bench/run.mjs

lint: $(deny) target/made/toolchain ## formatting, clippy, documentation, licences: a warning is an error
	cargo fmt --all --check
	cargo fmt --check --manifest-path .ci/bindgen/Cargo.toml
	cargo fmt --check --manifest-path tests/bench/native/Cargo.toml
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --lib --test core --features ml-dsa -- -D warnings
	cargo clippy --locked --lib --features libraries -- -D warnings
	.ci/cargo.sh wasm32-unknown-unknown clippy --release --lib --no-default-features --features wasm -- -D warnings
	.ci/cargo.sh wasm32-unknown-unknown clippy --release --lib --no-default-features --features wasm,mint -- -D warnings
	SIMD=relaxed .ci/cargo.sh wasm32-unknown-unknown clippy --release --package doorward-kernels --lib -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --lib
	$(deny) --offline check licenses bans sources

pkg/wasm/doorward_bg.wasm: $(crate) $(bindgen) $(npm) .ci/module.sh .ci/cargo.sh target/made/toolchain
	.ci/module.sh pkg/wasm doorward wasm

www/doorward/mint_bg.wasm: $(crate) $(bindgen) $(npm) .ci/module.sh .ci/cargo.sh target/made/toolchain
	.ci/module.sh www/doorward mint wasm,mint

# The module with its arithmetic and assertions checked, for hostile input: tested, never shipped.
checks := inherits="release" overflow-checks=true debug-assertions=true lto="off" codegen-units=16
$(checked): $(crate) $(bindgen) .ci/cargo.sh target/made/toolchain
	.ci/cargo.sh wasm32-unknown-unknown rustc --package doorward-module --lib --features wasm \
	  --profile checked $(foreach check,$(checks),--config 'profile.checked.$(check)')
	$(bindgen) target/$$(head -n 1 target/made/toolchain)/wasm32-unknown-unknown/checked/doorward_module.wasm target/made/checked doorward

# The same with relaxed SIMD, for the engines that have it. It shares the glue of the other, which is there first.
pkg/wasm/doorward_relaxed_bg.wasm: pkg/wasm/doorward_bg.wasm
	SIMD=relaxed .ci/module.sh pkg/wasm doorward wasm

pkg/wasm/inline.js: pkg/wasm/doorward_bg.wasm .ci/inline.mjs
	node .ci/inline.mjs $< $@

pkg/wasm/inline-relaxed.js: pkg/wasm/doorward_relaxed_bg.wasm .ci/inline.mjs
	node .ci/inline.mjs $< $@

pkg/bin/commander.js: $(npm) .ci/commander.mjs
	node .ci/commander.mjs $@

$(suite): pkg/bin/probe/%.js: tests/resource-server/%.mjs
	cp $< $@

pkg/LICENSE-%: LICENSE-%
	cp $< $@

target/made/sizes: $(inlined) $(package) .ci/sizes.mjs
	@node .ci/sizes.mjs pkg/wasm/doorward{,_relaxed}_bg.wasm >$@

# The page takes the package as a browser gets it from npm, next to the module that mints and the worker that measures.
$(page): $(inlined) $(package) www/doorward/mint_bg.wasm $(npm) .ci/measuring.mjs $(measuring)
	rm -rf www/doorward/{entry,lib,wasm}
	mkdir -p www/doorward/entry
	cp pkg/entry/{browser,inlined-module}.js www/doorward/entry
	cp -r pkg/lib pkg/wasm www/doorward
	node .ci/measuring.mjs www/doorward/measuring.js
	echo 'export * from "./entry/browser.js";' >$@

# What the crate's differential test has made, usually as a part of test-rust.
$(cases): $(crate) $(shell find tests/differential) tests/data/stricter.json | tools
	cargo test --locked --test differential

# What the build needs and installs itself.
tools:
	@$(if $(missing),$(error $(missing)))

target/made/toolchain: FORCE | tools
	@.ci/toolchain.sh $@

$(npm): tests/package.json tests/package-lock.json | tools
	cd tests && npm ci --no-audit --no-fund
	touch $@

$(bindgen): $(wildcard .ci/bindgen/*) | tools
	cargo build --release --locked --manifest-path .ci/bindgen/Cargo.toml --target-dir target/tools
	touch $@

$(deny): | tools
	cargo install cargo-deny --version 0.20.2 --locked --root target/tools
