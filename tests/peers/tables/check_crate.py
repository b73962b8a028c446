"""What RO-Crate 1.1 requires of ro-crate-metadata.json. Usage: check_crate.py PACKAGE

By our own reading of the specification: roc-validator fetches the context, and CI has none but package registries.
"""

import datetime
import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
assert all(set(one) >= {"@id", "@type"} for one in crate["@graph"])
graph = {one["@id"]: one for one in crate["@graph"]}
assert len(graph) == len(crate["@graph"]), "ids are unique"
descriptor = graph["ro-crate-metadata.json"]
assert descriptor["@type"] == "CreativeWork"
assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
root = graph[descriptor["about"]["@id"]]
assert root["@id"] == "./" and root["@type"] == "Dataset" and root["name"] and root["description"]
datetime.datetime.fromisoformat(root["datePublished"])
parts = {part["@id"] for part in root["hasPart"]}
files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
assert parts == files - {"ro-crate-metadata.json"}, parts ^ files
assert all(graph[part]["@type"] == "File" for part in parts)


def references(value):
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for inner in value.values():
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


named = {id for one in crate["@graph"] for id in references(one) if not id.startswith("http")}
assert named <= set(graph), named - set(graph)
print(f"RO-Crate: the required keys are there, and {len(parts)} files are all named")
