#!/usr/bin/env bash
# spaCy reads our Prodigy lines with the script of docs/spacy.md: each span is our quote, survives DocBin and JSON, and
# what spaCy has written is read back. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# The script as the manual has it.
sed -n '/^```python$/,/^```$/p' "$root/docs/spacy.md" | sed '/^```/d' >"$out/passages.py"
export PYTHONPATH=$out

for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  "$program" export "$session" --to prodigy "$out/$name.jsonl" >"$out/$name.losses"
  "$program" export "$session" --to csv "$out/$name.csv" >/dev/null
  "$python" "$here/check.py" slices "$out/$name.jsonl" "$out/$name.csv"
  "$python" "$here/check.py" spacy "$out/$name.jsonl" "$out/$name.csv" "$out/$name.spacy.jsonl"

  cp "$session" "$out/own.ron"
  "$program" import "$out/own.ron" --from prodigy "$out/$name.jsonl" | tee "$out/report" | grep -q 'nothing new'
  echo "$name: our own file adds nothing to its session"
  for made in "$out/$name.jsonl" "$out/$name.spacy.jsonl"; do
    rm -f "$out/new.ron"
    "$program" import "$out/new.ron" --from prodigy "$made" >"$out/report"
    "$program" export "$out/new.ron" --to csv "$out/new.csv" >/dev/null
    "$python" "$here/check.py" same "$out/$name.csv" "$out/new.csv" "$out/report" "$made"
  done

  "$python" "$here/check.py" utf16 "$out/$name.jsonl" "$out/wrong.jsonl"
  if [ "$name" = hard ]; then
    if "$python" "$here/check.py" slices "$out/wrong.jsonl" "$out/$name.csv" 2>/dev/null; then
      echo "$name: offsets in the wrong unit were not caught" >&2
      exit 1
    fi
    echo "$name: offsets in the wrong unit are caught"
  fi
  rm -f "$out/new.ron"
  "$program" import "$out/new.ron" --from prodigy "$out/wrong.jsonl" >"$out/report"
  "$program" export "$out/new.ron" --to csv "$out/new.csv" >/dev/null
  "$python" "$here/check.py" same "$out/$name.csv" "$out/new.csv" "$out/report" "$out/wrong.jsonl"
done
