"""Checks of our doccano export with doccano's own server code. See run.sh."""

import csv
import json
import os
import pathlib
import sys

csv.field_size_limit(10**9)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["start_char"]]


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n") if line]


def shown(text, start, end):
    """What doccano's window shows: it runs in a browser, which counts UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def slices(file, table):
    """Every entity's slice, as the window cuts it, is a quote of the table, and every quote is there."""
    found = []
    for line in lines(file):
        for entity in line["entities"]:
            found.append((shown(line["text"], entity["start_offset"], entity["end_offset"]), entity["label"]))
    ours = [(row["quote"], row["tag"]) for row in rows(table)]
    assert sorted(found) == sorted(ours), "slices are not our quotes"
    print(f"{pathlib.Path(file).name}: {len(found)} entities, each slice our quote")


def server(database):
    """doccano's server without a server: its models in a file of SQLite."""
    import backend

    sys.path.insert(0, list(backend.__path__)[0])
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    import django

    django.setup()
    from django.core.management import call_command

    if not pathlib.Path(database).exists():
        call_command("migrate", verbosity=0)
        call_command("create_roles")


def doccano(file, made, database, overlapping):
    """doccano's importer reads the file, its exporter writes what it has kept."""
    server(database)
    from data_export.celery_tasks import create_collaborative_dataset
    from data_export.pipeline.factories import create_formatter, create_writer
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth.models import User
    from projects.models import ProjectType, SequenceLabelingProject

    user, _ = User.objects.get_or_create(username="peer")
    project = SequenceLabelingProject.objects.create(
        name=pathlib.Path(file).stem[:40],
        project_type=ProjectType.SEQUENCE_LABELING,
        use_relation=True,
        allow_overlapping=overlapping == "overlapping",
        collaborative_annotation=True,
        created_by=user,
    )
    if overlapping != "overlapping":
        # doccano drops the second of two overlapping entities, and then fails on a relation that names it.
        bare = [line | {"relations": []} for line in lines(file)]
        file = f"{file}.bare.jsonl"
        pathlib.Path(file).write_text("".join(json.dumps(line) + "\n" for line in bare))
    name = FileName(full_path=file, generated_name=pathlib.Path(file).name, upload_name=pathlib.Path(file).name)
    dataset = load_dataset("RelationExtraction", create_file_format("JSONL"), [name], project)
    dataset.save(user)
    assert not dataset.errors, [error.dict() for error in dataset.errors]
    os.makedirs(made, exist_ok=True)
    create_collaborative_dataset(
        project, made, False, create_formatter(project, "JSONL"), create_writer("JSONL")
    )
    before, after = lines(file), lines(f"{made}/all.jsonl")
    assert [line["text"] for line in before] == [line["text"] for line in after], "texts have changed"
    for old, new in zip(before, after):
        assert old["passages"] == new["passages"] and old["document"] == new["document"], "columns have changed"
    count = lambda lines, key: sum(len(line[key]) for line in lines)
    kept, all_of = count(after, "entities"), count(before, "entities")
    if overlapping == "overlapping":
        assert kept == all_of, (kept, all_of)
        assert count(after, "relations") == count(before, "relations")
    else:
        assert kept < all_of, "the files have overlapping passages, so some must be missing"
    print(f"doccano has kept {kept} of {all_of} entities and {count(after, 'relations')} relations ({overlapping})")


def chars(file, made):
    """Counts the entities in code points."""
    with open(made, "w", encoding="utf-8") as out:
        for line in lines(file):
            for entity in line["entities"]:
                for key in ("start_offset", "end_offset"):
                    entity[key] = len(line["text"].encode("utf-16-le")[: 2 * entity[key]].decode("utf-16-le"))
            print(json.dumps(line, ensure_ascii=False), file=out)


def same(ours, theirs, report):
    """All our passages are among those read, at the same place with the same tag."""

    def key(row):
        return row["quote"], row["start_char"], row["end_char"], row["tag"], row["note"], row["annotator"]

    ours, theirs = rows(ours), rows(theirs)
    assert sorted(map(key, ours)) == sorted(map(key, theirs)), pathlib.Path(report).read_text()
    print(f"read back: {len(theirs)} of {len(ours)} passages at their places ({open(report).readline().split(': ')[-1].strip()})")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
