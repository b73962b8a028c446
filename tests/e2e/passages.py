"""Checks exported passages against the texts they were taken from, by Python's own counting.

usage: passages.py PASSAGES.csv FOLDER-OF-DOCUMENTS ROWS
Every row: text[start_char:end_char] == quote, and the same in bytes. Needs Python 3 alone.
"""
import csv
import json
import pathlib
import subprocess
import sys


def canonical(path):
    """A document as the program reads it: UTF-8, byte-order mark removed, line ends as LF."""
    text = path.read_bytes().decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def main(program, session, folder, rows):
    table = subprocess.run(
        [program, "export", session, "--to", "csv", "-"], check=True, capture_output=True
    ).stdout.decode("utf-8")
    info = json.loads(subprocess.run([program, "info", session, "--json"], check=True, capture_output=True).stdout)
    names = [document["file_name"] for document in info["documents"]]
    texts = {name: canonical(pathlib.Path(folder) / name) for name in names}
    seen = list(csv.DictReader(table.splitlines(keepends=True)))
    assert len(seen) == int(rows) == info["annotations"], (len(seen), rows, info["annotations"])
    by_id = {document["id"]: document["file_name"] for document in info["documents"]}
    documents = set()
    for row in seen:
        text = texts[by_id[row["document_id"]]]
        start, end = int(row["start_char"]), int(row["end_char"])
        assert text[start:end] == row["quote"] != "", (row["annotation_id"], text[start:end])
        raw = text.encode("utf-8")
        assert raw[int(row["start_byte"]) : int(row["end_byte"])].decode("utf-8") == row["quote"]
        assert text[:start].endswith(row["context_before"]), row["annotation_id"]
        assert text[end:].startswith(row["context_after"]), row["annotation_id"]
        assert text[:start].count("\n") + 1 == int(row["line"]), row["annotation_id"]
        documents.add(row["document_id"])
    print(f"{len(seen)} passages in {len(documents)} documents: offsets, bytes, context and lines agree")
    return seen, documents


if __name__ == "__main__":
    main(*sys.argv[1:5])
