#!/usr/bin/env bash
# Runs cargo for a machine without an operating system, with the toolchain that .ci/toolchain.sh found:
#   .ci/cargo.sh TARGET COMMAND ARGUMENTS...
# Each toolchain has a folder of its own, so that they never see each other's files. With SIMD=relaxed WebAssembly may have
# the instructions of that name, which newer runtimes know, and is compiled in one more folder.
set -euo pipefail

target=$1
command=$2
shift 2
toolchain=$(head -n 1 target/made/toolchain)
folder=target/$toolchain
# SIMD is what the arithmetic of RSA is written for. Chrome, Firefox and Node have it since 2021, Safari since 2023.
features=+simd128
if [ "${SIMD:-}" = relaxed ]; then
  features+=,+relaxed-simd
  folder+=-relaxed
fi
case $target in
  wasm32-*) export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS:+$CARGO_ENCODED_RUSTFLAGS$'\x1f'}-Ctarget-feature=$features ;;
esac
arguments=(--locked --target "$target" --target-dir "$folder" "$@")

if [ "$toolchain" = rustup ]; then
  exec cargo "$command" "${arguments[@]}"
fi

case $target in
  wasm32-*) std=std,panic_abort ;;
  *) std=core,alloc ;;
esac
# Only a compiler that is told to be a bootstrap compiler builds the standard library.
export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=lld-22
export PATH=/usr/bin:$PATH
exec /usr/bin/cargo "$command" -Zbuild-std="$std" "${arguments[@]}"
