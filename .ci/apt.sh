#!/usr/bin/env bash
# Installs Debian packages, as root or by sudo: .ci/apt.sh PACKAGE...
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }

command -v apt-get >/dev/null || fail "apt-get is missing: install by other means what Debian calls $*"
sudo=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || fail "neither root nor sudo: have an administrator run apt-get install $*"
  sudo=sudo
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
  $sudo apt-get -q update &&
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$@"
} >"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2; fail "apt-get could not install $*"; }
