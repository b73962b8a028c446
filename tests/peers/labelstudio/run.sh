#!/usr/bin/env bash
# Label Studio's own SDK reads our tasks and interface: each task and annotation is valid by it, wrong ones are not,
# each region's slice is our quote, and its exports are read back. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  "$program" export "$session" --to label-studio "$out/$name" >"$out/$name.losses"
  "$program" export "$session" --to csv "$out/$name.csv" >/dev/null
  "$python" "$here/check.py" slices "$out/$name" "$out/$name.csv"
  "$python" "$here/check.py" sdk "$out/$name" "$out/$name.csv" "$out/$name.sdk"

  # Read back: our own file into its own session, and into a new one; then what the SDK has written.
  cp "$session" "$out/own.ron"
  "$program" import "$out/own.ron" --from label-studio "$out/$name" | tee "$out/report" | grep -q 'nothing new'
  echo "$name: our own file adds nothing to its session"
  for made in "$out/$name" "$out/$name.sdk/json" "$out/$name.sdk/min.json"; do
    rm -f "$out/new.ron"
    "$program" import "$out/new.ron" --from label-studio "$made" >"$out/report"
    "$program" export "$out/new.ron" --to csv "$out/new.csv" >/dev/null
    "$python" "$here/check.py" same "$out/$name.csv" "$out/new.csv" "$out/report"
  done

  # Offsets in UTF-16 units: the slices tell, and our reader puts them right.
  rm -rf "$out/wrong" && cp -r "$out/$name" "$out/wrong"
  "$python" "$here/check.py" utf16 "$out/wrong"
  if [ "$name" = hard ]; then
    if "$python" "$here/check.py" slices "$out/wrong" "$out/$name.csv" 2>/dev/null; then
      echo "$name: offsets in the wrong unit were not caught" >&2
      exit 1
    fi
    echo "$name: offsets in the wrong unit are caught"
  fi
  rm -f "$out/new.ron"
  "$program" import "$out/new.ron" --from label-studio "$out/wrong" >"$out/report"
  "$program" export "$out/new.ron" --to csv "$out/new.csv" >/dev/null
  "$python" "$here/check.py" same "$out/$name.csv" "$out/new.csv" "$out/report"
done
