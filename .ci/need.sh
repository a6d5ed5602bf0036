#!/usr/bin/env bash
# Prints one line about the first tool that is missing, and nothing when all are there.
# These are the tools that nothing here can install; the rest is installed by the build itself.
set -euo pipefail

has() { command -v "$1" >/dev/null; }

if ! has cargo || ! rustc --version >/dev/null 2>&1; then
  echo "Rust is missing (cargo, rustc): install it with rustup, or Debian's packages rustc-web and cargo-web"
elif ! has cc; then
  echo "a C linker is missing (cc), which Rust links with: apt-get install gcc libc6-dev"
elif ! has node || ! node -e 'process.exit(Number.parseInt(process.versions.node) < 20 ? 1 : 0)'; then
  echo "Node.js 20 or newer is missing (node): install it from your system's packages or with a version manager"
elif ! has npm; then
  echo "npm is missing: it comes with Node.js, or as Debian's package npm"
fi
