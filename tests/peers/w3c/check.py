"""What Python says of an export: check.py EXPORT CSV SHARED

The W3C's MUST assertions, PyLD, anchorpoint, and our own numbers against the table of passages.
"""

import copy
import csv
import json
import pathlib
import sys

from anchorpoint import TextQuoteSelector
from anchorpoint.textselectors import TextPositionSelector
from pyld import jsonld

import anno

csv.field_size_limit(10**9)
export = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
rows = {row["annotation_id"]: row for row in csv.DictReader(open(sys.argv[2], encoding="utf-8", newline=""))}
shared = pathlib.Path(sys.argv[3])
items = export["first"]["items"]
texts = {text["document"]: "\n".join(text["lines"]) for text in export["session"]["texts"]}
passages = [item for item in items if item["motivation"] == "classifying"]
placed = [item for item in passages if "orphan" not in item]


def demand(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def selectors(item):
    return {selector["type"]: selector for selector in item["target"]["selector"]}


def wrong_slices(items):
    """Annotations whose slice of the text is not the quote that the table gives."""
    wrong = []
    for item in items:
        at = selectors(item)["TextPositionSelector"]
        row = rows[item["id"].removeprefix("urn:uuid:")]
        if texts[item["target"]["document"]][at["start"]:at["end"]] != row["quote"]:
            wrong.append(item["id"])
    return wrong


def slices():
    demand(len(passages) == len(rows), "as many passages as rows")
    demand(export["total"] == len(items), "the total is the number of annotations")
    demand(wrong_slices(placed) == [], "every slice is the quote of the table")
    for item in passages:
        row = rows[item["id"].removeprefix("urn:uuid:")]
        demand(selectors(item)["TextQuoteSelector"]["exact"] == row["quote"], "the quote is that of the table")
        demand(item["body"][0]["value"] == row["tag"], "the tag is that of the table")
        demand(item["target"]["source"] == "urn:sha256:" + row["document_digest"], "the source is the digest")
    doctored = copy.deepcopy(placed)
    for item in doctored:
        at, text = selectors(item)["TextPositionSelector"], texts[item["target"]["document"]]
        for end in ("start", "end"):
            at[end] = len(text[:at[end]].encode("utf-16-le")) // 2
    astral = any(ord(c) > 0xFFFF for text in texts.values() for c in text)
    demand(bool(wrong_slices(doctored)) == astral, "offsets in UTF-16 units are caught where they differ")
    print(f"python: {len(placed)} slices are the quotes; with UTF-16 offsets {len(wrong_slices(doctored))} are not")


def musts():
    if not (shared / "annotations/annotationMusts.test").exists():
        print("=" * 60 + f"\nSKIPPED: the W3C's MUST assertions are not at {shared}\n" + "=" * 60)
        return
    import warnings

    warnings.simplefilter("ignore")
    from jsonschema import Draft4Validator, FormatChecker, RefResolver

    store = {path.name: json.loads(path.read_text("utf-8")) for path in shared.rglob("*.json")}
    listed = json.loads((shared / "annotations/annotationMusts.test").read_text("utf-8"))

    def files(assertions):
        for assertion in assertions:
            if isinstance(assertion, str):
                yield assertion
            else:
                yield from files(assertion["assertions"])

    validators = []
    for name in files(listed["assertions"]):
        schema = json.loads((shared / name).read_text("utf-8"))
        resolver = RefResolver(schema["id"], schema, store=store)
        validator = Draft4Validator(schema, resolver=resolver, format_checker=FormatChecker())
        validators.append((name, validator, schema.get("expectedResult", "valid") == "valid"))
    demand(len(validators) >= 50, f"all assertions are there: {len(validators)}")

    def failed(annotation):
        return [name for name, validator, valid in validators if validator.is_valid(annotation) != valid]

    alone = [{"@context": export["@context"], **item} for item in items]
    for annotation in alone:
        demand(failed(annotation) == [], f"{annotation['id']} fails {failed(annotation)}")
    sound = alone[0]
    controls = {
        "no context": {key: value for key, value in sound.items() if key != "@context"},
        "no target": {key: value for key, value in sound.items() if key != "target"},
        "a time without zone": {**sound, "created": "2026-11-21T10:00:00"},
        "a relative id": {**sound, "id": "a1"},
        "body and bodyValue": {**sound, "bodyValue": "x"},
        "an offset as a string": copy.deepcopy(sound),
        "a quote without its words": copy.deepcopy(sound),
        "a relative source": copy.deepcopy(sound),
    }
    controls["an offset as a string"]["target"]["selector"][0]["start"] = "1"
    del controls["a quote without its words"]["target"]["selector"][1]["exact"]
    controls["a relative source"]["target"]["source"] = "A.txt"
    for name, control in controls.items():
        demand(failed(control) != [], f"{name} is caught")
    print(f"w3c: {len(alone)} annotations fail none of {len(validators)} MUST assertions; {len(controls)} controls do")


def load(url, options=None):
    demand(url == "http://www.w3.org/ns/anno.jsonld", f"no other context is asked for: {url}")
    return {"contextUrl": None, "documentUrl": url, "document": anno.context(), "contentType": "application/ld+json"}


def quads(document):
    return len(jsonld.to_rdf(document).get("@default", []))


def keys(value, name, number=0):
    """How many values of our key stand in the file, outside of records that are one literal."""
    if isinstance(value, list):
        return sum(keys(one, name) for one in value)
    if not isinstance(value, dict):
        return 0
    own = len(value[name]) if isinstance(value.get(name), list) and not is_json(name) else int(name in value)
    return own + sum(keys(one, name) for key, one in value.items() if key != "@context" and not is_json(key))


def is_json(key):
    term = export["@context"][1].get(key)
    return isinstance(term, dict) and term.get("@type") == "@json"


def linked_data():
    jsonld.set_document_loader(load)
    whole = jsonld.to_rdf(export).get("@default", [])
    own = [term for term in export["@context"][1] if term not in ("@version", "gainsay")]
    for term in own:
        iri = "urn:gainsay:terms#" + term
        number = sum(quad["predicate"]["value"] == iri for quad in whole)
        # The same value twice at one node is one quad; our files have none.
        demand(number == keys(export, term), f"{term}: {number} quads for {keys(export, term)} keys")
    kept = [quad for quad in whole if quad["predicate"]["value"] == "urn:gainsay:terms#session"]
    demand(json.loads(kept[0]["object"]["value"]) == export["session"], "the record is kept whole")
    bare = {**export, "@context": [export["@context"][0]]}
    demand(quads(bare) < len(whole), "without our context terms are lost, and the check sees it")
    known = set(anno.context()["@context"]) | set(export["@context"][1]) | {"@context"}

    def unknown(value):
        if isinstance(value, list):
            return set().union(*map(unknown, value)) if value else set()
        if not isinstance(value, dict):
            return set()
        inner = [unknown(one) for key, one in value.items() if not is_json(key) and key != "@context"]
        return (set(value) - known).union(*inner)

    demand(unknown(export) == set(), f"every key is explained: {unknown(export)}")
    frame = {"@context": export["@context"], "type": "Annotation", "@embed": "@never"}
    framed = jsonld.frame(export, {**frame, "@explicit": False})
    found = framed.get("@graph", [framed])
    demand(len(found) == len({item["id"] for item in items}), f"framing returns all: {len(found)}")
    print(f"pyld: {len(whole)} quads, {len(own)} terms of our own, none dropped; {len(found)} annotations framed")


def anchors():
    alone = several = 0
    for item in placed:
        found, text = selectors(item), texts[item["target"]["document"]]
        at, quote = found["TextPositionSelector"], found["TextQuoteSelector"]
        position = TextPositionSelector(start=at["start"], end=at["end"])
        demand(position.passage(text) == quote["exact"] if hasattr(position, "passage")
               else text[position.start:position.end] == quote["exact"], f"anchorpoint at {item['id']}")
        words = quote["prefix"] + quote["exact"] + quote["suffix"]
        if text.count(words) != 1 or quote["exact"] != quote["exact"].strip():
            several += 1  # it strips the words
            continue
        whole = TextQuoteSelector(exact=quote["exact"], prefix=quote["prefix"].strip(), suffix=quote["suffix"].strip())
        there = whole.as_position(text)
        demand((there.start, there.end) == (at["start"], at["end"]), f"anchorpoint finds {item['id']} at {there}")
        alone += 1
    demand(alone > 0, "some are found by their words")
    print(f"anchorpoint: {alone} quotes found where we say; {several} can't be told by words alone")


slices()
musts()
linked_data()
anchors()
