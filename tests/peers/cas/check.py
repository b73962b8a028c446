"""What dkpro-cassis makes of our CAS files, and what Apache UIMA for Java has printed of them."""

import base64
import csv
import json
import re
import sys
from pathlib import Path

from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem

csv.field_size_limit(10**9)
PASSAGE = "webanno.custom.Passage"


def rows(table):
    with open(table, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["start_char"]]


def quotes(table):
    return {row["annotation_id"]: row["quote"] for row in rows(table)}


def load(form, root, path):
    with open(path, "rb") as file:
        if form == "json":
            return load_cas_from_json(file)
        with open(Path(root) / "TypeSystem.xml", "rb") as types:
            return load_cas_from_xmi(file, typesystem=load_typesystem(types))


def read(form, root, table, again):
    expected, seen, links = quotes(table), {}, 0
    for path in sorted(Path(root).rglob(f"*.{form}")):
        cas = load(form, root, path)
        for passage in cas.select(PASSAGE):
            assert passage.get_covered_text() == passage.quote, passage.annId
            seen[passage.annId] = passage.get_covered_text()
        for link in cas.select("webanno.custom.PassageLink"):
            assert link.Governor.annId and link.Dependent.annId
            links += 1
        for other, write in (("xmi", cas.to_xmi), ("json", cas.to_json)):
            to = Path(again) / path.relative_to(root).with_suffix(f".{other}")
            to.parent.mkdir(parents=True, exist_ok=True)
            write(to)
    assert seen == expected, set(seen) ^ set(expected)
    print(f"{Path(root).name}: cassis reads {len(seen)} passages, each our quote, and {links} links")


def points(text, offset):
    return len(text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le"))


def wrong(form, root, copy):
    """The same files with offsets in code points."""
    caught = 0
    astral = False
    for path in sorted(Path(root).rglob("*.*")):
        to = Path(copy) / path.relative_to(root)
        to.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".json":
            data = json.loads(text)
            sofa = data["%FEATURE_STRUCTURES"][0]["sofaString"]
            for one in data["%FEATURE_STRUCTURES"]:
                if one["%TYPE"] == PASSAGE:
                    one["begin"], one["end"] = points(sofa, one["begin"]), points(sofa, one["end"])
            text = json.dumps(data)
        elif path.suffix == ".xmi":
            sofa = load(form, root, path).sofa_string

            def moved(line):
                return re.sub(r' (begin|end)="(\d+)"', lambda it: f' {it[1]}="{points(sofa, int(it[2]))}"', line)

            lines = [moved(line) if line.startswith("<custom:Passage ") else line for line in text.split("\n")]
            text = "\n".join(lines)
        to.write_bytes(text.encode("utf-8"))
    for path in sorted(Path(copy).rglob(f"*.{form}")):
        cas = load(form, copy, path)
        astral |= any(ord(c) > 0xFFFF for c in cas.sofa_string)
        caught += sum(passage.get_covered_text() != passage.quote for passage in cas.select(PASSAGE))
    assert (caught > 0) == astral, caught
    print(f"{Path(root).name}: offsets in code points are caught in {caught} passages")


def same(one, other, what):
    one, other = ({row["annotation_id"]: row for row in rows(table)} for table in (one, other))
    assert one.keys() == other.keys(), set(one) ^ set(other)
    for key in one:
        assert one[key] == other[key], (one[key], other[key])
    print(f"{what}: {len(one)} passages come back, all columns the same")


def java(printed, table, how):
    lines = [line.split("\t") for line in Path(printed).read_text(encoding="utf-8").splitlines()]
    seen = {id_: base64.b64decode(text).decode("utf-8", "replace") for id_, text in lines}
    assert (seen == quotes(table)) == (how == "equal")
    print(f"{Path(printed).stem}: Apache UIMA (Java) covers {len(seen)} passages, {how} to our quotes")


{"read": read, "wrong": wrong, "same": same, "java": java}[sys.argv[1]](*sys.argv[2:])
