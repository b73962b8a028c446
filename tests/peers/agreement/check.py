"""`gainsay agreement --json` beside the reference programs, on layers that are made up. See run.sh."""

import json
import math
import pathlib
import subprocess
import sys

import reference
from layers import case, run, sessions

CODING = ["observed", "cohen", "multi_kappa", "fleiss", "alpha", "ac1"]
SPANS = ["u_alpha", "bar_u_alpha", "cu_alpha", "f1_exact", "f1_overlap", "f1_character"]

CASES = [
    case("two", 1, 2, 20),
    case("two that overlap themselves", 2, 2, 20, overlapping=True),
    case("three", 3, 3, 20),
    case("three that overlap themselves", 4, 3, 15, overlapping=True),
    case("four", 5, 4, 10, tags=["claim", "caveat"]),
    case("two, one of them marked nothing", 6, 2, 8, empty=1),
    case("three, one of them marked nothing", 7, 3, 8, empty=1),
    case("two in three documents", 8, 2, 8, documents=3),
    case("three in two documents", 9, 3, 6, documents=2, overlapping=True),
    case("one tag", 10, 2, 6, tags=["denial"]),
    case("nobody marked", 11, 2, 0),
    case("one passage", 12, 2, 1),
    case("many passages", 13, 2, 400),
]
# pygamma enumerates all tuples of passages.
FOR_GAMMA = [case("gamma of two", 21, 2, 12), case("gamma of three", 22, 3, 4), case("overlapping", 23, 2, 6, overlapping=True)]
SAMPLES = 30


class Figures:
    """The rows of one run, found by what they measure."""

    def __init__(self, case, program, folder, *options):
        files = sessions(case, program, folder)
        self.case = case
        self.all = json.loads(run(program, "agreement", *files, "--json", "--all-documents", "--seed", 7, *options))
        self.rows = {}
        for row in self.all["measures"]:
            pair = tuple(row.get("pair") or ()) or None
            key = (row["measure"], row["unit"], row["tag"], row["document"], pair)
            assert key not in self.rows, f"two rows for {key}"
            self.rows[key] = row
            assert (row["value"] is None) == bool(row["reason"]), f"{key}: a value or a reason"
            assert row["value"] is None or math.isfinite(row["value"]), key
        names = self.all["annotators"]
        assert len(names) == len(case.layers) and self.all["left_out"] == [], self.all["left_out"]
        self.compared = 0

    def check(self, measure, unit, tag, document, pair, expected, tolerance=1e-9):
        names = self.all["annotators"]
        key = (measure, unit, tag, document, pair and (names[pair[0]], names[pair[1]]))
        assert key in self.rows, f"{self.case.name}: no row for {key}"
        value = self.rows[key]["value"]
        same = value is expected if None in (value, expected) else abs(value - expected) <= tolerance
        assert same, f"{self.case.name}: {key}: {value}, the reference has {expected} ({self.rows[key]['reason']})"
        self.compared += 1


def compare(figures, case, document):
    """All that is exact, over `case`, which is the whole or one of its documents."""
    pairs = reference.pairs(case.layers)
    several = [(pair, case.pair(*pair)) for pair in pairs] if len(pairs) > 1 else []
    for tag in [None, *case.tags]:
        for base in reference.BASES:
            for pair, of in [(None, case), *several]:
                for measure, expected in reference.coding(of, base, tag).items():
                    figures.check(measure, base, tag, document, pair, expected)
        for pair, of in [(None, case), *several]:
            alphas = reference.unitizing(of, tag)
            figures.check("bar_u_alpha", "character", tag, document, pair, alphas["bar_u_alpha"])
            if tag is None:
                figures.check("u_alpha", "character", None, document, pair, alphas["u_alpha"])
                figures.check("cu_alpha", "character", None, document, pair, alphas["cu_alpha"])
        for measure, values in reference.matching(case, tag).items():
            unit = "character" if measure == "f1_character" else "span"
            defined = [value for value in values if value is not None]
            mean = sum(defined) / len(defined) if len(defined) == len(values) else None
            figures.check(measure, unit, tag, document, None, mean)
            if several:
                for pair, value in zip(pairs, values):
                    figures.check(measure, unit, tag, document, pair, value)


def greedy(case):
    """nervaluate's strict F1, where its greedy pairing cannot do harm: no passage meets two of the other's."""
    from nervaluate.evaluator import Evaluator

    ours, theirs = ([mark for mark in layer[0]] for layer in case.layers)
    meets = lambda one, others: sum(one[0] < q and p < one[1] for p, q, _ in others)
    if any(meets(one, theirs) > 1 for one in ours) or any(meets(one, ours) > 1 for one in theirs):
        return None
    entities = lambda marks: [[{"label": tag, "start": start, "end": end - 1} for start, end, tag in marks]]
    result = Evaluator(entities(ours), entities(theirs), tags=case.tags, loader="dict").evaluate()
    return result["overall"]["strict"].f1


def main(program, out):
    out = pathlib.Path(out)
    total = 0
    for at, made in enumerate(CASES):
        figures = Figures(made, program, out / f"case-{at}")
        compare(figures, made, None)
        if len(made.documents) > 1:
            for number, document in enumerate(made.documents):
                compare(figures, made.only(number), document.name)
        if made.tags and len(made.layers) == 2 and len(made.documents) == 1 and (strict := greedy(made)) is not None:
            figures.check("f1_exact", "span", None, None, None, strict)
            print(f"{made.name}: nervaluate agrees")
        total += figures.compared
        print(f"{made.name}: {figures.compared} figures are those of the reference programs")

    for at, made in enumerate(FOR_GAMMA):
        figures = Figures(made, program, out / f"gamma-{at}")
        theirs = reference.gamma(made, SAMPLES)
        # pygamma computes in single precision.
        figures.check("gamma_observed_disorder", "span", None, None, None, theirs["observed"], 2e-6 * max(1, theirs["observed"]))
        # Both draw at least thirty continua.
        apart = 4 * theirs["sd"] * math.sqrt(2 / SAMPLES)
        figures.check("gamma_expected_disorder", "span", None, None, None, theirs["expected"], apart)
        expected = figures.rows["gamma_expected_disorder", "span", None, None, None]["value"]
        figures.check("gamma", "span", None, None, None, 1 - theirs["observed"] / expected, 1e-5)
        if theirs["cat_expected"]:
            low, high = (theirs["cat_expected"] + sign * 4 * theirs["cat_sd"] * math.sqrt(2 / SAMPLES) for sign in (-1, 1))
            ends = sorted(1 - theirs["cat_observed"] / max(end, 1e-3) for end in (low, high))
            figures.check("gamma_cat", "span", None, None, None, sum(ends) / 2, (ends[1] - ends[0]) / 2 + 1e-6)
        total += figures.compared
        print(f"{made.name}: {figures.compared} figures of gamma are those of pygamma-agreement")

    caught(out, program)
    print(f"{total} passed, 0 failed")


def caught(out, program):
    """A wrong figure is seen: another reader's marks are measured by the references than by Gainsay."""
    made, other = case("a planted error", 31, 2, 10), case("a planted error", 32, 2, 10)
    figures = Figures(made, program, out / "planted")
    try:
        compare(figures, other, None)
    except AssertionError:
        print("a planted error is caught")
    else:
        sys.exit("a planted error was not caught")


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except (AssertionError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
