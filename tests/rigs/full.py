#!/usr/bin/env python3
"""A disk that is full, at every size from 4 to 256 KiB: old work stays, new work is held in memory and kept once there
is room.

On a small file system in memory (needs to be allowed to mount). The annotator works until well past the end of the
room; then the disk is made larger under it, and the last step and save must bring everything to disk.
"""
import os
import re
import shutil
import subprocess

from common import Judge, Said, Tally, arguments, fresh, scratch, skip


def mounted(point, options):
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", point], capture_output=True).returncode == 0


def main():
    given = arguments(__doc__, every=(12, 4))
    top = scratch("full")
    point = os.path.join(top, "disk")
    os.makedirs(point)
    if not mounted(point, "size=64k"):
        shutil.rmtree(top)
        skip("a disk that is full: this machine permits no mounts")
    subprocess.run(["umount", point], check=True)
    judge, tally = Judge(given.annotator), Tally("full")
    sizes, refusals, steps = list(range(4, 257, given.every)), 0, 0
    for size in sizes:
        if not mounted(point, "size=%dk" % size):
            raise SystemExit("the disk of %d KiB was not mounted" % size)
        try:
            folder = os.path.join(point, "s")
            # Rounds of work between saves, more than the disk can hold.
            words = ["steps=4", "save"] + ["burst=25", "copy=%d" % size, "save"] * 14
            process = subprocess.Popen(
                [given.annotator, "run", folder, str(size), *words, "pause", "steps=1", "save", "close"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            lines = []
            for line in process.stdout:
                lines.append(line.rstrip("\n"))
                if lines[-1] == "PAUSED":
                    full = Said(list(lines))
                    # As a power cut would leave it, with the disk still full: what was acknowledged is there.
                    kept = os.path.join(top, "kept")
                    fresh(kept)
                    shutil.copytree(folder, kept, dirs_exist_ok=True) if os.path.isdir(folder) else None
                    tally.judge(judge(kept, size), full.acknowledged, full.saved, "%d KiB, full" % size)
                    subprocess.run(["mount", "-o", "remount,size=64m", point], check=True)
                    process.stdin.write("go on\n")
                    process.stdin.flush()
            process.wait()
            said = Said(lines)
            told = said.of("NOT SA")
            refusals += len(told)
            for line in told:
                if not re.search(r"/.*: the disk is full; free some space", line):
                    tally.wrong("%d KiB: cause, remedy or place is not said: %s" % (size, line))
            if said.of("SILENT") or process.returncode:
                tally.wrong("%d KiB: %s, ended with %d" % (size, said.lines[-3:], process.returncode))
            elif not (said.memory == said.saved == said.acknowledged):
                tally.wrong("%d KiB: with room again %s in memory, %d acknowledged, %d saved" % (
                    size, said.memory, said.acknowledged, said.saved))
            steps += said.memory or 0
            tally.judge(judge(folder, size), said.acknowledged, said.saved, "%d KiB, with room again" % size)
        finally:
            subprocess.run(["umount", "-l", point])
    judge.end()
    shutil.rmtree(top)
    tally.end("%d sizes, %d steps, %d refusals that named cause, remedy and place" % (len(sizes), steps, refusals))


main()
