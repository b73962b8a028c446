#!/usr/bin/env python3
"""Two programs on one session, and a file that someone else changes: nobody's work is overwritten unasked.

Two annotators work on one folder at the same time: the second is told who has it. A colleague's version is put over
the file while one works, with the same size and time too: the save is refused, and both versions are there.
"""
import os
import shutil
import subprocess

from common import Judge, Said, Tally, arguments, fresh, scratch, work


def main():
    given = arguments(__doc__, rounds=(20, 500))
    top = scratch("windows")
    judge, tally = Judge(given.annotator), Tally("windows")
    refused = 0
    for number in range(given.rounds):
        seed, folder = given.seed * 1000 + number, os.path.join(top, "two")
        fresh(folder)
        work(given.annotator, folder, seed, "steps=2", "save", "close")
        command = [given.annotator, "run", folder, str(seed)]
        first = subprocess.Popen([*command, "steps=2", "pause", "steps=2", "save", "steps=1"], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        lines = []
        for line in first.stdout:
            lines.append(line.rstrip("\n"))
            if lines[-1] == "PAUSED":
                break
        second = work(given.annotator, folder, seed, "steps=3", "save")
        if second.code != 3 or not second.of("STOPPED") or "open in another window" not in second.of("STOPPED")[0]:
            tally.wrong("round %d: the second was not told: %s" % (number, second.lines))
        refused += len(second.of("STOPPED"))
        rest, _ = first.communicate("go on\n")
        said = Said(lines + rest.splitlines())
        tally.judge(judge(folder, seed), max(said.acknowledged, second.acknowledged), said.saved, "round %d" % number)

        # A colleague's version, of the same length and time, while one works.
        fresh(folder)
        work(given.annotator, folder, seed, "steps=2", "save", "close")
        path = os.path.join(folder, "work", "haven.ron")
        first = subprocess.Popen([*command, "steps=2", "pause", "save", "steps=1"], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        lines = []
        for line in first.stdout:
            lines.append(line.rstrip("\n"))
            if lines[-1] == "PAUSED":
                break
        stat = os.stat(path)
        with open(path, "rb") as file:
            theirs = file.read().replace(b"brief-1.txt", b"BRIEF-1.txt")
        with open(path, "wb") as file:
            file.write(theirs)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        rest, _ = first.communicate("go on\n")
        said = Said(lines + rest.splitlines())
        with open(path, "rb") as file:
            if file.read() != theirs:
                tally.wrong("round %d: a colleague's version was overwritten" % number)
        if not any("someone else has changed" in line for line in said.lines):
            tally.wrong("round %d: the change was not said: %s" % (number, said.lines))
        # What was made here is in the journal, which is kept and said when the file is opened.
        verdict = judge(folder, seed)
        kept = [name for name in os.listdir(os.path.join(folder, "work")) if ".aside-" in name]
        if not kept:
            tally.wrong("round %d: the steps made here are nowhere: %s" % (number, verdict.said))
    judge.end()
    shutil.rmtree(top)
    tally.end("%d times two windows, %d refused, and as many foreign changes" % (given.rounds, refused))


main()
