#!/usr/bin/env bash
# What others say of our W3C annotations, and how files of theirs come in. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=$(realpath "$1")
place=$(realpath "$2")
shared=${GAINSAY_SHARED:-$root/../shared}/conformance/w3c
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# passages SESSION: tag and quote of each placed passage, sorted, as the table gives them.
passages() {
  "$program" export "$1" --to csv "$work/table.csv" --force >/dev/null 2>&1 || {
    rm -f "$work/table.csv"
    "$program" export "$1" --to csv "$work/table.csv" >/dev/null
  }
  python3 - "$work/table.csv" <<'PY'
import csv, sys
csv.field_size_limit(10**9)
rows = csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""))
print(*sorted((row["document_digest"], int(row["start_char"]), row["tag"], row["quote"]) for row in rows if row["start_char"]), sep="\n")
PY
}

same() {
  diff <(passages "$1") <(passages "$2") || { echo "FAILED: $3"; exit 1; }
  echo "$3: $(passages "$2" | wc -l) passages, all where they were"
}

for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  echo "== $name"
  own=$work/$name
  mkdir -p "$own/texts" "$own/theirs"
  "$program" export "$session" --to w3c "$own/a.jsonld" >/dev/null
  "$program" export "$session" --to csv "$own/a.csv" >/dev/null
  PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 "$place/venv/bin/python" "$here/check.py" "$own/a.jsonld" "$own/a.csv" "$shared"
  node "$here/check.js" "$own/a.jsonld" "$place" "$own/texts/apache.json" "$own/texts"

  "$program" import "$own/back.ron" --from w3c "$own/a.jsonld" >/dev/null
  "$program" export "$own/back.ron" --to w3c "$own/b.jsonld" >/dev/null
  cmp "$own/a.jsonld" "$own/b.jsonld"
  cmp "$session" "$own/back.ron"
  echo "gainsay: read into a new session it gives the same file, byte for byte"

  python3 "$here/make.py" "$own/a.jsonld" "$own/theirs"
  "$program" import "$own/utf16.ron" --from w3c "$own/theirs/utf16.jsonld" | grep -q "UTF-16" || [ "$name" != hard ]
  same "$session" "$own/utf16.ron" "offsets in UTF-16 units, put right"
  "$program" import "$own/apache.ron" --from w3c "$own/texts/apache.json" "$own"/texts/*.txt >/dev/null
  same "$session" "$own/apache.ron" "written by Apache Annotator"
  rm "$own/theirs/utf16.jsonld"
  "$program" import "$own/hypothesis.ron" --from hypothesis "$own"/theirs/* >/dev/null
  same "$session" "$own/hypothesis.ron" "as Hypothesis exports it"
done
