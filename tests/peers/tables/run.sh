#!/usr/bin/env bash
# Has pandas, R, frictionless, roc-validator, openpyxl and LibreOffice read our tables. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 HOME=$work
root=$(cd "$here/../../.." && pwd)
for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  out=$work/$name
  mkdir "$out"
  cd "$out"
  cp "$session" session.ron
  "$program" export session.ron --to package package >/dev/null
  "$program" export session.ron --to csv quotes.csv >/dev/null
  "$program" export session.ron --to xlsx book.xlsx >/dev/null
  "$program" export session.ron --to excel-csv excel.csv >/dev/null
  "$program" export session.ron --to codebook-csv codebook.csv >/dev/null
  "$python" "$here/check_package.py" quotes.csv package | sed "s/^/$name: /"
  Rscript --vanilla "$here/check.R" package | sed "s/^/$name: /"
  "$python" "$here/check_crate.py" package | sed "s/^/$name: /"
  # A sheet each, texts as they are; semicolons for the other.
  soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
    --outdir sheets book.xlsx >/dev/null 2>&1
  soffice --headless --infilter='CSV:59,34,76,1' --convert-to fods --outdir sheets excel.csv >/dev/null 2>&1
  "$python" "$here/check_sheets.py" quotes.csv | sed "s/^/$name: /"
  cmp codebook.csv package/codebook.csv
  # The sample's scheme is the one that new sessions start with: there is nothing to make a session of.
  if [ "$name" = hard ]; then
    "$program" import new.ron --from codebook-csv codebook.csv >/dev/null
    "$program" export new.ron --to codebook-csv again.csv >/dev/null
    cmp codebook.csv again.csv
  fi
  "$program" import session.ron --from codebook-csv codebook.csv | grep -q 'nothing new'
  echo "$name: codebook.csv comes back the same, and is known again"
done
cd "$work"
# LibreOffice does make formulas of a CSV, and the check would see it.
printf 'a;b\r\n=1+1;"=SUM(1;2)"\r\n' >live.csv
soffice --headless --infilter='CSV:59,34,76,1' --convert-to fods live.csv >/dev/null 2>&1
grep -q 'table:formula=' live.fods
echo "CSV for Excel: without the guard LibreOffice makes formulas"
# A codebook that pandas writes.
"$python" - <<'PY'
import pandas as pd
rows = [("claim", "says 🙂; “so”"), ("claim > firm", "says,\nso"), ("denial", "=not")]
pd.DataFrame(rows, columns=["path", "description"]).to_csv("theirs.csv", sep=";", index=False, encoding="utf-8-sig")
PY
"$program" import theirs.ron --from codebook-csv theirs.csv >/dev/null
"$program" export theirs.ron --to codebook-csv back.csv >/dev/null
"$python" - <<'PY'
import pandas as pd
tags = pd.read_csv("back.csv", keep_default_na=False)
assert list(tags.name) == ["claim", "firm", "denial"], tags
assert list(tags.definition) == ["says 🙂; “so”", "says,\nso", "=not"], tags
assert tags.parent[1] == tags.id[0]
PY
echo "codebook: one by pandas is read"
