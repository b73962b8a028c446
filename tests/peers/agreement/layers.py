"""Layers that are made up: texts whose words and sentences nobody can dispute, and readers who mark much the same."""

import json
import pathlib
import random
import re
import subprocess

TAGS = ["claim", "denial", "caveat"]
# Before every passage: an emoji of several code points, combining accents, curly quotes.
OPENING = "E\u0301e\u0301n \u201cstad\u201d \U0001f46e\U0001f3fd\u200d\u2640\ufe0f hier."
SYLLABLES = ["ba", "de", "go", "ha", "ki", "lo", "me", "nu", "po", "ra", "si", "to", "va", "wo", "ze"]


class Document:
    """A text with its words and sentences, in code points."""

    def __init__(self, name, text):
        self.name = name
        self.text = text
        self.length = len(text)
        self.words = [match.span() for match in re.finditer(r"[\w\u0300-\u036f]+", text)]
        self.sentences = [match.span() for match in re.finditer(r"[^.]+\.", text)]


def document(chance, name, sentences):
    made = [OPENING]
    for _ in range(sentences):
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(chance.randint(3, 12))]
        made.append(" ".join(words).capitalize() + ".")
    return Document(name, " ".join(made))


def marks(chance, document, count, tags, overlapping):
    """Passages from the start of a word to the end of another, after the opening."""
    words = [word for word in document.words if word[0] > len(OPENING)]
    found = set()
    taken = 0
    for first in sorted(chance.sample(range(len(words)), min(count, len(words)))):
        last = min(first + chance.randint(0, 9), len(words) - 1)
        span = (words[first][0], words[last][1])
        if span[0] >= taken or overlapping:
            found.add((*span, chance.choice(tags)))
            taken = max(taken, span[1])
    return found


def reread(chance, document, original, tags, overlapping):
    """The same passages as another reader might mark them: left out, shifted, cut in two, tagged otherwise."""
    words = [word for word in document.words if word[0] > len(OPENING)]
    found = set()
    taken = 0
    for start, end, tag in sorted(original):
        what = chance.random()
        first = next(at for at, word in enumerate(words) if word[0] >= start)
        last = next(at for at, word in enumerate(words) if word[1] >= end)
        pieces = [(first, last)]
        if what < 0.15:
            continue
        if what < 0.4:
            first = max(0, min(first + chance.randint(-2, 2), last))
            pieces = [(first, min(len(words) - 1, max(first, last + chance.randint(-2, 2))))]
        elif what < 0.5 and last > first:
            middle = (first + last) // 2
            pieces = [(first, middle), (middle + 1, last)]
        elif what < 0.65:
            tag = chance.choice(tags)
        for first, last in pieces:
            span = (words[first][0], words[last][1])
            if span[0] >= taken or overlapping:
                found.add((*span, tag))
                taken = max(taken, span[1])
    return found | {mark for mark in marks(chance, document, len(original) // 8, tags, True) if overlapping}


class Case:
    """Documents and, for each annotator, the marks of each document: `layers[annotator][document]`."""

    def __init__(self, name, documents, layers):
        self.name = name
        self.documents = documents
        self.layers = [[sorted(marks) for marks in layer] for layer in layers]
        self.tags = sorted({tag for layer in self.layers for marks in layer for _, _, tag in marks})

    def only(self, at):
        """The case of one document."""
        one = Case(self.name, [self.documents[at]], [[layer[at]] for layer in self.layers])
        one.tags = self.tags
        return one

    def pair(self, first, second):
        two = Case(self.name, self.documents, [self.layers[first], self.layers[second]])
        two.tags = self.tags
        return two


def case(name, seed, annotators, count, documents=1, tags=TAGS, overlapping=False, empty=0):
    """`empty` of the annotators have read all and marked nothing."""
    chance = random.Random(seed)
    made = [document(chance, f"d{at + 1}", 2 * count + 3) for at in range(documents)]
    first = [marks(chance, one, count, tags, overlapping) for one in made]
    layers = [first] + [
        [reread(chance, one, marks, tags, overlapping) for one, marks in zip(made, first)]
        for _ in range(annotators - 1 - empty)
    ]
    return Case(name, made, layers + [[set() for _ in made] for _ in range(empty)])


def sessions(case, program, folder):
    """The case as session files, one for each annotator."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    texts = []
    for one in case.documents:
        texts.append(folder / f"{one.name}.txt")
        texts[-1].write_text(one.text, encoding="utf-8")
    files = []
    for at, layer in enumerate(case.layers):
        name = "ABCDEFG"[at]
        files.append(folder / f"{name}.ron")
        run(program, "new", files[-1], *texts, "--annotator", name)
        if any(layer):
            lines = [
                json.dumps(
                    {
                        "text": one.text,
                        "spans": [{"start": start, "end": end, "label": tag} for start, end, tag in marks],
                    }
                )
                for one, marks in zip(case.documents, layer)
            ]
            (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            run(program, "import", files[-1], "--from", "prodigy", folder / f"{name}.jsonl", "--annotator", name)
    return files


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout
