"""What other programs read in the reports: each passage's words must be those of the table (CSV)."""

import csv
import re
import sys
import unicodedata
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "col", "input", "wbr"}


def plain(text):
    """Without white space, which layout changes, and with raised digits as digits: both are set by elements."""
    text = unicodedata.normalize("NFKC", text).replace("·", "")
    return re.sub(r"[\s\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]+", "", text)


def passages(path):
    csv.field_size_limit(10**9)
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Page(HTMLParser):
    """The elements of a page as the browser has them: marks by passage, notes by passage, rows, addresses."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.stack, self.seen, self.notes, self.cells = [], {}, {}, {}
        self.ids, self.leads, self.loads, self.scripts = set(), [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.scripts += tag == "script"
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if "href" in attributes and tag == "a":
            self.leads.append(attributes["href"])
        for name in ("src", "srcset", "data", "poster", "background") + (("href",) if tag != "a" else ()):
            if name in attributes:
                self.loads.append(attributes[name])
        self.scripts += sum(name.startswith("on") for name in attributes)
        if tag not in VOID:
            self.stack.append((tag, attributes))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any("chip" in at.get("class", "").split() for _, at in self.stack):
            return
        for _, at in self.stack:
            for passage in at.get("data-ids", "").split():
                self.seen[passage] = self.seen.get(passage, "") + data
        owner = next((at["id"][2:] for _, at in self.stack if at.get("id", "").startswith("n-")), None)
        if owner and any(tag == "blockquote" for tag, _ in self.stack):
            self.notes[owner] = self.notes.get(owner, "") + data
        if owner and any("quote" in at.get("class", "").split() for _, at in self.stack):
            self.cells[owner] = self.cells.get(owner, "") + data


def differing(found, rows, quoted):
    """Which passages are not as the table has them."""
    wrong = []
    for row in rows:
        words = plain(("“%s”" if quoted else "%s") % row["passage"].strip())
        if plain(found.get(row["annotation_id"], "")) != words:
            wrong.append(row["annotation_id"])
    return wrong + sorted(set(found) - {row["annotation_id"] for row in rows})


def alone(html, page):
    assert not page.loads and not page.scripts, (page.loads, page.scripts)
    assert "@import" not in html and "url(" not in html
    for lead in page.leads:
        is_here = lead.startswith("#") and lead[1:] in page.ids
        assert is_here or re.match(r"https?://", lead), f"leads nowhere: {lead}"


def report(path, table):
    html, rows = open(path, encoding="utf-8").read(), passages(table)
    page = Page(html)
    alone(html, page)
    placed = [row for row in rows if row["start_char"]]
    wrong = differing(page.seen, placed, quoted=False) + differing(page.notes, rows, quoted=True)
    assert not wrong, f"not the passage's words: {wrong}"
    return f"{len(placed)} passages marked, {len(rows)} listed, {len(page.leads)} links lead somewhere"


def quotes_html(path, table):
    html, rows = open(path, encoding="utf-8").read(), passages(table)
    page = Page(html)
    alone(html, page)
    wrong = differing(page.cells, rows, quoted=True)
    assert not wrong, f"not the passage's words: {wrong}"
    return f"{len(rows)} rows"


def quotes_docx(path, table):
    import docx

    rows, document = passages(table), docx.Document(path)
    found = []
    for at, grid in enumerate(document.tables):
        head = grid.rows[0]
        assert [cell.text for cell in head.cells] == ["Quote", "Tag", "Statement", "Voice", "Note", "Citation"], at
        assert head._tr.trPr is not None and head._tr.trPr.xpath("w:tblHeader"), f"table {at}: head is not repeated"
        found += [[cell.text for cell in row.cells] for row in grid.rows[1:]]
    assert len(found) == len(rows), (len(found), len(rows))
    for cells, row in zip(found, rows):
        unsure = " (unsure)" if row["unsure"] == "true" else ""
        assert plain(cells[0]) == plain(f"“{row['passage'].strip()}”"), cells[0]
        assert cells[1][2:] == row["tag"] + unsure, cells[1]
        assert cells[2] == row["statement"] and cells[3] == row["voice"] and cells[4] == row["note"], cells
        assert cells[5] == (row["citation"] or "no longer in the text"), cells[5]
    titles = [it.text for it in document.paragraphs if it.style.name == "Heading 1"]
    assert len(titles) >= len(document.tables) and document.core_properties.created, titles
    return f"{len(found)} rows in {len(document.tables)} tables under {len(titles)} headings"


def quotes_text(path, table):
    """What LibreOffice made of the DOCX: HTML, of which only rows and words count."""
    html, rows = open(path, encoding="utf-8").read(), passages(table)
    text = plain(re.sub(r"<[^>]*>", "", html.split("<body", 1)[1]).replace("&lt;", "<").replace("&gt;", ">")
                 .replace("&quot;", '"').replace("&nbsp;", " ").replace("&#39;", "'").replace("&amp;", "&"))
    lost = [row["annotation_id"] for row in rows if plain(f"“{row['passage'].strip()}”") not in text]
    assert not lost, f"not found: {lost}"
    tables, count = html.count("<table"), len(re.findall(r"<tr[ >]", html))
    assert count == len(rows) + tables, (count, len(rows), tables)
    return f"{count - tables} rows and {tables} heads"


def markdown(path, table):
    from markdown_it import MarkdownIt

    rows, tokens = passages(table), MarkdownIt("gfm-like", {"linkify": False}).parse(open(path, encoding="utf-8").read())
    quotes, depth = [], 0
    for token in tokens:
        assert token.type not in ("html_block", "fence", "code_block", "table_open", "hr"), token
        if token.type == "blockquote_open":
            quotes.append("")
        depth += token.nesting if token.type.startswith("blockquote") else 0
        for part in token.children or []:
            assert part.type in ("text", "softbreak", "hardbreak", "strong_open", "strong_close", "text_special"), part
            quotes[-1:] = [quotes[-1] + part.content] if depth else quotes[-1:]
    assert len(quotes) == len(rows), (len(quotes), len(rows))
    for quote, row in zip(quotes, rows):
        assert plain(quote) == plain(f"“{row['passage'].strip()}”"), quote
    return f"{len(quotes)} quotations"


if __name__ == "__main__":
    kind, path, table = sys.argv[1:]
    print({"report": report, "quotes-html": quotes_html, "quotes": quotes_docx, "quotes-text": quotes_text,
           "report-md": markdown}[kind](path, table))
