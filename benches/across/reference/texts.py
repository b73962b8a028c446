"""A document as the programs get it: folded words with their bytes, in sentences.

The programs are spared what they were not made for: soft hyphens, hyphens at line ends, ligatures, accents, Markdown's
marks and case are folded away before they see a word, and the time that this takes is not counted.
"""

import bisect
import itertools
import re
import unicodedata

INSIDE = "[\u00ad\u0300-\u036f'’]"
WORD = re.compile(rf"\d+(?:[.,]\d+)*|\w(?:\w|{INSIDE}(?=\w)|[\u0300-\u036f]|-\n(?=\w))*")
END = re.compile(r"[.!?…]\W*\s|\n\n")


def folded(word):
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in letters if c.isalnum())


class Document:
    def __init__(self, number, dossier, text):
        self.number, self.dossier = number, dossier
        byte, self.words, self.spans, ends = 0, [], [], []
        at = 0
        for found in WORD.finditer(text):
            gap = text[at : found.start()]
            if self.words and END.search(gap + " "):
                ends.append(len(self.words))
            start = byte + len(gap.encode())
            byte = start + len(found.group().encode())
            at = found.end()
            if word := folded(found.group()):
                self.words.append(word)
                self.spans.append((start, byte))
        borders = [0, *ends, len(self.words)]
        # Sentences of five words and more, as ranges of words.
        self.sentences = [(a, b) for a, b in zip(borders, borders[1:]) if b - a >= 5]
        # Where each word begins in the words joined by blanks, in code points.
        self.starts = list(itertools.accumulate((len(word) + 1 for word in self.words), initial=0))

    def text(self, words):
        return " ".join(self.words[words[0] : words[1]])

    def words_at(self, start, end):
        """The words that code points of the words joined by blanks touch."""
        first = bisect.bisect_right(self.starts, start) - 1
        last = bisect.bisect_right(self.starts, end - 1) - 1
        return first, min(max(first, last) + 1, len(self.words))

    def place(self, words):
        return self.number, (self.spans[words[0]][0], self.spans[words[1] - 1][1])


def pairs(documents):
    """Pairs of documents of one dossier: no program but ours has to look at the others."""
    for at, a in enumerate(documents):
        for b in documents[at + 1 :]:
            if a.dossier == b.dossier:
                yield a, b
