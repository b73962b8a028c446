"""The engine and the reference programs over one made dossier, judged by the same rules, as one table of Markdown.

    run.py GAINSAY FOLDER    FOLDER as `cargo bench --bench across -- SEED --write FOLDER` leaves it
"""

import json
import pathlib
import resource
import subprocess
import sys
import time

from judge import KINDS, judge
from programs import PROGRAMS
from texts import Document


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(gainsay, folder, planted):
    """What `gainsay echoes` finds, and the CPU seconds of the command: it reads the session and writes all quotes, too."""
    session = folder / "made.ron"
    session.unlink(missing_ok=True)
    files = [folder / "texts" / it["file"] for it in planted["documents"]]
    subprocess.run([gainsay, "new", session, *files], check=True, stdout=subprocess.DEVNULL)
    begun = children_cpu()
    out = subprocess.run([gainsay, "echoes", session, "--json"], check=True, capture_output=True).stdout
    seconds = children_cpu() - begun
    numbers = {it["file"]: at for at, it in enumerate(planted["documents"])}
    place = lambda it: (numbers[it["document"]], (it["start_byte"], it["end_byte"]))
    return [(place(it["a"]), place(it["b"])) for it in json.loads(out)["pairs"]], seconds


def main(gainsay, folder):
    folder = pathlib.Path(folder)
    planted = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    read = lambda it: (folder / "texts" / it["file"]).read_bytes().decode()
    documents = [Document(at, it["dossier"], read(it)) for at, it in enumerate(planted["documents"])]
    print(f"| program | {' | '.join(KINDS)} | precision | plagdet | CPU s | times ours |")
    print("| --- |" + " ---: |" * (len(KINDS) + 4))

    def row(name, detections, seconds, unit):
        figures = judge(planted, detections)
        cells = [f"{figures[it]:.3f}" for it in [*KINDS, "precision", "plagdet"]]
        print(f"| {name} | {' | '.join(cells)} | {seconds:.2f} | {seconds / unit:.1f} |", flush=True)

    # The unit is the engine's own time, as theirs is without reading files and folding.
    unit = planted["cpu_seconds"]
    found, seconds = ours(gainsay, folder, planted)
    row("**gainsay**, index and all pairs", found, unit, unit)
    row("— the whole command `gainsay echoes --json`", found, seconds, unit)
    for name, run in PROGRAMS:
        begun = time.process_time() + children_cpu()
        found = list(run(documents))
        row(name, found, time.process_time() + children_cpu() - begun, unit)


if __name__ == "__main__":
    main(*sys.argv[1:])
