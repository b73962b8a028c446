"""What was planted against what a program found, by the rules of `benches/across/measure.rs`.

A detection is a pair of places, each a document's number and a span in bytes.
"""

import math

KINDS = ["verbatim", "altered", "spliced", "paraphrase"]


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def origins(planted, place):
    """The source sentences that a place takes its words from: of sentences of which it covers a third, or they of it."""
    document, span = place
    found = set()
    for other, taken in planted["documents"][document]["origins"]:
        if overlap(span, other) * 3 >= min(span[1] - span[0], other[1] - other[0]):
            found.update(tuple(it) for it in taken)
    return found


def covered(span, places):
    """Bytes of `span` that some of `places` cover."""
    at, total = span[0], 0
    for start, end in sorted(places):
        start, end = max(start, at), min(end, span[1])
        if end > start:
            total, at = total + end - start, end
    return total


def judge(planted, detections):
    """Recall needs half of both sides; a pair is right if both places take words of one source sentence."""
    right, by_pair = 0, {}
    for a, b in detections:
        right += not origins(planted, a).isdisjoint(origins(planted, b))
        a, b = sorted([a, b])
        by_pair.setdefault((a[0], b[0]), []).append((a[1], b[1]))
    found = {kind: [0, 0] for kind in KINDS}
    recall, hit, detected = 0.0, 0, 0
    for case in planted["cases"]:
        source, report = case["source"], case["report"]
        near = by_pair.get((min(source, report), max(source, report)), [])
        near = [pair if source < report else pair[::-1] for pair in near]
        near = [
            (there, here)
            for there, here in near
            if any(overlap(span, there) for span in case["source_spans"]) and overlap(case["report_span"], here)
        ]
        length = case["report_span"][1] - case["report_span"][0]
        here = covered(case["report_span"], [it[1] for it in near]) / length
        length = sum(end - start for start, end in case["source_spans"])
        there = sum(covered(span, [it[0] for it in near]) for span in case["source_spans"]) / length
        found[case["kind"]][0] += here >= 0.5 and there >= 0.5
        found[case["kind"]][1] += 1
        recall += (here + there) / 2
        hit += bool(near)
        detected += len(near)
    precision = right / max(1, len(detections))
    recall /= len(planted["cases"])
    granularity = detected / max(1, hit)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        **{kind: found[kind][0] / found[kind][1] for kind in KINDS},
        "precision": precision,
        "pairs": len(detections),
        "plagdet": both / math.log2(1 + granularity) if hit else 0.0,
    }
