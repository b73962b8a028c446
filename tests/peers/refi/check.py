"""What pyrefiqda sees in our projects, and whether ours are read that were made in other ways."""

import csv
import re
import shutil
import subprocess
import sys
import uuid
import zipfile
from pathlib import Path

from pyrefiqda import RefiCodebook, RefiProject


def fail(what):
    sys.exit(f"FAILED: {what}")


def passages(path):
    """Our passages by another route: id -> row."""
    csv.field_size_limit(10**9)
    with open(path, newline="", encoding="utf-8") as file:
        return {row["annotation_id"]: row for row in csv.DictReader(file)}


def load(path, into):
    shutil.rmtree(into, ignore_errors=True)
    return RefiProject.load(path, extract_dir=str(into))


def wrongs(project, folder, rows):
    """The selections whose slice is not our quote."""
    wrong, seen = [], set()
    for source in project.sources.text_source:
        path = RefiProject.resolve_source_path(source.plain_text_path, folder)
        text = path.read_bytes().decode("utf-8")
        for selection in source.plain_text_selection:
            seen.add(selection.guid)
            if text[selection.start_position : selection.end_position] != rows[selection.guid]["quote"]:
                wrong.append(selection.guid)
    placed = {key for key, row in rows.items() if row["start_char"]}
    if seen != placed:
        fail(f"selections differ from the passages: {seen ^ placed}")
    return wrong


def codes(code, into):
    into[code.guid] = code
    for child in code.code:
        codes(child, into)


def imported(program, session, file, form="refi"):
    """Reads the file into a session; its passages by the CSV of that session."""
    done = subprocess.run([program, "import", session, "--from", form, file], capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"{file}: {done.stderr}")
    table = Path(session).with_suffix(".csv")
    subprocess.run([program, "export", session, "--to", "csv", table], check=True, capture_output=True)
    return done.stdout, passages(table)


def places(rows):
    """What must come back of every passage that is placed, whatever its id."""
    names = ["quote", "start_byte", "end_byte", "tag", "unsure", "statement", "voice", "annotator", "created_at"]
    return sorted(tuple(row[name] for name in names) for row in rows.values() if row["start_char"])


def convert(xml, texts, unit):
    """The XML with offsets counted wrongly."""
    current = None

    def one(match):
        nonlocal current
        if match["path"]:
            current = texts[match["path"]]
            return match[0]
        start, end = (unit(current[: int(match[name])]) for name in ("start", "end"))
        return f'startPosition="{start}" endPosition="{end}"'

    pattern = r'plainTextPath="internal://(?P<path>[^"]+)"|startPosition="(?P<start>\d+)" endPosition="(?P<end>\d+)"'
    return re.sub(pattern, one, xml)


def write_zip(path, name, xml, folder, texts):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, xml)
        for source, text in texts.items():
            file.writestr(f"{folder}/{source}", text)


def parts(path):
    with zipfile.ZipFile(path) as file:
        xml = file.read("project.qde").decode("utf-8")
        names = [name for name in file.namelist() if name.startswith("sources/")]
        return xml, {name.removeprefix("sources/"): file.read(name).decode("utf-8") for name in names}


