"""CPU time of the reference programs on the layers of `benches/agreement.rs` (1,000 passages of each of three readers),
as multiples of ours.

    cargo bench --bench agreement -- /tmp/layers.json | tee /tmp/figures
    PLACE/venv/bin/python tests/peers/agreement/ratios.py /tmp/layers.json /tmp/figures
"""

import json
import sys
import time

import krippendorff
from nervaluate.evaluator import Evaluator
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

from layers import TAGS, Case, Document
from reference import labels, np, pairs


def timed(what):
    begun = time.process_time()
    what()
    return (time.process_time() - begun) * 1e3


def main(layers, figures):
    read = json.load(open(layers, encoding="utf-8"))
    document = Document("d", "")
    document.length, document.words, document.sentences = read["length"], read["words"], read["sentences"]
    case = Case("bench", [document], [[[tuple(mark) for mark in layer]] for layer in read["layers"]])
    ours = {}
    for line in open(figures, encoding="utf-8"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0] == "1000":
            ours[cells[1]] = float(cells[3])
    print("| program | ms | ours, ms | times |\n| --- | ---: | ---: | ---: |")

    def row(name, what, key):
        theirs = timed(what)
        print(f"| {name} | {theirs:.1f} | {ours[key]:.2f} | {theirs / ours[key]:.0f} |")

    for base in ["character", "word"]:
        # Laying out the items is theirs to do by hand; it is not counted.
        rows = labels(case, base, None)
        counts = np.array([(rows == label).sum(axis=0) for label in sorted(set(rows.flat))]).T
        key = f"kappas and alpha, {base}"
        row(f"krippendorff, alpha, {base}s", lambda: krippendorff.alpha(rows, level_of_measurement="nominal"), key)
        row(f"statsmodels, Fleiss' kappa, {base}s", lambda: fleiss_kappa(counts), key)
        row(f"scikit-learn, kappas, {base}s", lambda: [cohen_kappa_score(rows[a], rows[b]) for a, b in pairs(rows)], key)
    entities = [[{"label": tag, "start": s, "end": e - 1} for s, e, tag in layer[0]] for layer in case.layers]
    evaluate = lambda a, b: Evaluator([entities[a]], [entities[b]], tags=TAGS, loader="dict").evaluate()
    row("nervaluate, all pairs", lambda: [evaluate(a, b) for a, b in pairs(entities)], "f1")


if __name__ == "__main__":
    main(*sys.argv[1:])
