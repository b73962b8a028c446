"""The same figures from the programs that others use. A figure that is 0/0 is None."""

import itertools
import math
import warnings

import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.inter_rater import fleiss_kappa

BASES = ["character", "word", "sentence"]


def covered(document, marks, tag):
    """Which characters of a document have the tag."""
    has = np.zeros(document.length, bool)
    for start, end, other in marks:
        if other == tag:
            has[start:end] = True
    return has


def labels(case, base, tag):
    """Annotators × items, a number for each label; with no tag an item's label is its set of tags."""
    rows = []
    for layer in case.layers:
        row = []
        for document, marks in zip(case.documents, layer):
            if base == "character":
                items = [(at, at + 1) for at in range(document.length)]
            else:
                items = getattr(document, base + "s")
            tags = case.tags if tag is None else [tag]
            sums = [np.concatenate([[0], np.cumsum(covered(document, marks, one))]) for one in tags]
            row += [sum((sums[k][end] > sums[k][start]) << k for k in range(len(tags))) for start, end in items]
        rows.append(row)
    return np.array(rows)


def finite(value):
    return None if value is None or not math.isfinite(value) else float(value)


def pairs(items):
    return list(itertools.combinations(range(len(items)), 2))


def coding(case, base, tag):
    rows = labels(case, base, tag)
    used = sorted(set(rows.flat))
    counts = np.array([(rows == label).sum(axis=0) for label in used]).T
    annotators, items = rows.shape
    one_label = len(used) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kappas = [finite(cohen_kappa_score(rows[a], rows[b])) for a, b in pairs(rows)]
        # nltk walks items in Python: enough for short texts.
        task = None
        if items <= 3000:
            task = AnnotationTask([(a, i, int(rows[a, i])) for a in range(annotators) for i in range(items)])
        observed = float(np.mean([(rows[a] == rows[b]).mean() for a, b in pairs(rows)]))
        if task:
            assert abs(task.avg_Ao() - observed) < 1e-9
        found = {
            "observed": observed,
            "cohen": None if None in kappas else float(np.mean(kappas)),
            "fleiss": None if one_label else finite(fleiss_kappa(counts, method="fleiss")),
            "alpha": None if one_label else float(krippendorff.alpha(rows, level_of_measurement="nominal")),
        }
        if task:
            found["multi_kappa"] = None if one_label else finite(task.multi_kappa())
    # Gwet's own package rounds to five digits: the formula.
    labels_in_choice = len(used) if tag is None else 2
    share = counts.sum(axis=0) / counts.sum()
    chance = (share * (1 - share)).sum() / (labels_in_choice - 1) if labels_in_choice > 1 else 1
    found["ac1"] = None if labels_in_choice == 1 else (observed - chance) / (1 - chance)
    return found


def flattened(document, marks, only=None):
    """One annotator's units, layers merged and cut at each other's ends: (start, end, set of tags as a number)."""
    ends = set()
    has = []
    for tag in sorted({tag for _, _, tag in marks if only in (None, tag)}):
        inside = []
        for start, end in sorted((start, end) for start, end, other in marks if other == tag):
            if inside and start < inside[-1][1]:
                inside[-1][1] = max(inside[-1][1], end)
            else:
                inside.append([start, end])
        has.append((tag, inside))
        ends.update(end for span in inside for end in span)
    ends = sorted(ends)
    units = []
    for start, end in zip(ends, ends[1:]):
        value = frozenset(tag for tag, inside in has if any(s <= start and end <= e for s, e in inside))
        if value:
            units.append((start, end, value))
    return units


