"""Checks of our Label Studio export. See run.sh."""

import copy
import csv
import json
import pathlib
import sys

csv.field_size_limit(10**9)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["start_char"]]


def tasks(folder):
    return json.loads((pathlib.Path(folder) / "tasks.json").read_text(encoding="utf-8"))


def results(tasks):
    for task in tasks:
        for annotation in task["annotations"]:
            for row in annotation["result"]:
                yield task, annotation, row


def slices(folder, table):
    """Every region's slice, as Python cuts it, is the quote of the table."""
    quotes = {row["annotation_id"]: row for row in rows(table)}
    seen = set()
    for task, _, row in results(tasks(folder)):
        if row["type"] == "relation":
            continue
        value = row["value"]
        ours = quotes[row["id"]]
        assert task["data"]["text"][value["start"] : value["end"]] == ours["quote"], row["id"]
        if row["type"] == "labels":
            assert value["text"] == ours["quote"]
            assert value["labels"] == [ours["tag"]], (value["labels"], ours["tag"])
            seen.add(row["id"])
    assert seen == set(quotes), "some passages are not there"
    print(f"{folder.rsplit('/', 1)[-1]}: {len(seen)} regions, each slice our quote")


def sdk(folder, table, made):
    """The SDK finds all valid, what is wrong not, and writes its own exports."""
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    config = (pathlib.Path(folder) / "config.xml").read_text(encoding="utf-8")
    interface = LabelInterface(config)
    interface.validate()
    all_tasks = tasks(folder)
    for task in all_tasks:
        assert interface.validate_task({"data": task["data"]}), "task"
        for annotation in task["annotations"]:
            errors = interface._validate_object(annotation, return_errors=True)
            assert not errors, errors
            assert interface.validate_annotation(annotation)
    for task, annotation, row in results(all_tasks):
        if row["type"] != "relation":
            errors = interface.validate_region(row, return_errors=True)
            assert not errors, (row, errors)
    print(f"{len(all_tasks)} tasks valid by the SDK")

    plants = {
        "an unknown label": lambda row: row["value"].update(labels=["no such tag"]),
        "no end": lambda row: row["value"].pop("end"),
        "an unknown control": lambda row: row.update(from_name="nobody"),
        "an unknown text": lambda row: row.update(to_name="nothing"),
    }
    for what, plant in plants.items():
        wrong = copy.deepcopy(next(a for _, a, row in results(all_tasks) if row["type"] == "labels"))
        plant(next(row for row in wrong["result"] if row["type"] == "labels"))
        assert not interface.validate_annotation(wrong), f"{what} was not caught"
    assert not interface.validate_task({"data": {}}), "a task without a text was not caught"
    print(f"{len(plants) + 1} planted errors caught by the SDK")

    # As a server exports: every task and annotation with an id and an account.
    exported = copy.deepcopy(all_tasks)
    for number, task in enumerate(exported, 1):
        task["id"] = number
        for at, annotation in enumerate(task["annotations"], 1):
            annotation.update(id=100 * number + at, completed_by={"id": at, "email": f"user{at}@example.org"})
    made = pathlib.Path(made)
    made.mkdir()
    source = made / "exported.json"
    source.write_text(json.dumps(exported, ensure_ascii=False), encoding="utf-8")
    converter = Converter(config, str(made), download_resources=False)
    converter.convert_to_json(str(source), str(made / "json"), is_dir=False)
    converter.convert_to_json_min(str(source), str(made / "min"), is_dir=False)
    (made / "min" / "result.json").rename(made / "min.json")
    print("the SDK has written JSON and JSON_MIN")


def utf16(folder):
    """Counts all offsets in UTF-16 units."""
    changed = tasks(folder)
    for task, _, row in results(changed):
        if row["type"] != "relation":
            for key in ("start", "end"):
                before = task["data"]["text"][: row["value"][key]]
                row["value"][key] = len(before.encode("utf-16-le")) // 2
    path = pathlib.Path(folder) / "tasks.json"
    path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")


def same(ours, theirs, report):
    """All our passages are among those read, at the same place with the same tag."""

    def key(row):
        return row["quote"], row["start_char"], row["end_char"], row["tag"]

    ours, theirs = rows(ours), rows(theirs)
    assert sorted(map(key, ours)) == sorted(map(key, theirs)), pathlib.Path(report).read_text()
    print(f"read back: {len(theirs)} of {len(ours)} passages at their places ({open(report).readline().split(': ')[-1].strip()})")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
