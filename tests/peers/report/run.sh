#!/usr/bin/env bash
# The reports, as a browser, a validator, a text processor and libraries read them. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
place=$(realpath "$2")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
check() { "$place/venv/bin/python" "$here/check.py" "$@"; }
vnu() { java -jar "$place/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --skip-non-html "$@"; }
# A damaged file must not pass.
caught() {
  if check "$1" "$2" "$3" >/dev/null 2>&1; then
    echo "not caught: $4" >&2
    exit 1
  fi
  echo "  caught: $4"
}
for session in "$here/../hard.ron" "$here/../../../assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  echo "$name"
  for format in csv report report-md quotes quotes-html; do
    "$program" export "$session" --to "$format" "$out/$name-$format" >/dev/null
  done
  table=$out/$name-csv
  for format in report quotes-html; do
    page=$out/$name-$format.html
    mv "$out/$name-$format" "$page"
    vnu "$page"
    echo "  $format, vnu: no errors"
    chromium --headless --no-sandbox --disable-gpu --dump-dom "file://$page" >"$page.dom" 2>/dev/null
    echo "  $format, Chromium: $(check "$format" "$page.dom" "$table")"
  done
  mv "$out/$name-quotes" "$out/$name-quotes.docx"
  echo "  quotes, python-docx: $(check quotes "$out/$name-quotes.docx" "$table")"
  soffice "-env:UserInstallation=file://$out/profile" --headless --convert-to "html:HTML (StarWriter):UTF8" \
    --outdir "$out" "$out/$name-quotes.docx" >/dev/null 2>&1
  echo "  quotes, Writer: $(check quotes-text "$out/$name-quotes.html" "$table")"
  echo "  report-md, markdown-it: $(check report-md "$out/$name-report-md" "$table")"

  page=$out/$name-report.html.dom
  python3 - "$page" "$out" "$table" <<'PYTHON'
import csv, re, sys
csv.field_size_limit(10**9)
page, out = open(sys.argv[1], encoding="utf-8").read(), sys.argv[2]
rows = list(csv.reader(open(sys.argv[3], encoding="utf-8", newline="")))
csv.writer(open(f"{out}/shorter", "w", encoding="utf-8", newline="")).writerows(rows[:2] + rows[3:])
marks = list(re.finditer(r' data-ids="[^"]*"', page))
last = marks[len(marks) // 2]
open(f"{out}/unmarked", "w", encoding="utf-8").write(page[: last.start()] + page[last.end() :])
open(f"{out}/loading", "w", encoding="utf-8").write(page.replace("<main>", "<main><img src='https://example.org/'>"))
PYTHON
  caught report "$out/unmarked" "$table" "a passage without one of its segments"
  caught report "$out/loading" "$table" "a page that loads something"
  sed '0,/^> “/s/^> “/> /' "$out/$name-report-md" >"$out/unquoted"
  caught report-md "$out/unquoted" "$table" "a quotation without its first character"
  caught quotes "$out/$name-quotes.docx" "$out/shorter" "a table with another number of passages"
done
