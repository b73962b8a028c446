"""The reference programs, each in a strict and a loose setting. Each is a function from documents to pairs of places."""

import difflib

import numpy as np
from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz, process

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
        starts = [np.cumsum([0, *(len(word) + 1 for word in it.words)]) for it in documents]
        for one, two in pairs(documents):
            for a, b in [(one, two), (two, one)]:
                for sentence in a.sentences:
                    text = a.text(sentence)
                    found = fuzz.partial_ratio_alignment(text, texts[b.number], score_cutoff=least)
                    if found and found.dest_end > found.dest_start:
                        first = int(np.searchsorted(starts[b.number], found.dest_start, side="right")) - 1
                        last = int(np.searchsorted(starts[b.number], found.dest_end - 1, side="right")) - 1
                        yield a.place(sentence), b.place((first, min(last + 1, len(b.words))))

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
]