def unitizing(case, only=None):
    """Krippendorff's alphas of 2016 by drawing pairs of characters, the second way of the definition: all counts are of
    single characters, in arrays, and two characters of one unit are never drawn together."""
    m = len(case.layers)
    units = [[flattened(d, marks, only) for d, marks in zip(case.documents, layer)] for layer in case.layers]
    values = sorted({value for layer in units for document in layer for _, _, value in document}, key=sorted)
    number = {value: at + 1 for at, value in enumerate(values)}
    size = sum(document.length for document in case.documents)
    rows = np.zeros((m, size), int)
    lengths = []
    for a in range(m):
        offset = 0
        for document, found in zip(case.documents, units[a]):
            for start, end, value in found:
                rows[a, offset + start : offset + end] = number[value]
                lengths.append((a, offset + start, offset + end, number[value]))
            offset += document.length
    k = len(values) + 1
    table = np.zeros((k, k))
    for a, b in itertools.permutations(range(m), 2):
        np.add.at(table, (rows[a], rows[b]), 1 / (m - 1))

    def expected(table, own):
        sums, total = table.sum(axis=1), table.sum()
        if total - own.sum() / total == 0:
            return np.zeros_like(table)
        return (np.outer(sums, sums) - np.diag(own)) / (total - own.sum() / total)

    def alpha(observed, expected):
        return None if abs(expected) < 1e-9 else float(1 - observed / expected)

    own = np.zeros(k)
    own[0] = (rows == 0).sum()
    for _, start, end, value in lengths:
        own[value] += (end - start) ** 2
    chance = expected(table, own)
    total = table.sum()
    found = {
        "u_alpha": alpha(total - np.trace(table), total - np.trace(chance)),
        "bar_u_alpha": alpha(table[0, 1:].sum(), chance[0, 1:].sum()),
        "cu_alpha": None,
    }
    if only is None and k > 1:
        both = table.copy()
        both[0, :] = both[:, 0] = 0
        if both.sum():
            own = np.zeros(k)
            for a, start, end, value in lengths:
                shared = [(rows[b, start:end] > 0).sum() for b in range(m) if b != a]
                own[value] += np.mean([float(one) ** 2 for one in shared])
            chance = expected(both, own)
            total = both.sum()
            found["cu_alpha"] = alpha(total - np.trace(both), total - np.trace(chance))
            found["ku_alpha"] = {}
            for tags, at in number.items():
                met, by_chance = both[at].sum(), chance[:, at].sum()
                value = None
                if met and by_chance:
                    value = alpha((met - both[at, at]) / met, (by_chance - chance[at, at]) / by_chance)
                found["ku_alpha"]["+".join(sorted(tags))] = value
    return found


def matching(case, tag):
    """The mean over the pairs of annotators; a pair where nobody marked anything has no figure."""
    figures = {"f1_exact": [], "f1_overlap": [], "f1_character": []}
    for a, b in pairs(case.layers):
        exact = overlap = size = 0
        ours, theirs = [], []
        for document, x, y in zip(case.documents, case.layers[a], case.layers[b]):
            x = [mark for mark in x if tag in (None, mark[2])]
            y = [mark for mark in y if tag in (None, mark[2])]
            size += len(x) + len(y)
            exact += len(set(x) & set(y))
            if x and y:
                meets = np.array([[p[2] == q[2] and p[0] < q[1] and q[0] < p[1] for q in y] for p in x], float)
                overlap += int(meets[linear_sum_assignment(meets, maximize=True)].sum())
            for one in case.tags if tag is None else [tag]:
                ours.append(covered(document, x, one))
                theirs.append(covered(document, y, one))
        figures["f1_exact"].append(2 * exact / size if size else None)
        figures["f1_overlap"].append(2 * overlap / size if size else None)
        ours, theirs = np.concatenate(ours or [np.zeros(0)]), np.concatenate(theirs or [np.zeros(0)])
        any_marked = ours.any() or theirs.any()
        figures["f1_character"].append(float(f1_score(ours, theirs, zero_division=0)) if any_marked else None)
    return figures


def continuum(case):
    from pyannote.core import Segment
    from pygamma_agreement import Continuum

    made = Continuum()
    for at, layer in enumerate(case.layers):
        made.add_annotator("ABCDEFG"[at])
        for start, end, tag in layer[0]:
            made.add("ABCDEFG"[at], Segment(start, end), tag)
    return made


def gamma(case, samples):
    """Observed disorder; expected disorder with its standard deviation over the samples; the same of the tags over
    aligned passages alone, which pygamma's own gamma-cat does not give."""
    from pygamma_agreement import CombinedCategoricalDissimilarity

    apart = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    np.random.seed(11)
    result = continuum(case).compute_gamma(apart, n_samples=samples)
    drawn = [chance.disorder for chance in result.chance_alignments]
    cats = [category_disorder(chance) for chance in result.chance_alignments]
    cats = [value for value in cats if value is not None]
    return {
        "observed": result.observed_disorder,
        "expected": float(np.mean(drawn)),
        "sd": float(np.std(drawn, ddof=1)),
        "cat_observed": category_disorder(result.best_alignment),
        "cat_expected": float(np.mean(cats)) if cats else None,
        "cat_sd": float(np.std(cats, ddof=1)) if len(cats) > 1 else None,
    }


def category_disorder(alignment):
    """Σ w·d / Σ w over pairs of units that are aligned, w = max(0, 1 − d_pos)/(v − 1) (Mathet 2017)."""
    above = below = 0.0
    for row in alignment.unitary_alignments:
        units = [unit for _, unit in row.n_tuple if unit is not None]
        for p, q in itertools.combinations(units, 2):
            ends = abs(p.segment.start - q.segment.start) + abs(p.segment.end - q.segment.end)
            place = (ends / (p.segment.duration + q.segment.duration)) ** 2
            weight = max(0.0, 1 - place) / (len(units) - 1)
            below += weight
            above += weight * (p.annotation != q.annotation)
    return above / below if below else None
