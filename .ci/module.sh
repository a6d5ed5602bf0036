#!/usr/bin/env bash
# Compiles the crate to WebAssembly with its JavaScript glue: .ci/module.sh DIRECTORY NAME FEATURES
# writes NAME.js, NAME.d.ts and NAME_bg.wasm into DIRECTORY, and with SIMD=relaxed only NAME_relaxed_bg.wasm, which goes
# with the same glue. Equal sources and tools give equal bytes, wherever the repository and cargo's downloads lie.
set -euo pipefail

directory=$1
name=$2
features=$3
target=wasm32-unknown-unknown
simd=${SIMD:+-$SIMD}
work=target/made/$name$simd

version() { grep -A 1 -x "name = \"$1\"" "$2" | sed -n 's/^version = "\(.*\)"/\1/p'; }
crate=$(version wasm-bindgen Cargo.lock)
glue=$(version wasm-bindgen-cli-support .ci/bindgen/Cargo.lock)
if [ "$crate" != "$glue" ]; then
  echo "wasm-bindgen is $crate in Cargo.lock but $glue in .ci/bindgen/Cargo.lock: make them equal" >&2
  exit 1
fi

# No path of this machine in panic messages. cargo names a registry's folder by its address, and may have several.
cargo fetch --locked --quiet
remap=("--remap-path-prefix=$PWD/=")
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
  remap+=("--remap-path-prefix=$registry=/crates")
done
if [ "$(head -n 1 target/made/toolchain)" = debian ]; then
  remap+=("--remap-path-prefix=$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust=/rust")
fi
# LLVM copies functions into their callers as if room cost nothing: where all is put together, at a ninth of its threshold
# of 225. With all of it compiled for speed, the module fell from 733,963 bytes (293,229 after gzip -9) to 595,481
# (248,277), and then to 533,831 (224,925) with all but arithmetic and hashes compiled for size, as Cargo.toml has it. In
# the same run on Node 20, of the three: a check with RS256 took 72.1, 76.1 and 74.2 us, ES256 42.9, 44.7 and 44.7, EdDSA
# 33.6, 35.2 and 34.8, ES384 644, 641 and 639. The same threshold for each package costs the hashes: ES256 47.2.
# Nor does LLVM reduce the strength of loops, which gives each operand an address of its own. In the same run, with that
# and without: the arithmetic of an RSA signature took 45.2 and 42.2 us on Node 20, 46.3 and 41.9 on Bun, and with relaxed SIMD
# 24.3 and 24.5 on Node 24 and 26.3 and 26.7 on Deno; before RSA was so, nothing else lost more than the noise.
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${remap[*]}") \
  .ci/cargo.sh "$target" rustc --package doorward-module --lib --release --features "$features" \
  -- -Cllvm-args=-inline-threshold=25 -Cllvm-args=-disable-lsr

compiled=target/$(head -n 1 target/made/toolchain)$simd/$target/release/doorward_module.wasm
rm -rf "$work"
target/tools/release/bindgen "$compiled" "$work" "$name"
cp "$compiled" "$work/named.wasm" # its functions still have their names, by which sizes are told
# Node 20 compiles what remove-unused-brs makes of loops worse than what LLVM makes: in the same run, the arithmetic of
# RSA took 53.7 us a signature before this, 54 after -Oz without that pass, 57 after -O3 or -Oz with it. Deno sees no
# difference. Module in bytes, and after gzip -9: 1,019,677 and 358,480 before; 977,075 and 357,823 without the pass;
# 956,062 and 354,225 with it; dead code taken away and nothing else, 1,013,116 and 357,921.
# Functions with one caller stay apart: an engine compiles all of a function when it is first called, the errors in it,
# too. What warm code wants in its callers, LLVM has put there already.
# By name, functions of one module of the source lie side by side, and are alike: 1,890 bytes less after gzip. Nothing lies
# in the first KiB of memory, where the stack ends: 980 bytes less.
# The features are those that .ci/cargo.sh asks for and that rustc uses for this target by itself, but for the one that
# .ci/bindgen takes out: with fewer the module is refused here, with more it could come out in need of a newer runtime.
tests/node_modules/.bin/wasm-opt -Oz --skip-pass=remove-unused-brs --one-caller-inline-max-function-size=0 \
  --low-memory-unused --reorder-functions-by-name --strip-producers --strip-target-features \
  --enable-bulk-memory --enable-mutable-globals --enable-nontrapping-float-to-int \
  --enable-reference-types --enable-sign-ext --enable-simd ${SIMD:+"--enable-$SIMD-simd"} \
  "$work/${name}_bg.wasm" --output "$work/${name}_bg.wasm"
mkdir -p "$directory"
if [ -z "$simd" ]; then
  cp "$work/$name.js" "$work/$name.d.ts" "$work/${name}_bg.wasm" "$directory"
else
  cmp "$work/$name.js" "$directory/$name.js"
  cp "$work/${name}_bg.wasm" "$directory/${name}_${SIMD}_bg.wasm"
fi
