"""Projects as other programs write them, made here by Python and not by our writer: each is read by `gainsay import`, and
every passage must come to stand on just the words that are meant, with its tag. Usage: variants.py PROGRAM"""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import quoteattr

program = sys.argv[1]
work = pathlib.Path(tempfile.mkdtemp())

LETTER = "👮🏽‍♀️ cafe\u0301 “ja” 🙂\n\nDe dienst zegt nee.\nDat is stellig, “zegt” men,\nen het staat er.\n"
REPORT = "🙂 e\u0301én “bericht”: het is vijftig keer gebeurd, meldt de krant. Nee.\n"
# Document, words, code.
PASSAGES = [
    (0, "De dienst zegt nee.", "denial"),
    (0, "stellig, “zegt” men,\nen het staat", "flat denial"),
    (1, "het is vijftig keer gebeurd", "claim é"),
    (1, "Nee.", "denial"),
]
CODES = [("c1", "claim é", "#3B82F6", None), ("c2", "denial", "#AA2244", None), ("c3", "flat denial", "#AA2266", "c2")]


def guid(number):
    return f"{number:08x}-0000-4000-8000-000000000000"


def offsets(text, words, unit="points", mark=False, crlf=False):
    """Where the words stand, as a program counts that keeps a byte-order mark, CRLF, or UTF-16."""
    file = lambda part: ("\ufeff" if mark else "") + (part.replace("\n", "\r\n") if crlf else part)
    length = lambda part: len(part.encode("utf-16-le")) // 2 if unit == "utf-16" else len(part)
    start = text.index(words)
    return length(file(text[:start])), length(file(text[: start + len(words)]))


def project(
    namespace="urn:QDA-XML:project:1.0", braces=False, name="whole", dates=True, users=True, inline=False, rich=False,
    notes=False, extras=False, link=True, **counting
):
    ident = (lambda number: "{" + guid(number).upper() + "}") if braces else guid
    xml = ['<?xml version="1.0" encoding="utf-8"?>']
    xml.append(f'<Project xmlns="{namespace}" name="Peer" origin="Peer 1.0">')
    if users:
        xml.append(f'<Users><User guid="{ident(1)}" name="Ada é"/></Users>')
    who = f' creatingUser="{ident(1)}"' if users else ""
    when = ' creationDateTime="2031-06-01T10:00:00Z"' if dates else ""
    number = {code: 10 + i for i, (code, *_) in enumerate(CODES)}
    xml.append("<CodeBook><Codes>")
    for code, label, color, parent in CODES:
        if parent is None:
            xml.append(f'<Code guid="{ident(number[code])}" name={quoteattr(label)} isCodable="true" color="{color}">')
            xml += [
                f'<Code guid="{ident(number[under])}" name={quoteattr(of)} isCodable="true" color="{its}"/>'
                for under, of, its, above in CODES
                if above == code
            ]
            xml.append("</Code>")
    xml.append("</Codes></CodeBook>")
    if extras:
        xml.append(f'<Cases><Case guid="{ident(80)}" name="A case"/></Cases>')
    xml.append("<Sources>")
    for document, (title, text) in enumerate([("Letter", LETTER), ("Report", REPORT)]):
        path = "" if inline else f' plainTextPath="internal://{guid(20 + document)}.txt"'
        path += f' richTextPath="internal://{guid(20 + document)}.docx"' if rich else ""
        xml.append(f'<TextSource guid="{ident(20 + document)}" name="{title}"{path}{who}{when}>')
        if inline:
            xml.append(f"<PlainTextContent>{text}</PlainTextContent>")
        for at, (of, words, label) in enumerate(PASSAGES):
            if of != document:
                continue
            start, end = offsets(text, words, **counting)
            shown = {"whole": words, "cut": words[:12] + "…", "none": None, "empty": ""}[name]
            label_of = "" if shown is None else f' name={quoteattr(shown, {chr(10): "&#10;"})}'
            code = next(code for code, known, *_ in CODES if known == label)
            xml.append(
                f'<PlainTextSelection guid="{ident(40 + at)}"{label_of} startPosition="{start}" endPosition="{end}"{who}{when}>'
            )
            if notes and at == 0:
                xml.append("<Description>zie é</Description>")
            xml.append(f'<Coding guid="{ident(60 + at)}"{who}{when}><CodeRef targetGUID="{ident(number[code])}"/></Coding>')
            if notes and at == 0:
                xml.append(f'<NoteRef targetGUID="{ident(90)}"/>')
            xml.append("</PlainTextSelection>")
        xml.append("</TextSource>")
    if extras:
        xml.append(f'<PDFSource guid="{ident(81)}" name="Scan"/>')
    xml.append("</Sources>")
    if notes:
        xml.append(f'<Notes><Note guid="{ident(90)}" name="n"{who}{when}><PlainTextContent>zie é</PlainTextContent></Note></Notes>')
    if link:
        xml.append(
            f'<Links><Link guid="{ident(70)}" name="denies" direction="OneWay" originGUID="{ident(40)}" targetGUID="{ident(42)}"/></Links>'
        )
    if extras:
        xml.append(f'<Sets><Set guid="{ident(82)}" name="A set"/></Sets>')
    xml.append("</Project>")
    return "\n".join(xml)


