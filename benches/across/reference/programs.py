"""The reference programs, each in a strict and a loose setting. Each is a function from documents to pairs of places."""

import contextlib
import difflib
import io
import pathlib
import re
import shutil
import subprocess
import tempfile

import numpy as np
from copydetect.utils import get_document_fingerprints
from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz, process
from text_matcher.matcher import Matcher, Text

from texts import pairs


def difflib_blocks(least):
    """Matching blocks of words in order, chained over gaps of six words at most."""

    def run(documents):
        for a, b in pairs(documents):
            matcher = difflib.SequenceMatcher(None, a.words, b.words, autojunk=False)
            chain, total = None, 0
            for i, j, length in [*matcher.get_matching_blocks(), (1 << 30, 1 << 30, 0)]:
                if length == 1:
                    continue
                if chain and i - chain[1] <= 6 and j - chain[3] <= 6:
                    chain, total = (chain[0], i + length, chain[2], j + length), total + length
                    continue
                if chain and total >= least:
                    yield a.place(chain[:2]), b.place(chain[2:])
                chain, total = ((i, i + length, j, j + length), length) if length else (None, 0)

    return run


def rapidfuzz_sentences(scorer, least):
    """Each sentence with each of the other document."""

    def run(documents):
        texts = [[it.text(sentence) for sentence in it.sentences] for it in documents]
        for a, b in pairs(documents):
            scores = process.cdist(texts[a.number], texts[b.number], scorer=scorer, score_cutoff=least)
            for i, j in np.argwhere(scores >= least):
                yield a.place(a.sentences[i]), b.place(b.sentences[j])

    return run


def rapidfuzz_alignment(least):
    """Each sentence where it fits best in the other document."""

    def run(documents):
        texts = [it.text((0, len(it.words))) for it in documents]
        for one, two in pairs(documents):
            for a, b in [(one, two), (two, one)]:
                for sentence in a.sentences:
                    found = fuzz.partial_ratio_alignment(a.text(sentence), texts[b.number], score_cutoff=least)
                    if found and found.dest_end > found.dest_start:
                        yield a.place(sentence), b.place(b.words_at(found.dest_start, found.dest_end))

    return run


def winnowing(letters, window):
    """Fingerprints of runs of letters; those that follow each other in both documents make one passage."""

    def run(documents):
        prints = [get_document_fingerprints(it.text((0, len(it.words))), letters, window)[1] for it in documents]
        for a, b in pairs(documents):
            here, there = prints[a.number], prints[b.number]
            open_ = []
            for i, j in sorted((i, j) for key in here.keys() & there.keys() for i in here[key] for j in there[key]):
                near = (it for it in open_ if 0 <= i - it[1] <= letters and 0 <= j - it[3] <= letters)
                if chain := next(near, None):
                    chain[1], chain[3] = i, j
                    continue
                for it in [it for it in open_ if i - it[1] > letters]:
                    open_.remove(it)
                    yield chained(a, b, it, letters)
                open_.append([i, i, j, j])
            for it in open_:
                yield chained(a, b, it, letters)

    return run


def chained(a, b, chain, letters):
    first, last, there, until = map(int, chain)
    return a.place(a.words_at(first, last + letters)), b.place(b.words_at(there, until + letters))


def text_matcher(threshold, cutoff):
    """Its own matches, stop words kept: its list of them is a download."""

    def run(documents):
        with contextlib.redirect_stdout(io.StringIO()):
            texts = [Text(it.text((0, len(it.words))), it.number, removeStopwords=False) for it in documents]
            for a, b in pairs(documents):
                two = texts[a.number], texts[b.number]
                _, here, there = Matcher(*two, threshold=threshold, cutoff=cutoff, removeStopwords=False).match()
                for one, other in zip(here, there):
                    yield a.place(a.words_at(*one)), b.place(b.words_at(*other))

    return run


def sim_text(least):
    """Runs of equal words; each word is a line, so that its lines are our words."""
    told = re.compile(r"^(\d+): line (\d+)-(\d+)\s*\|(\d+): line (\d+)-(\d+)")

    def run(documents):
        with tempfile.TemporaryDirectory() as folder:
            for dossier in sorted({it.dossier for it in documents}):
                files = [it for it in documents if it.dossier == dossier]
                for it in files:
                    pathlib.Path(folder, str(it.number)).write_text("\n".join(it.words) + "\n", encoding="utf-8")
                command = ["sim_text", f"-r{least}", "-n", "-T", "-s", "-w120", *(str(it.number) for it in files)]
                out = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
                for found in filter(None, map(told.match, out.splitlines())):
                    a, first, last, b, there, until = map(int, found.groups())
                    yield documents[a].place((first - 1, last)), documents[b].place((there - 1, until))

    return run


def datasketch_lsh(least):
    """MinHash of the words of each sentence, 128 permutations."""

    def run(documents):
        hashes, lsh = {}, MinHashLSH(threshold=least, num_perm=128)
        for document in documents:
            for sentence in document.sentences:
                minhash = MinHash(num_perm=128)
                minhash.update_batch([word.encode() for word in document.words[slice(*sentence)]])
                key = (document.number, sentence)
                hashes[key] = minhash
                lsh.insert(key, minhash)
        for key, minhash in hashes.items():
            a = documents[key[0]]
            for other in lsh.query(minhash):
                b = documents[other[0]]
                if other[0] > key[0] and a.dossier == b.dossier and minhash.jaccard(hashes[other]) >= least:
                    yield a.place(key[1]), b.place(other[1])

    return run


PROGRAMS = [
    ("rapidfuzz partial_ratio_alignment ≥ 70", rapidfuzz_alignment(70)),
    ("rapidfuzz partial_ratio_alignment ≥ 60", rapidfuzz_alignment(60)),
    ("rapidfuzz token_sort_ratio ≥ 70", rapidfuzz_sentences(fuzz.token_sort_ratio, 70)),
    ("rapidfuzz token_set_ratio ≥ 60", rapidfuzz_sentences(fuzz.token_set_ratio, 60)),
    ("datasketch MinHash LSH ≥ .5", datasketch_lsh(0.5)),
    ("datasketch MinHash LSH ≥ .3", datasketch_lsh(0.3)),
    ("difflib, blocks chained ≥ 12 words", difflib_blocks(12)),
    ("difflib, blocks chained ≥ 6 words", difflib_blocks(6)),
    ("winnowing by copydetect, 40 letters, window 8", winnowing(40, 8)),
    ("winnowing by copydetect, 25 letters, window 5", winnowing(25, 5)),
    ("text-matcher, its defaults", text_matcher(3, 5)),
    ("text-matcher, threshold 1, cut-off 2", text_matcher(1, 2)),
]
# Debian's package similarity-tester.
if shutil.which("sim_text"):
    PROGRAMS += [("sim_text, runs ≥ 12 words", sim_text(12)), ("sim_text, runs ≥ 5 words", sim_text(5))]
