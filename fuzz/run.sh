#!/usr/bin/env bash
# Runs every target for so many seconds: run.sh SECONDS [TARGET…]. Seeds first: seeds.sh. A crash ends it, with the
# file that caused it under artifacts/; runs on a stable compiler.
set -euo pipefail
cd "$(dirname "$0")"
seconds=$1
shift
export RUSTC_BOOTSTRAP=1
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(basename -s .rs fuzz_targets/*.rs)
failed=()
for target in "${targets[@]}"; do
  mkdir -p "corpus/$target"
  # A second for one input and 512 MiB, as the README says; a sanitizer needs ten times the time and twice the memory.
  if cargo fuzz run "$target" -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=1 >"$target.log" 2>&1; then
    printf '%-14s %s runs\n' "$target" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$target.log")"
    rm "$target.log"
  else
    tail -40 "$target.log" >&2
    failed+=("$target")
  fi
done
[ ${#failed[@]} -eq 0 ] || { echo "failed: ${failed[*]}" >&2; exit 1; }
