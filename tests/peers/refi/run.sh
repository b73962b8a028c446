#!/usr/bin/env bash
# xmllint holds our projects and codebooks against the official schemas; every selection is checked against the table
# of passages, and so is what comes back. Usage: run.sh PROGRAM PLACE
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
schemas=$root/../shared/conformance/refi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  "$program" export "$session" --to csv "$work/$name.csv" >/dev/null
  "$program" export "$session" --to refi "$work/$name.qdpx" >/dev/null
  "$program" export "$session" --to qdc "$work/$name.qdc" >/dev/null
  python3 "$here/check.py" "$work/$name.qdpx" "$work/$name.csv" "$work/$name.qde"
  if [ -d "$schemas" ]; then
    xmllint --noout --schema "$schemas/Project.xsd" "$work/$name.qde"
    xmllint --noout --schema "$schemas/Codebook.xsd" "$work/$name.qdc"
  else
    echo "SKIPPED: the official schemas are not in $schemas"
  fi
  "$program" import "$work/$name-back.ron" --from refi "$work/$name.qdpx" >/dev/null
  "$program" export "$work/$name-back.ron" --to csv "$work/$name-back.csv" >/dev/null
  cmp "$work/$name.csv" "$work/$name-back.csv"
  echo "$name: our own project comes back"
done
