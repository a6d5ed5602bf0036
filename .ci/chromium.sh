#!/usr/bin/env bash
# Prints where Chromium is: CHROMIUM, if set, else the system's own, which is installed if missing.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ]; then
  command -v "$CHROMIUM" || { echo "CHROMIUM names $CHROMIUM, which is not there" >&2; exit 1; }
  exit
fi
command -v chromium && exit
.ci/apt.sh chromium
command -v chromium