UNITS = {"UTF-16": lambda text: len(text.encode("utf-16-le")) // 2, "bytes": lambda text: len(text.encode("utf-8"))}


def peer(program, out, name):
    rows = passages(out / "passages.csv")
    project = load(out / "ours.qdpx", out / "peer")
    if wrong := wrongs(project, out / "peer", rows):
        fail(f"{len(wrong)} slices are not our quotes")
    print(f"ok: pyrefiqda slices our quote out of {name}, for each of {len(places(rows))} passages")

    known = {}
    for code in project.code_book.codes.code:
        codes(code, known)
    users = {user.guid: user.name for user in project.users.user}
    notes = {note.guid: note for note in project.notes.note}
    for source in project.sources.text_source:
        for selection in source.plain_text_selection:
            row = rows[selection.guid]
            named = [known[coding.code_ref.target_guid] for coding in selection.coding]
            if named[0].name != row["tag"] or not all(code.is_codable for code in named):
                fail(f"{selection.guid} has another tag")
            if users[selection.coding[0].creating_user] != row["annotator"]:
                fail(f"{selection.guid} is someone else's")
            if (selection.description or "") != row["note"]:
                fail(f"{selection.guid} has another description")
            referred = [notes[ref.target_guid].plain_text_content for ref in selection.note_ref]
            if row["note"] and row["note"] not in referred:
                fail(f"{selection.guid} has another note")
            if any("unsure" == code.name for code in named) != (row["unsure"] == "true"):
                fail(f"{selection.guid} is doubted otherwise")
    ends = [end for link in (project.links.link if project.links else []) for end in (link.origin_guid, link.target_guid)]
    if not set(ends) <= set(rows):
        fail("a link ends nowhere")
    print(f"ok: tags, annotators, notes, doubts and {len(ends) // 2} links of {name} are what pyrefiqda reads")

    again = out / "again.qdpx"
    RefiProject.save(project, again, out / "peer" / "sources")
    told, back = imported(program, out / "again.ron", again)
    if places(back) != places(rows) or set(back) != set(rows):
        fail(f"through pyrefiqda it is not the same: {told}")
    print(f"ok: {name} comes back from pyrefiqda, every passage with id and place")

    book = RefiCodebook.load(out / "ours.qdc")
    RefiCodebook.save(book, out / "again.qdc")
    in_book = {}
    for code in book.codes.code:
        codes(code, in_book)
    if not {row["tag"] for row in rows.values()} <= {code.name for code in in_book.values()}:
        fail("the codebook lacks tags")
    told, _ = imported(program, out / "again.ron", out / "again.qdc", "qdc")
    if "nothing new" not in told:
        fail(f"the codebook says something new of its own session: {told}")
    print(f"ok: the codebook of {name}, {len(in_book)} codes, goes through pyrefiqda and says nothing new")

    xml, texts = parts(out / "ours.qdpx")
    for unit, count in UNITS.items():
        doctored = convert(xml, texts, count)
        write_zip(out / "wrong.qdpx", "project.qde", doctored, "sources", texts)
        if doctored == xml:
            fail("nothing was doctored")
        if not wrongs(load(out / "wrong.qdpx", out / "wrong"), out / "wrong", rows):
            fail(f"{unit} instead of code points are not noticed")
        session = out / f"{unit}.ron"
        told, back = imported(program, session, out / "wrong.qdpx")
        if places(back) != places(rows) or "converted" not in told:
            fail(f"{unit} instead of code points are not corrected: {told}")
        print(f"ok: {name} counted in {unit} is noticed, and corrected by our reader")


def variants(program, out, name):
    rows = passages(out / "passages.csv")
    xml, texts = parts(out / "ours.qdpx")
    # As from a program that knows nothing of us: no record, other GUIDs.
    xml = re.sub(r"<Note [^>]*name=\"Gainsay record\".*?</Note>\n", "", xml, flags=re.S)
    xml = re.sub(r'origin="[^"]*"', 'origin="Another"', xml)
    paths = {path for path in texts}
    guid = r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    others = {own: str(uuid.uuid5(uuid.NAMESPACE_OID, own)) for own in set(re.findall(guid, xml))}
    keep = {path.removesuffix(".txt") for path in paths}
    foreign = re.sub(guid, lambda it: it[0] if it[0] in keep else others[it[0]], xml)

    def check(kind, project, sources, inner="project.qde", folder="sources"):
        file = out / f"{kind}.qdpx"
        write_zip(file, inner, project, folder, sources)
        told, back = imported(program, out / f"{kind}.ron", file)
        if places(back) != places(rows):
            lost = set(places(rows)) ^ set(places(back))
            fail(f"{kind}: not all passages came back: {told}\n{lost}")
        print(f"ok: {name} as {kind}: all {len(places(rows))} passages are placed")

    marked = {path: "\ufeff" + text for path, text in texts.items()}
    crlf = {path: text.replace("\n", "\r\n") for path, text in texts.items()}
    as_crlf = lambda text: len(text.replace("\n", "\r\n"))
    check("other-guids", foreign, texts)
    check("byte-order-marks", foreign, marked)
    check("byte-order-marks-counted", convert(foreign, texts, lambda text: len(text) + 1), marked)
    check("crlf-counted", convert(foreign, texts, as_crlf), crlf)
    check("crlf-not-counted", foreign, crlf)
    braces = re.sub(f'"({guid})"', lambda it: '"{' + it[1].upper() + '}"', foreign)
    check("braces-and-trial", braces, texts, "Trial.qde", "Sources")
    nameless = re.sub(r'(<PlainTextSelection guid="[^"]*") name="[^"]*"', r"\1", foreign)
    check("without-names", nameless, texts)
    nvivo = re.sub(r'(<PlainTextSelection guid="[^"]*") name="[^"]*"', r'\1 name=""', foreign)
    nvivo = re.sub(r'plainTextPath="internal://([^"]*).txt"', r'richTextPath="internal://\1.docx" \g<0>', nvivo)
    check("empty-names-and-docx", convert(nvivo, texts, as_crlf), crlf)
    collapsed = re.sub(r'name="([^"]*)"', lambda it: it[0].replace("&#10;", " ").replace("&#9;", " "), foreign)
    check("names-in-one-line", collapsed, texts)
    cut = lambda it: f'{it[1]} name="{it[2][:40].rsplit("&", 1)[0]}…"' if len(it[2]) > 45 else it[0]
    check("cut-names", re.sub(r'(<PlainTextSelection guid="[^"]*") name="([^"]*)"', cut, foreign), texts)
    old = foreign.replace("urn:QDA-XML:project:1.0", "urn:QDA-XML:project:0:10")
    check("old-namespace", re.sub(r"<(/?)(\w)", r"<\1qda:\2", old).replace("xmlns=", "xmlns:qda="), texts)
    check("utf-16-xml", ("\ufeff" + foreign.replace('encoding="UTF-8"', 'encoding="UTF-16"')).encode("utf-16-le"), texts)
    dateless = re.sub(r' (creatingUser|creationDateTime|modifiedDateTime)="[^"]*"', "", foreign)
    file = out / "dateless.qdpx"
    write_zip(file, "project.qde", dateless, "sources", texts)
    told, back = imported(program, out / "dateless.ron", file)
    if [row[:4] for row in places(back)] != [row[:4] for row in places(rows)]:
        fail(f"without users and dates: {told}")
    print(f"ok: {name} without users and dates: all passages are placed")

    taguette = out / "taguette.qdc"
    taguette.write_text(
        "<?xml version='1.0' encoding='utf-8'?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Taguette 1.5\">"
        '<Codes><Code guid="0D62985D-B147-4D01-A9B5-CAE5DCD98342" name="één idee" isCodable="true"/></Codes><Sets/></CodeBook>',
        encoding="utf-8",
    )
    session = out / "taguette.ron"
    shutil.copy(out / "dateless.ron", session)
    told, _ = imported(program, session, taguette, "qdc")
    if "1 change to the scheme" not in told or "één idee" not in session.read_text(encoding="utf-8"):
        fail(f"the codebook of Taguette is not taken in: {told}")
    print("ok: a codebook as Taguette writes it is taken in")


{"peer": peer, "variants": variants}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]), sys.argv[4])
