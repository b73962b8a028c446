"""Every selection of a project says the quote of the passage in our table. Usage: check.py QDPX CSV QDE"""
import csv
import sys
import xml.etree.ElementTree as tree
import zipfile

qdpx, table, qde = sys.argv[1:]
with open(table, encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
key = next(name for name in rows[0] if name in ("annotation_id", "id", "annotation"))
quotes = {row[key]: row["quote"] for row in rows}
parts = zipfile.ZipFile(qdpx)
xml = parts.read("project.qde")
open(qde, "wb").write(xml)
named = lambda element, name: [it for it in element.iter() if it.tag.rsplit("}")[-1] == name]


def wrong(unit):
    number = count = 0
    for source in named(tree.fromstring(xml), "TextSource"):
        text = parts.read(source.get("plainTextPath").replace("internal://", "sources/")).decode("utf-8")
        for selection in named(source, "PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            coded = text[start:end] if unit == "points" else text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")
            number += coded != quotes[selection.get("guid")]
            count += 1
    return number, count


number, count = wrong("points")
assert not number and count, f"{number} of {count} selections are not the quotes"
if "hard" in qdpx:
    assert wrong("utf-16")[0], "a wrong unit went unseen"
print(f"{count} selections say the quotes")
