#!/usr/bin/env bash
# Finds, or installs, what compiles for machines without an operating system, and writes to the file named as
# argument which it is ("rustup" or "debian") and its version. The file is touched only when that has changed.
#
# rustup: the Rust at hand has, or rustup can add, a compiled standard library for the target.
# debian: Debian's Rust for the web, which compiles the standard library from source. Where rustup has no network.
# DOORWARD_TOOLCHAIN=rustup or =debian forces one of the two.
set -euo pipefail

file=$1
wanted=${DOORWARD_TOOLCHAIN:-}
targets=(wasm32-unknown-unknown thumbv7em-none-eabi)
debian=(rustc-web cargo-web rust-web-src rust-web-clippy lld-22)

rustup_has() {
  local target
  for target in "${targets[@]}"; do
    compgen -G "$(rustc --print target-libdir --target "$target")/libcore-*.rlib" >/dev/null || return 1
  done
}

rustup_adds() {
  command -v rustup >/dev/null && timeout 300 rustup target add "${targets[@]}" </dev/null >/dev/null 2>&1 && rustup_has
}

debian_has() {
  dpkg-query --show --showformat '${db:Status-Status}\n' "${debian[@]}" 2>/dev/null |
    awk '$1 == "installed" { n++ } END { exit n != '"${#debian[@]}"' }'
}

case $wanted in
  "" | rustup | debian) ;;
  *) echo "DOORWARD_TOOLCHAIN is rustup or debian, not $wanted" >&2; exit 1 ;;
esac

if [ "$wanted" != debian ] && { rustup_has || rustup_adds; }; then
  found=$(echo rustup; rustc --version --verbose)
elif [ "$wanted" = rustup ]; then
  echo "rustup cannot add ${targets[*]}" >&2
  exit 1
else
  debian_has || .ci/apt.sh "${debian[@]}"
  found=$(echo debian; /usr/bin/rustc --version --verbose)
fi

if [ "$found" != "$(cat "$file" 2>/dev/null)" ]; then
  mkdir -p "$(dirname "$file")"
  echo "$found" >"$file"
  case $found in
    rustup*) echo "WebAssembly is compiled by $(rustc --version), with rustup's standard library" ;;
    debian*) echo "WebAssembly is compiled by Debian's $(/usr/bin/rustc --version), standard library from source" ;;
  esac
fi
