"""openpyxl, Python's csv and LibreOffice's output. Usage: check_sheets.py QUOTES, in the folder of the exports"""

import csv
import re
import sys
from pathlib import Path

import openpyxl

csv.field_size_limit(10**7)


def rows(path, **how):
    encoding = how.pop("encoding", "utf-8")
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, **how))


expected = rows(sys.argv[1])
quotes = {row["annotation_id"]: row["quote"] for row in expected}
book = openpyxl.load_workbook("book.xlsx")
assert book.sheetnames[:4] == ["Passages", "Links", "Documents", "Codebook"], book.sheetnames
cells = 0
for sheet in book:
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:"), sheet.title
    for row in sheet.iter_rows():
        for cell in row:
            cells += 1
            # n: numbers and cells with nothing; b: true or false; s: strings; never f.
            assert cell.data_type in "nbs" and cell.hyperlink is None, cell
            assert cell.data_type != "n" or cell.value is None or isinstance(cell.value, int), cell
print(f"openpyxl: {cells} cells, no formula and no link; frozen headers, filters")
values = book["Passages"].iter_rows(values_only=True)
headers = next(values)
passages = [dict(zip(headers, row)) for row in values]
assert {row["annotation_id"]: row["quote"] or "" for row in passages} == quotes
for row, csv_row in zip(passages, expected):
    for name in ("start_char", "end_char", "start_byte", "end_byte"):
        assert ("" if row[name] is None else str(row[name])) == csv_row[name]
    note, own = row["note"] or "", csv_row["note"]
    assert note == own or len(own.encode("utf-16-le")) > 2 * 32_767 and note.endswith(" … [cut]") and own.startswith(note[:-8])
tags = headers.index("tag")
colored = {row[tags].value: row[tags].fill.start_color.rgb for row in book["Passages"].iter_rows(min_row=2)}
assert len(set(colored.values())) == len(colored) > 1, colored
print(f"openpyxl: {len(quotes)} quotes are equal, each of {len(colored)} tags has its color")

# LibreOffice has written each sheet as CSV: of a live formula it would write what comes out of it.
by_office = rows("sheets/book-Passages.csv")
assert {row["annotation_id"]: row["quote"] for row in by_office} == quotes
for row, own in zip(by_office, passages):
    for name, value in own.items():
        text = {True: "TRUE", False: "FALSE", None: ""}.get(value, value) if not isinstance(value, int) or isinstance(value, bool) else value
        assert row[name] == str(text), (name, row[name][:60], str(text)[:60])
print(f"LibreOffice: {len(by_office)} rows of the workbook are equal, cell by cell")

excel = rows("excel.csv", delimiter=";", encoding="utf-8-sig")
assert list(excel[0])[0] == "annotation_id"
bare = {row["annotation_id"]: re.sub(r"^'(?=[=+\-@\t\r])", "", row["quote"]) for row in excel}
assert bare == quotes
assert not any(value.startswith(tuple("=+-@\t\r")) for row in excel for value in row.values())
sheet = Path("sheets/excel.fods").read_text(encoding="utf-8")
assert "table:formula=" not in sheet and sheet.count("<table:table-row") >= len(quotes)
print(f"CSV for Excel: {len(excel)} rows by Python's csv; LibreOffice makes no formula of any")
