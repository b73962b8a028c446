#!/usr/bin/env bash
# doccano's own importer and exporter, on SQLite, take our lines and give them back: entities, relations and columns are
# kept, and read back. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  "$program" export "$session" --to doccano "$out/$name.jsonl" >"$out/$name.losses"
  "$program" export "$session" --to csv "$out/$name.csv" >/dev/null
  "$python" "$here/check.py" slices "$out/$name.jsonl" "$out/$name.csv"
  "$python" "$here/check.py" doccano "$out/$name.jsonl" "$out/$name.kept" "$out/db.sqlite3" overlapping
  "$python" "$here/check.py" slices "$out/$name.kept/all.jsonl" "$out/$name.csv"
  "$python" "$here/check.py" doccano "$out/$name.jsonl" "$out/$name.strict" "$out/db.sqlite3" strict

  for made in "$out/$name.jsonl" "$out/$name.kept/all.jsonl"; do
    cp "$session" "$out/own.ron"
    "$program" import "$out/own.ron" --from doccano "$made" | tee "$out/report" | grep -q 'nothing new'
    echo "$name: $(basename "$made") adds nothing to its session"
    rm -f "$out/new.ron"
    "$program" import "$out/new.ron" --from doccano "$made" >"$out/report"
    "$program" export "$out/new.ron" --to csv "$out/new.csv" >/dev/null
    "$python" "$here/check.py" same "$out/$name.csv" "$out/new.csv" "$out/report"
  done

  "$python" "$here/check.py" chars "$out/$name.jsonl" "$out/wrong.jsonl"
  if [ "$name" = hard ]; then
    if "$python" "$here/check.py" slices "$out/wrong.jsonl" "$out/$name.csv" 2>/dev/null; then
      echo "$name: offsets in the wrong unit were not caught" >&2
      exit 1
    fi
    echo "$name: offsets in the wrong unit are caught"
  fi
  rm -f "$out/new.ron"
  "$program" import "$out/new.ron" --from doccano "$out/wrong.jsonl" >"$out/report"
  "$program" export "$out/new.ron" --to csv "$out/new.csv" >/dev/null
  "$python" "$here/check.py" same "$out/$name.csv" "$out/new.csv" "$out/report"
done
