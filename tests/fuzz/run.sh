#!/usr/bin/env bash
# Fuzzes each target for FUZZ_SECONDS (default 60), or only those named: tests/fuzz/run.sh [TARGET...]
# What makes one fail is left in target/fuzz/artifacts; it belongs into the tests once it is understood.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${FUZZ_SECONDS:-60}
targets=("$@")
[ $# != 0 ] || targets=(token key_set claims policy_json gate_message whole_path)

cargo +nightly --version >/dev/null 2>&1 ||
  { echo "nightly Rust is missing, which fuzzing needs: rustup toolchain install nightly" >&2; exit 1; }
command -v g++ >/dev/null ||
  { echo "a C++ compiler is missing, which libFuzzer needs: apt-get install g++" >&2; exit 1; }
[ -x target/tools/bin/cargo-fuzz ] ||
  cargo install cargo-fuzz --version 0.13.2 --locked --root target/tools
export PATH=$PWD/target/tools/bin:$PATH

mkdir -p target/fuzz/{corpus,artifacts,logs}
node tests/fuzz/seed.mjs target/fuzz/corpus
cargo +nightly fuzz build --fuzz-dir tests/fuzz --target-dir target/fuzz

failed=()
for target in "${targets[@]}"; do
  mkdir -p "target/fuzz/corpus/$target" "target/fuzz/artifacts/$target"
  log=target/fuzz/logs/$target
  if cargo +nightly fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz "$target" "target/fuzz/corpus/$target" -- \
    -max_total_time="$seconds" -max_len=20000 -timeout=20 -dict=tests/fuzz/json.dict \
    -artifact_prefix="target/fuzz/artifacts/$target/" -print_final_stats=1 >"$log" 2>&1; then
    result=passed
  else
    result=FAILED
    failed+=("$target")
    grep -m 5 -E '^thread|panicked|ERROR|assertion|Test unit written' "$log" >&2 || tail -n 20 "$log" >&2
  fi
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  inputs=$(find "target/fuzz/corpus/$target" -type f | wc -l)
  echo "fuzz $target: $result, ${executions:-?} executions in $seconds s, $inputs inputs kept"
done
echo "$((${#targets[@]} - ${#failed[@]})) passed, ${#failed[@]} failed"
[ ${#failed[@]} = 0 ]
