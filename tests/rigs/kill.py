#!/usr/bin/env python3
"""Kill -9 at random moments: whatever was acknowledged by then is there, exactly as it was made, and opens.

A life is some twenty kills on one folder: each time the annotator opens what the last kill left, works at random
(steps one by one and in bursts, saves, saves elsewhere, copies) and is killed; then everything is judged.
"""
import os
import random
import shutil
import subprocess
import threading

from common import Judge, Said, Tally, arguments, fresh, helper_files, scratch, session_of

LIFE = 20


def killed(annotator, folder, seed, wait_secs):
    process = subprocess.Popen([annotator, "run", folder, str(seed), "random"], stdout=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    timer = threading.Timer(wait_secs, process.kill)
    timer.start()
    rest = process.stdout.read()
    timer.join()
    process.wait()
    # The last line may be cut short: then it was not shown.
    whole = (first + rest).rpartition("\n")[0]
    return Said(whole.splitlines())


def main():
    given = arguments(__doc__, rounds=(1000, 10000))
    dice = random.Random(given.seed)
    top = scratch("kill")
    folder = os.path.join(top, "life")
    judge, tally = Judge(given.annotator), Tally("kill")
    acknowledgements = temporary = 0
    expected = saved = 0
    for number in range(given.rounds):
        life = number // LIFE
        seed = given.seed * 1000 + life
        if number % LIFE == 0:
            fresh(folder)
            expected = saved = 0
        # Half of the kills come within the first milliseconds, during opening and recovery.
        said = killed(given.annotator, folder, seed, dice.choice([dice.uniform(0, 0.004), dice.uniform(0, 0.08)]))
        stopped = said.of("STOPPED") + said.of("SILENT") + said.of("NOT SA")
        if stopped:
            tally.wrong("round %d: %s" % (number, stopped[0]))
        acknowledgements += len(said.of("ACK"))
        expected, saved = max(expected, said.acknowledged), max(saved, said.saved)
        work = os.path.join(folder, "work")
        temporary += len(helper_files(work)) if os.path.isdir(work) else 0
        verdict = judge(folder, seed)
        sound = tally.judge(verdict, expected, saved, "round %d (seed %d)" % (number, seed))
        # Those of a first save that was killed are swept by the next try, when there is a file.
        left = [name for name in helper_files(work) if os.path.exists(session_of(work, name))] if os.path.isdir(work) else []
        if left:
            tally.wrong("round %d: temporary files stay behind: %s" % (number, left))
        if number % 500 == 499:
            print("  %d kills, %d acknowledgements" % (number + 1, acknowledgements), flush=True)
        # The judge has worked on by a step.
        expected, saved = (verdict.steps + 1 if verdict.steps else 0), verdict.in_file
        if not sound:
            fresh(folder)
            expected = saved = 0
    judge.end()
    shutil.rmtree(top)
    tally.end("%d kills, %d acknowledgements, %d temporary files left and swept" % (
        given.rounds, acknowledgements, temporary))


main()
