#!/usr/bin/env bash
# pybrat reads what is exported; a strict reading by brat's rules finds nothing wrong with it, and what is wrong when the
# offsets count in another unit; a project as others write it is imported. Usage: run.sh PROGRAM PLACE
set -euo pipefail
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  "$program" export "$session" --to brat "$work/$name" >/dev/null
  "$program" export "$session" --to csv "$work/$name.csv" >/dev/null
  "$python" "$here/check.py" read "$work/$name" "$work/$name.csv"
  "$program" import "$work/$name-back.ron" --from brat "$work/$name" >/dev/null
  "$program" export "$work/$name-back.ron" --to csv "$work/$name-back.csv" >/dev/null
  "$python" "$here/check.py" same "$work/$name.csv" "$work/$name-back.csv"
  "$program" export "$work/$name-back.ron" --to brat "$work/$name-again" >/dev/null
  diff -r "$work/$name" "$work/$name-again"
  echo "$name: export, import, export: the same bytes"
  "$python" "$here/check.py" wrong "$work/$name" "$work/$name-utf16"
  "$program" import "$work/$name-utf16.ron" --from brat "$work/$name-utf16" >"$work/$name-utf16.txt"
  "$program" export "$work/$name-utf16.ron" --to csv "$work/$name-utf16.csv" >/dev/null
  "$python" "$here/check.py" words "$work/$name.csv" "$work/$name-utf16.csv"
done
grep -q "UTF-16 units" "$work/hard-utf16.txt"
echo "hard: offsets in UTF-16 units are said and put right"
"$python" "$here/check.py" make "$work/others"
"$program" import "$work/others.ron" --from brat "$work/others" >"$work/others.txt"
"$program" export "$work/others.ron" --to csv "$work/others.csv" >/dev/null
"$python" "$here/check.py" made "$work/others.csv" "$work/others.txt"
