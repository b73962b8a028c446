#!/usr/bin/env python3
"""Damage on the disk: a flipped bit, a cut, zeros, a journal of another file. Nothing false is taken for the work.

Whatever is done to session file and journal, opening either says that something is wrong (an error, a notice, a
sentence on what was left out) or gives exactly what the script made; and no journal is destroyed by being opened.
"""
import os
import random
import shutil

from common import Judge, Tally, arguments, fresh, scratch, work


def journal_of(path):
    return os.path.join(os.path.dirname(path), ".~%s.journal" % os.path.basename(path))


def main():
    given = arguments(__doc__, flips=(400, 20000))
    dice = random.Random(given.seed)
    top = scratch("damage")
    judge, tally = Judge(given.annotator), Tally("damage")
    whole = os.path.join(top, "whole")
    fresh(whole)
    said = work(given.annotator, whole, given.seed, "steps=6", "save", "steps=4")
    session = os.path.join(whole, "work", "haven.ron")
    trial = os.path.join(top, "trial")

    def attempt(what, path, content):
        fresh(trial)
        shutil.copytree(whole, trial, dirs_exist_ok=True)
        changed = os.path.join(trial, os.path.relpath(path, whole))
        with open(changed, "wb") as file:
            file.write(content)
        verdict = judge(trial, given.seed)
        # An error or a sentence is right; so is the whole work. Silence over anything else is not.
        if verdict.good and verdict.steps != said.acknowledged and not verdict.said:
            tally.wrong("%s: %d of %d steps and not a word" % (what, verdict.steps, said.acknowledged))
        if not verdict.good and "no notice" in verdict.said:
            tally.wrong("%s: another content and not a word: %s" % (what, verdict.said))
        # What stood in the journal and was not applied is still somewhere.
        if path != session or not verdict.good:
            kept = [name for name in os.listdir(os.path.join(trial, "work")) if ".journal" in name]
            if not kept:
                tally.wrong("%s: no journal is left" % what)
        return verdict

    count = 0
    for name, path in (("session", session), ("journal", journal_of(session))):
        with open(path, "rb") as file:
            content = file.read()
        for number in range(given.flips):
            at, bit = dice.randrange(len(content)), dice.randrange(8)
            flipped = content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1:]
            attempt("%s, bit %d of byte %d" % (name, bit, at), path, flipped)
        lengths = range(len(content)) if given.long else range(0, len(content), max(1, len(content) // 100))
        for length in lengths:
            if length and path != session and content[length - 1:length] == b"\n":
                continue  # A journal that ends with a whole line tells nothing of lines that are gone.
            attempt("%s, cut at %d" % (name, length), path, content[:length])
        attempt("%s, zeros" % name, path, bytes(len(content)))
        attempt("%s, empty" % name, path, b"")
        count += given.flips + len(lengths) + 2

    # Someone else has put another version of the file there: its journal is kept, and not applied.
    other = os.path.join(top, "other")
    fresh(other)
    work(given.annotator, other, given.seed, "steps=3", "save", "close")
    with open(os.path.join(other, "work", "haven.ron"), "rb") as file:
        verdict = attempt("another version of the file", session, file.read())
    if verdict.steps != 3 or "not applied" not in verdict.said:
        tally.wrong("another version of the file: %d steps; %s" % (verdict.steps, verdict.said))
    kept = [name for name in os.listdir(os.path.join(trial, "work")) if ".aside-" in name]
    if not kept:
        tally.wrong("the journal of another version of the file is gone")
    judge.end()
    shutil.rmtree(top)
    tally.end("%d damages" % (count + 1))


main()