def archive(file, xml, inner="project.qde", folder="sources", mark=False, crlf=False, texts=True, rich=False):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(inner, xml)
        for document, text in enumerate([LETTER, REPORT]):
            if texts:
                text = ("\ufeff" if mark else "") + (text.replace("\n", "\r\n") if crlf else text)
                parts.writestr(f"{folder}/{guid(20 + document)}.txt", text.encode("utf-8"))
            if rich:
                parts.writestr(f"{folder}/{guid(20 + document)}.docx", b"PK")


def run(*arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


def table(session):
    return list(csv.DictReader(io.StringIO(run("export", session, "--to", "csv", "-"))))


def check(what, says=(), unsaid=(), **how):
    """Reads a project made so; every passage must stand on its words with its tag."""
    packing = {key: how.pop(key) for key in ("inner", "folder", "texts") if key in how}
    mark_in_text, crlf_in_text = how.pop("mark_in_text", False), how.pop("crlf_in_text", False)
    stem = "".join(c if c.isalnum() else "-" for c in what)
    file, session = work / f"{stem}.qdpx", work / f"{stem}.ron"
    archive(file, project(**how), mark=mark_in_text, crlf=crlf_in_text, rich=how.get("rich", False), **packing)
    report = run("import", session, "--from", "refi", file)
    rows = table(session)
    found = sorted((row["quote"], row["tag"]) for row in rows if row["start_char"])
    wanted = sorted((words, label) for _, words, label in PASSAGES)
    assert found == wanted, f"{what}:\n{report}\n{found}"
    assert len(rows) == len(wanted), f"{what}: {report}"
    for words in says:
        assert words in report, f"{what}: {words!r} is not said: {report}"
    for words in unsaid:
        assert words not in report, f"{what}: {words!r} is said: {report}"
    if how.get("notes"):
        assert sorted(row["note"] for row in rows) == ["", "", "", "zie é"], [row["note"] for row in rows]
    if how.get("users", True):
        assert {row["annotator"] for row in rows} == {"Ada é"}, rows
    again = run("import", session, "--from", "refi", file)
    assert "nothing new" in again, f"{what}: read again: {again}"
    print(f"{what}: {len(found)} passages on their words")


check("as it should be", unsaid=("converted",))
check("a mark in the text, not counted", mark_in_text=True, unsaid=("converted",))
check("a mark in the text, counted", mark_in_text=True, mark=True, says=("byte-order mark",))
check("CRLF, counted as two", crlf_in_text=True, crlf=True, says=("CRLF",))
check("CRLF in the text, counted as one", crlf_in_text=True)
check("offsets in UTF-16 units", unit="utf-16", says=("UTF-16",))
check("upper case in braces, Trial.qde, Sources", braces=True, inner="Trial.qde", folder="Sources")
check("an old namespace", namespace="urn:QDA-XML:project:0:10")
check("without names, users and dates", name="none", users=False, dates=False)
check("with empty names", name="empty")
check("names cut with an ellipsis", name="cut")
check("names cut, with a mark counted", name="cut", mark=True, mark_in_text=True, says=("byte-order mark",))
check("the text in the project itself", inline=True, texts=False)
check("a formatted twin beside the text", rich=True)
check("a note twice over", notes=True)
check("cases, sets and a scan", extras=True, says=("Scan",))

codebook = work / "taguette.qdc"
codebook.write_text(
    '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5">'
    '<Codes><Code guid="0cf6a9d8-0000-4000-8000-000000000001" name="claim é" isCodable="true">'
    '<Description>wat “zo” is</Description></Code></Codes><Sets/></CodeBook>',
    encoding="utf-8",
)
run("import", work / "taguette.ron", "--from", "qdc", codebook)
names = run("export", work / "taguette.ron", "--to", "codebook-csv", "-")
assert "claim é" in names and "wat “zo” is" in names, names
print("a codebook with empty sets is read")

# What must be refused, with the file's name, and no session made.
for what, parts in {
    "no project": {"readme.txt": b"x"},
    "two projects": {"a.qde": b"<Project/>", "b.qde": b"<Project/>"},
    "entities": {"project.qde": b'<!DOCTYPE x [<!ENTITY e "e">]><Project xmlns="urn:QDA-XML:project:1.0">&e;</Project>'},
    "half a project": {"project.qde": b"<Project><CodeBook>"},
    "a bomb": {"project.qde": b"<Project>" + b" " * 200_000_000 + b"</Project>"},
}.items():
    bad = work / "bad.qdpx"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    done = subprocess.run([program, "import", str(work / "none.ron"), "--from", "refi", str(bad)], capture_output=True, text=True)
    assert done.returncode == 1 and "bad.qdpx" in done.stderr, (what, done)
    assert not (work / "none.ron").exists()
    print(f"{what}: refused: {done.stderr.strip()[-90:]}")
