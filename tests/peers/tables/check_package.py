"""pandas and frictionless read the folder. Usage: check_package.py QUOTES PACKAGE"""

import json
import shutil
import sys
from pathlib import Path

import frictionless
import pandas as pd

quotes, folder = sys.argv[1], Path(sys.argv[2])


def table(name):
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, dtype=str)


def slices(passages, texts, shift=0):
    """How many quotes are the slices that the offsets say."""
    good = 0
    for row in passages.itertuples():
        text = texts[row.document_id]
        start, end = int(row.start_char) + shift, int(row.end_char) + shift
        good += text[start:end] == row.quote
    return good


passages, links, documents = table("passages"), table("links"), table("documents")
comments, codebook = table("comments"), table("codebook")
texts = {
    row.document_id: (folder / row.text_file).read_text(encoding="utf-8", newline="")
    if sys.version_info >= (3, 13)
    else open(folder / row.text_file, encoding="utf-8", newline="").read()
    for row in documents.itertuples()
}
expected = pd.read_csv(quotes, keep_default_na=False, dtype=str)
assert list(expected.annotation_id) == list(passages.annotation_id)
assert list(expected.quote) == list(passages.quote)
placed = passages[passages.start_char != ""]
assert slices(placed, texts) == len(placed) > 0
print(f"pandas: {len(placed)} of {len(placed)} slices are the quotes")
for row in placed.itertuples():
    data = texts[row.document_id].encode()
    assert data[int(row.start_byte) : int(row.end_byte)].decode() == row.quote
    assert texts[row.document_id][: int(row.start_char)].endswith(row.context_before)
wrong = {id: text.encode("utf-16-le") for id, text in texts.items()}
in_utf16 = sum(
    wrong[row.document_id][2 * int(row.start_char) : 2 * int(row.end_char)].decode("utf-16-le", "replace") == row.quote
    for row in placed.itertuples()
)
assert any(ord(c) > 0xFFFF for text in texts.values() for c in text) is (in_utf16 < len(placed))
assert slices(placed, texts, 1) < len(placed)
print(f"pandas: in UTF-16 {len(placed) - in_utf16} are not, one off {len(placed) - slices(placed, texts, 1)}")
ids = set(passages.annotation_id)
assert set(links.from_id) | set(links.to_id) | set(comments.annotation_id) <= ids
assert set(passages.document_id) <= set(documents.document_id)
assert set(passages.tag_id) <= set(codebook.id[codebook.kind == "tag"])
assert set(links.kind_id) <= set(codebook.id[codebook.kind == "link"])
for row in passages.itertuples():
    assert int(row.n_links_out) == (links.from_id == row.annotation_id).sum()
    assert int(row.n_comments) == (comments.annotation_id == row.annotation_id).sum()
for row in documents.itertuples():
    assert len(texts[row.document_id]) == int(row.n_chars)
print(f"pandas: keys of {len(links)} links, {len(comments)} comments and {len(documents)} documents resolve")


def valid(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    return report.valid, report.flatten(["resourceName", "fieldName", "type", "note"])


good, errors = valid(folder)
assert good, errors
package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
print(f"frictionless: {len(package['resources'])} tables are valid")
planted = folder.with_name("planted")


def catches(file, old, new, what):
    shutil.copytree(folder, planted, dirs_exist_ok=True)
    text = (planted / file).read_text(encoding="utf-8")
    assert old in text
    (planted / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    good, errors = valid(planted)
    assert not good and any(error[2] == what for error in errors), errors
    shutil.rmtree(planted)


tag = passages.tag[0]
first = passages.annotation_id[0]
catches("passages.csv", f",{tag},", ",clam,", "constraint-error")
if len(links):
    catches("links.csv", links.from_id[0], first[:-1] + "z", "foreign-key")
print("frictionless: a wrong tag and a wrong key are caught")
