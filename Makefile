# Everything is done from here. Nothing is made again that has not changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help build demo test test-rust test-js test-page lint tools FORCE

crate   := Cargo.toml Cargo.lock $(shell find src)
package := $(shell find pkg -path pkg/wasm -prune -o -print) pkg/LICENSE-APACHE pkg/LICENSE-MIT
modules := pkg/wasm/doorward_bg.wasm www/doorward/mint_bg.wasm
page    := www/doorward/doorward.js
npm     := tests/node_modules/.package-lock.json
bindgen := target/tools/release/bindgen
deny    := target/tools/bin/cargo-deny
missing  = $(shell .ci/need.sh)

help: ## list what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 18

build: target/made/sizes ## make pkg ready for `npm pack`, and print how large it is
	@cat $<

demo: $(page) ## build everything and serve the demo page at http://localhost:8787
	@exec node .ci/serve.mjs

test: test-rust test-js test-page ## build everything and run all tests

test-rust: target/made/toolchain ## the crate's tests, and its build for a machine without a standard library
	cargo test --locked
	cargo test --locked --features ml-dsa --lib --test core -- ml_dsa each_algorithm rejections::signatures
	.ci/cargo.sh thumbv7em-none-eabi build --release --lib --no-default-features

test-js: build $(page) ## the package's tests, from the packed tarball, in every runtime
	CHROMIUM=$$(.ci/chromium.sh) node tests/js/run.mjs

test-page: $(page) ## the demo page's tests, in Chromium
	CHROMIUM=$$(.ci/chromium.sh) node tests/e2e/demo.mjs

lint: $(deny) target/made/toolchain ## formatting, clippy, documentation, licences: a warning is an error
	cargo fmt --check
	cargo fmt --check --manifest-path .ci/bindgen/Cargo.toml
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --lib --test core --features ml-dsa -- -D warnings
	.ci/cargo.sh wasm32-unknown-unknown clippy --release --lib --no-default-features --features wasm -- -D warnings
	.ci/cargo.sh wasm32-unknown-unknown clippy --release --lib --no-default-features --features wasm,mint -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --lib
	$(deny) --offline check licenses bans sources

pkg/wasm/doorward_bg.wasm: $(crate) $(bindgen) $(npm) .ci/module.sh target/made/toolchain
	.ci/module.sh pkg/wasm doorward wasm

www/doorward/mint_bg.wasm: $(crate) $(bindgen) $(npm) .ci/module.sh target/made/toolchain
	.ci/module.sh www/doorward mint wasm,mint

pkg/wasm/inline.js: pkg/wasm/doorward_bg.wasm .ci/inline.mjs
	node .ci/inline.mjs $< $@

pkg/LICENSE-%: LICENSE-%
	cp $< $@

target/made/sizes: pkg/wasm/inline.js $(package) .ci/sizes.mjs
	@node .ci/sizes.mjs pkg/wasm/doorward_bg.wasm >$@

# The page takes the package as a browser gets it from npm, next to the module that mints.
$(page): pkg/wasm/inline.js $(package) www/doorward/mint_bg.wasm
	rm -rf www/doorward/{entry,lib,wasm}
	mkdir -p www/doorward/entry
	cp pkg/entry/{browser,inlined-module}.js www/doorward/entry
	cp -r pkg/lib pkg/wasm www/doorward
	echo 'export * from "./entry/browser.js";' >$@

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
