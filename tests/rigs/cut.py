#!/usr/bin/env python3
"""Power cuts on real file systems: ext4 and xfs on loop images, shut down under the program at random moments.

The program is stopped first (or an fsync in flight could return success after the end), then the file system is
shut down without writing anything more (FS_IOC_SHUTDOWN, NOLOGFLUSH), unmounted, mounted again, and judged.
"""
import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import time

from common import Judge, Said, Tally, arguments, scratch, skip

SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
SYSTEMS = {"ext4": ("64M", ["mkfs.ext4", "-q", "-F"]), "xfs": ("320M", ["mkfs.xfs", "-q", "-f"])}
LIFE = 20


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


class Image:
    """A file system in a file."""

    def __init__(self, kind, top):
        size, self.make = SYSTEMS[kind]
        self.file, self.point = os.path.join(top, kind + ".img"), os.path.join(top, kind)
        os.makedirs(self.point, exist_ok=True)
        run("truncate", "-s", size, self.file)

    def made(self):
        return run(*self.make, self.file).returncode == 0

    def mount(self):
        return run("mount", "-o", "loop", self.file, self.point).returncode == 0

    def unmount(self):
        for _ in range(100):
            if run("umount", self.point).returncode == 0:
                return
            time.sleep(0.02)
        raise SystemExit("%s cannot be unmounted" % self.point)

    def cut(self):
        descriptor = os.open(self.point, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(descriptor)


def stopped(pid):
    """Until each thread of it stands still."""
    os.kill(pid, signal.SIGSTOP)
    for _ in range(500):
        states = []
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/stat" % (pid, task)) as stat:
                states.append(stat.read().rsplit(")", 1)[1].split()[0])
        if all(state in "TtZ" for state in states):
            return True
        time.sleep(0.002)
    return False


def cuts(given, kind, top, tally):
    image = Image(kind, top)
    if not shutil.which(image.make[0]):
        print("***** SKIPPED: power cuts on %s: %s is missing *****" % (kind, image.make[0]))
        return 0, 0
    if not image.made() or not image.mount():
        print("***** SKIPPED: power cuts on %s: this machine permits no mounts of images *****" % kind)
        return 0, 0
    image.unmount()
    dice, acknowledgements, expected, saved = random.Random(given.seed), 0, 0, 0
    for number in range(given.cuts):
        seed = given.seed * 1000 + number // LIFE
        if number % LIFE == 0:
            image.made()
            expected = saved = 0
        if not image.mount():
            tally.wrong("%s, cut %d: the file system does not mount again" % (kind, number))
            image.made()
            expected = saved = 0
            continue
        folder = os.path.join(image.point, "s")
        try:
            os.makedirs(os.path.join(folder, "work"), exist_ok=True)
            # The user's folders were there long ago.
            for made in (os.path.join(folder, "work"), folder, image.point):
                descriptor = os.open(made, os.O_RDONLY)
                os.fsync(descriptor)
                os.close(descriptor)
            process = subprocess.Popen([given.annotator, "run", folder, str(seed), "random"],
                                       stdout=subprocess.PIPE, text=True)
            first = process.stdout.readline()
            time.sleep(dice.choice([dice.uniform(0, 0.01), dice.uniform(0, 0.2)]))
            if not stopped(process.pid):
                # A thread in the middle of fsync stands still only when that has returned.
                tally.wrong("%s, cut %d: the program does not stop" % (kind, number))
            image.cut()
            process.kill()
            rest = process.stdout.read()
            process.wait()
        finally:
            image.unmount()
        said = Said((first + rest).rpartition("\n")[0].splitlines())
        if said.of("STOPPED"):
            tally.wrong("%s, cut %d: %s" % (kind, number, said.of("STOPPED")[0]))
        acknowledgements += len(said.of("ACK"))
        expected, saved = max(expected, said.acknowledged), max(saved, said.saved)
        if not image.mount():
            tally.wrong("%s, cut %d: the file system does not mount again" % (kind, number))
            continue
        judge = Judge(given.annotator)
        verdict = judge(folder, seed)
        judge.end()
        image.unmount()
        tally.judge(verdict, expected, saved, "%s, cut %d (seed %d)" % (kind, number, seed))
        expected, saved = (verdict.steps + 1 if verdict.steps else 0), verdict.in_file
        if number % 100 == 99:
            print("  %s: %d cuts, %d acknowledgements" % (kind, number + 1, acknowledgements), flush=True)
    return given.cuts, acknowledgements


def main():
    given = arguments(__doc__, cuts=(20, 1000))
    if os.geteuid() != 0:
        skip("power cuts: only root may mount")
    # The images themselves may lie in memory: what is cut is the file system, not the disk below it.
    top = scratch("cut")
    tally, figures = Tally("cut"), []
    for kind in SYSTEMS:
        count, acknowledgements = cuts(given, kind, top, tally)
        figures.append("%s %d cuts, %d acknowledgements" % (kind, count, acknowledgements))
    shutil.rmtree(top)
    tally.end("; ".join(figures))


main()
