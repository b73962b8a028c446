"""What pybrat and a strict reading by brat's rules make of a folder in brat standoff."""

import csv
import os
import re
import sys
from collections import Counter
from pathlib import Path

from pybrat.parser import BratParser

csv.field_size_limit(10**9)


def words(text):
    return " ".join(text.split())


def rows(table):
    with open(table, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["start_char"]]


def folders(root):
    return sorted({path.parent for path in Path(root).rglob("*.ann")})


def labels(folder):
    """The labels of annotation.conf by section."""
    found, section = {}, None
    for line in (folder / "annotation.conf").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            found.setdefault(section, set()).add(line.split()[0])
    return found


def strict(folder):
    """The lines that brat would refuse, by its rules: a small verifier of our own."""
    wrong, allowed = [], labels(folder)
    for ann in sorted(folder.glob("*.ann")):
        text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
        lines = ann.read_bytes().decode("utf-8").splitlines()
        ids = [line.split("\t")[0] for line in lines]
        assert len(ids) == len(set(ids)), f"{ann}: ids twice"
        for line in lines:
            if not re.fullmatch(r"[TARN#]\d+\t[^\t]+(\t.*)?", line):
                wrong.append(line)
                continue
            id_, data, *tail = line.split("\t", 2)
            label, *rest = data.split(" ")
            if id_[0] == "T":
                spans = [tuple(map(int, part.split(" "))) for part in " ".join(rest).split(";")]
                slices = [text[start:end] for start, end in spans]
                if " ".join(slices) != tail[0] or any("\n" in part for part in slices):
                    wrong.append(line)
                kind = "entities"
            elif id_[0] == "A":
                kind = "attributes"
                assert rest[0] in ids, line
            elif id_[0] == "R":
                kind = "relations"
                assert all(end.split(":")[1] in ids for end in rest), line
            else:
                assert rest[0] in ids, line
                continue
            assert label in allowed[kind], f"{label} is not in annotation.conf"
    return wrong


def read(root, table):
    seen, entities, relations = Counter(), 0, 0
    for folder in folders(root):
        assert strict(folder) == [], strict(folder)
        for example in BratParser(error="ignore").parse(folder):
            name = os.path.basename(example.id)
            for entity in example.entities:
                slices = [example.text[span.start : span.end] for span in entity.spans]
                assert " ".join(slices) == entity.mention, entity
                seen[name, words(entity.mention)] += 1
                entities += 1
            relations += len(example.relations)
    expected = Counter((row["document_id"], words(row["quote"])) for row in rows(table) if words(row["quote"]))
    assert seen == expected, (seen - expected, expected - seen)
    print(f"{Path(root).name}: pybrat reads {entities} passages, each our quote, and {relations} relations")


def utf16(text, offset):
    return len(text[:offset].encode("utf-16-le")) // 2


def wrong(root, copy):
    caught = 0
    for path in Path(root).rglob("*.*"):
        to = Path(copy) / path.relative_to(root)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    for ann in Path(copy).rglob("*.ann"):
        text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
        lines = ann.read_bytes().decode("utf-8").split("\n")
        for number, line in enumerate(lines):
            if line.startswith("T"):
                id_, data, tail = line.split("\t", 2)
                data = re.sub(r"(?<=[ ;])\d+", lambda it: str(utf16(text, int(it.group()))), data)
                lines[number] = "\t".join([id_, data, tail])
        ann.write_bytes("\n".join(lines).encode("utf-8"))
    for folder in folders(copy):
        caught += len(strict(folder))
    astral = any(ord(c) > 0xFFFF for path in Path(root).rglob("*.txt") for c in path.read_text(encoding="utf-8"))
    assert (caught > 0) == astral, caught
    print(f"{Path(root).name}: offsets in UTF-16 units are caught in {caught} lines")


def same(one, other):
    assert rows(one) == rows(other)
    print(f"{Path(one).stem}: every passage comes back with all columns the same")


def same_words(one, other):
    pick = lambda table: sorted((row["annotation_id"], words(row["quote"])) for row in rows(table))
    assert pick(one) == pick(other)


def make(root):
    """A project as other programs write it: CRLF, parts, tabs at the end, classes of equivalent passages."""
    folder = Path(root) / "anna"
    folder.mkdir(parents=True)
    text = "Bericht 🙂 van “De Kade”\r\nDe haven, zegt cafe\u0301 Noord, gaat dicht.\r\nDe haven gaat niet dicht.\r\n"
    (folder / "bericht.txt").write_bytes(text.encode("utf-8"))

    def at(part, start=0):
        begin = text.index(part, start)
        return f"{begin} {begin + len(part)}"

    lines = [
        "R1\tattacks Arg1:T3 Arg2:T1\t",
        f"T1\tClaim {at('De haven')};{at('gaat dicht.')}\tDe haven gaat dicht.\t",
        f"T2\tSource {at('cafe' + chr(0x301) + ' Noord')}\tcafe\u0301 Noord",
        f"T3\tCounter-claim {at('De haven gaat niet dicht.')}\tDe haven gaat niet dicht.",
        f"T4\tClaim {at('“De Kade”')};{at('De haven,')}\t“De Kade” De haven,",
        "*\tEquiv T1 T4",
        "A1\tStance T3 against",
        "#1\tAnnotatorNotes T3\tzie ook boven",
        "X1\tno such line",
    ]
    (folder / "bericht.ann").write_bytes("\r\n".join(lines).encode("utf-8"))


def made(table, report):
    quotes = sorted(row["quote"] for row in rows(table))
    expected = ["De haven", "De haven gaat niet dicht.", "cafe\u0301 Noord", "gaat dicht.", "“De Kade”\nDe haven,"]
    assert quotes == sorted(expected), quotes
    assert {row["annotator"] for row in rows(table)} == {"anna"}
    told = Path(report).read_text(encoding="utf-8")
    assert "2 links" in told and "line 9" in told, told
    print(f"a project of others (CRLF, parts, tabs, Equiv): {len(quotes)} passages placed, a bad line named")


{"read": read, "wrong": wrong, "same": same, "words": same_words, "make": make, "made": made}[sys.argv[1]](*sys.argv[2:])
