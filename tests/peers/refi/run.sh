#!/usr/bin/env bash
# REFI-QDA: the official schemas (xmllint) and pyrefiqda read our files, and files written otherwise are read back.
# Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=$(realpath "$1")
python=$(realpath -s "$2")/venv/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

schemas=$root/../shared/conformance/refi
[ -f "$schemas/Project.xsd" ] || schemas=${REFI_SCHEMAS:-$schemas}
if [ -f "$schemas/Project.xsd" ]; then
  has_schemas=yes
else
  has_schemas=
  echo "SKIPPED: the official schemas are not at $schemas (REFI_SCHEMAS names another place); nothing is validated" >&2
  echo "SKIPPED: official schemas"
fi

valid() { # schema file what
  [ -n "$has_schemas" ] || return 0
  xmllint --noout --schema "$schemas/$1" "$2" 2>"$work/xmllint" || { cat "$work/xmllint" >&2; exit 1; }
  echo "ok: $3 is valid by the official $1"
}

for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  out=$work/$name
  mkdir -p "$out"
  "$program" export "$session" --to csv "$out/passages.csv" >/dev/null
  "$program" export "$session" --to refi "$out/ours.qdpx" >/dev/null
  "$program" export "$session" --to qdc "$out/ours.qdc" >/dev/null
  "$python" -m zipfile -e "$out/ours.qdpx" "$out/unzipped"
  valid Project.xsd "$out/unzipped/project.qde" "$name.qdpx"
  valid Codebook.xsd "$out/ours.qdc" "$name.qdc"
  "$python" "$here/check.py" peer "$program" "$out" "$name"
  "$python" "$here/check.py" variants "$program" "$out" "$name"
  # The same session again: nothing is new. A new one: the same file.
  cp "$session" "$out/own.ron"
  "$program" import "$out/own.ron" --from refi "$out/ours.qdpx" | grep -q "nothing new" ||
    { echo "$name.qdpx adds to the session it was made from" >&2; exit 1; }
  cmp "$session" "$out/own.ron"
  echo "ok: $name.qdpx adds nothing to its own session"
done
python3 "$here/variants.py" "$program"
