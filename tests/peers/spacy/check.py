"""Checks of our Prodigy export with spaCy. See run.sh."""

import csv
import json
import pathlib
import sys

csv.field_size_limit(10**9)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["start_char"]]


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n") if line]


def slices(file, table):
    """Every span's slice, as Python cuts it, is the quote of the table."""
    quotes = {row["annotation_id"]: row for row in rows(table)}
    seen = set()
    for line in lines(file):
        for span in line["spans"]:
            ours = quotes[span["id"]]
            assert line["text"][span["start"] : span["end"]] == ours["quote"], span["id"]
            assert (span["label"], line["_annotator_id"]) == (ours["tag"], ours["annotator"])
            seen.add(span["id"])
    assert seen == set(quotes), "some passages are not there"
    print(f"{pathlib.Path(file).name}: {len(seen)} spans, each slice our quote")


def spacy(file, table, made):
    """The manual's script puts every passage into a document; it survives DocBin and JSON."""
    import spacy as library
    from passages import load
    from spacy.tokens import Doc, DocBin

    nlp = library.blank("nl")
    quotes = {row["annotation_id"]: row for row in rows(table)}
    docs = list(load(nlp, file))
    exact = wide = 0
    for doc in DocBin(store_user_data=True, docs=docs).get_docs(nlp.vocab):
        for span in doc.spans["passages"]:
            ours = quotes[span.id_]
            assert span.label_ == ours["tag"]
            # The script widens to whole words, and says where the passage itself stands.
            start, end = doc.user_data["places"][span.id_]
            assert doc.text[start:end] == ours["quote"]
            strict = doc.char_span(start, end)
            if strict is not None:
                exact += 1
                assert span.text == strict.text == ours["quote"]
            else:
                wide += 1
                assert ours["quote"].strip() in span.text or span.text.strip() in ours["quote"]
    assert exact + wide == len(quotes), (exact, wide, len(quotes))
    assert exact, "no passage lies on borders of words"
    print(f"spaCy {library.__version__}: {exact} passages on borders of its words, {wide} widened, all through DocBin")
    with open(made, "w", encoding="utf-8") as out:
        for doc in docs:
            data = doc.to_json()
            again = Doc(nlp.vocab).from_json(data)
            assert [s.text for s in again.spans["passages"]] == [s.text for s in doc.spans["passages"]]
            # Those on borders of words; the others are other passages now.
            kept = [s for s in doc.spans["passages"] if doc.user_data["places"][s.id_] == (s.start_char, s.end_char)]
            data["spans"]["passages"] = [
                {"start": s.start_char, "end": s.end_char, "label": s.label_, "kb_id": ""} for s in kept
            ]
            print(json.dumps(data, ensure_ascii=False), file=out)
    print("to_json and from_json keep them")


def utf16(file, made):
    """Counts all offsets in UTF-16 units."""
    with open(made, "w", encoding="utf-8") as out:
        for line in lines(file):
            for span in line["spans"]:
                for key in ("start", "end"):
                    span[key] = len(line["text"][: span[key]].encode("utf-16-le")) // 2
            print(json.dumps(line, ensure_ascii=False), file=out)


def same(ours, theirs, report, file):
    """As many as the file has, each where it stood."""

    def key(row):
        return row["quote"], row["start_char"], row["end_char"], row["tag"]

    ours, theirs = sorted(map(key, rows(ours))), sorted(map(key, rows(theirs)))
    in_file = 0
    for line in lines(file):
        spans = line["spans"]
        in_file += len(spans["passages"] if isinstance(spans, dict) else spans)
    assert len(theirs) == in_file and not set(theirs) - set(ours), open(report).read()
    print(f"read back: {in_file} of {len(ours)} passages at their places ({open(report).readline().split(': ')[-1].strip()})")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
