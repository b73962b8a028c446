"""Files as other programs write them: make.py EXPORT FOLDER

`utf16.jsonld`: the export with offsets in UTF-16 units. `page.json` files, as Hypothesis exports them, one for each
document with its text beside it.
"""

import json
import pathlib
import sys

export = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
folder = pathlib.Path(sys.argv[2])
texts = {text["document"]: "\n".join(text["lines"]) for text in export["session"]["texts"]}
rows = {document: [] for document in texts}
for item in export["first"]["items"]:
    if item["motivation"] != "classifying" or "orphan" in item:
        continue
    position, quote = item["target"]["selector"]
    document = item["target"]["document"]
    for end in ("start", "end"):
        position[end] = len(texts[document][:position[end]].encode("utf-16-le")) // 2
    rows[document].append({
        "id": f"id-{len(rows[document])}", "uri": f"https://example.org/{document}", "user": "acct:ada@hypothes.is",
        "created": item["created"].replace("Z", ".123456+00:00"), "updated": item["modified"],
        "text": "", "tags": [item["body"][0]["value"]], "document": {"title": [document]},
        "target": [{"source": f"https://example.org/{document}", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]", "endOffset": 1},
            position, quote]}],
    })
(folder / "utf16.jsonld").write_text(json.dumps(export), "utf-8")
for document, own in rows.items():
    if not own:
        continue
    reply = {**own[0], "id": "reply", "references": [own[0]["id"]], "text": "echt? 🙂", "tags": [], "target": []}
    (folder / f"{document}.json").write_text(json.dumps({"total": len(own), "rows": [*own, reply]}), "utf-8")
    (folder / f"{document}.txt").write_text(texts[document], "utf-8", newline="")
