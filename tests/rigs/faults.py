#!/usr/bin/env python3
"""A fault at every system call of working, saving and recovering, once and for ever after (SQLite's method).

strace lets the k-th call of one kind fail with one cause. Then: what was acknowledged is on disk, the session opens
as the old or the new one whole, what is in memory is what the script made, each thing that was asked for is answered,
with the file's name, and once the fault has passed the next step and the next save work.

strace counts calls by thread, so a fault "once" may come once in each of several threads. Before the last step and
save it is sent away, and lets the program go on without it.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from common import Judge, Said, Tally, arguments, fresh, prepare, scratch, skip, work

# Which calls fail how. Reading calls stand for what recovery needs; the rest for what saving needs.
CALLS = {
    "openat": ["ENOSPC", "EIO", "EDQUOT", "EACCES"],
    "write": ["ENOSPC", "EIO", "EDQUOT"],
    "fsync": ["EIO", "ENOSPC", "EDQUOT"],
    "fdatasync": ["EIO", "ENOSPC", "EDQUOT"],
    "rename": ["EIO", "ENOSPC", "EDQUOT", "EACCES"],
    "renameat": ["EIO", "ENOSPC", "EDQUOT", "EACCES"],
    "renameat2": ["EIO", "ENOSPC"],
    "mkdir": ["ENOSPC", "EIO", "EDQUOT", "EACCES"],
    "unlink": ["EIO", "EACCES"],
    "fchmod": ["EIO"],
    "fchown": ["EIO"],
    "ftruncate": ["EIO"],
    "flock": ["EIO"],
    "read": ["EIO"],
    "statx": ["EIO", "EACCES"],
    "copy_file_range": ["EIO", "ENOSPC"],
    "getdents64": ["EIO"],
}

# What is there before, and what works while calls fail. At its end
# the folder is judged as it is, then the faults pass, and a last save must bring everything into the file.
PLANS = [
    ("begin and save", [], ["steps=2", "save", "steps=1", "save"]),
    ("work and save", ["steps=3", "save", "steps=1"], ["steps=1", "burst=2", "save-amid", "steps=1", "save"]),
    ("work on the journal alone", ["steps=3", "save"], ["steps=4"]),
    ("save elsewhere, copy", ["steps=3", "save"], ["steps=1", "copy=x", "save-as=twee", "steps=1", "save"]),
    ("recover", "torn", ["steps=1", "save"]),
]
ENDING = ["pause", "steps=1", "save", "close"]


def points(annotator, folder, seed, words):
    """For each kind of call the numbers in their thread of those that touch the folder, in a run without faults."""
    log = folder + ".strace"
    said = work(annotator, folder, seed, *words, *ENDING[1:],
                before=("strace", "-f", "-qq", "-y", "-s", "300", "-o", log, "-e", "trace=" + ",".join(CALLS)))
    if said.code or said.of("NOT S") or said.of("SILENT"):
        raise SystemExit("the run without faults failed: %s" % said.lines[-3:])
    counts, found = {}, {}
    with open(log, encoding="latin1") as lines:
        for line in lines:
            thread, line = line.split(" ", 1)
            line = line.strip()
            match = re.match(r"(\w+)\(", line)
            if not match or match[1] not in CALLS:
                continue
            key = thread, match[1]
            counts[key] = counts.get(key, 0) + 1
            if folder in line:
                found.setdefault(match[1], set()).add(counts[key])
    return {call: sorted(places) for call, places in found.items()}


def starved(command, folder):
    """Runs an annotator under a strace that leaves it when it pauses. A copy of the folder is made then."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = threading.Timer(90, process.kill)
    watch.start()
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if lines[-1] == "PAUSED":
            leave(process.pid)
            if os.path.isdir(folder):
                shutil.copytree(folder, folder + ".paused")
            process.stdin.write("go on\n")
            process.stdin.flush()
    process.wait()
    hung = not watch.is_alive()
    watch.cancel()
    said = Said(lines)
    # strace may hold the other end of it a little longer.
    said.code, said.errors = process.returncode, "it hangs" if hung else process.stderr.read()
    return said


def leave(pid):
    with open("/proc/%d/status" % pid) as status:
        tracer = int(re.search(r"TracerPid:\s+(\d+)", status.read())[1])
    if tracer:
        # It does not listen to anything softer, and what it traces goes on.
        os.kill(tracer, signal.SIGKILL)
        for _ in range(2000):
            with open("/proc/%d/status" % pid) as status:
                if "TracerPid:\t0\n" in status.read():
                    return
            time.sleep(0.001)
        raise SystemExit("strace does not leave")


def fault(given, folder, seed, template, baseline, words, call, error, when, tally, judge):
    """One run with one fault. Returns whether the fault came."""
    fresh(folder)
    shutil.rmtree(folder + ".paused", ignore_errors=True)
    shutil.copytree(template, folder, dirs_exist_ok=True)
    log = folder + ".strace"
    where = "%s %s at %s (seed %d)" % (call, error, when, seed)
    command = ["strace", "-D", "-f", "-qq", "-o", log, "-e", "trace=" + call, "-e",
               "inject=%s:error=%s:when=%s" % (call, error, when)]
    said = starved([*command, given.annotator, "run", folder, str(seed), *words, *ENDING], folder)
    with open(log, encoding="latin1") as lines:
        came = sum("INJECTED" in line for line in lines)
    os.remove(log)
    if not came:
        return False
    if said.code not in (0, 3) or "panicked" in said.errors:
        # A program that the system cannot start or map is no one's fault but the fault's.
        if said.lines or said.code < 0 or "panicked" in said.errors:
            tally.wrong("%s: it ended with %s: %s; %s" % (where, said.code, said.errors[-200:], said.lines[-2:]))
    for line in said.of("SILENT"):
        tally.wrong("%s: no answer about %s" % (where, line))
    for line in said.of("NOT S") + said.of("STOPPED"):
        if not re.search(r"(^|\s)/.+: \S", line):
            tally.wrong("%s: it does not name the file and the cause: %s" % (where, line))
    paused = folder + ".paused"
    if os.path.isdir(paused):
        # As if it had been killed here: what was acknowledged amid faults is there.
        heard = Said(said.lines[:said.lines.index("PAUSED")])
        known = max(baseline[0], heard.acknowledged), max(baseline[1], heard.saved)
        tally.judge(judge(paused, seed), *known, where + ", then killed")
        shutil.rmtree(paused)
    acknowledged, saved = max(baseline[0], said.acknowledged), max(baseline[1], said.saved)
    sound = tally.judge(judge(folder, seed), acknowledged, saved, where)
    if sound and said.code == 0:
        # The fault has passed: the last save must have worked, with all that is in memory.
        if said.saved != said.memory or said.acknowledged != said.memory:
            tally.wrong("%s: %d steps in memory, %d saved, %d acknowledged; %s" % (
                where, said.memory or -1, said.saved, said.acknowledged, said.of("NOT")))
    return True


def main():
    given = arguments(__doc__, most=(3, 1000))
    if not shutil.which("strace"):
        skip("strace is missing (package strace)")
    top = scratch("faults")
    tally = Tally("faults", 40)
    jobs = []
    for number, (name, before, words) in enumerate(PLANS):
        seed = given.seed * 100 + number
        template = os.path.join(top, "before-%d" % number)
        baseline = prepare(given.annotator, template, seed, before)
        trial = os.path.join(top, "trial")
        shutil.copytree(template, trial)
        found = points(given.annotator, trial, seed, words)
        shutil.rmtree(trial)
        count = 0
        for call, places in sorted(found.items()):
            for index, error in enumerate(CALLS[call]):
                # In the short form each cause takes its share of the places, and all of them are met.
                chosen = places if given.long else places[index % 2::2] if index < 2 else places[:1]
                for place in chosen:
                    for mode in ("", "+") if given.long or index == 0 else ("",):
                        jobs.append((seed, template, baseline, words, call, error, "%d%s" % (place, mode)))
                        count += 1
        print("  %-25s %4d faults at %3d calls of %d kinds" % (
            name, count, sum(map(len, found.values())), len(found)))
        sys.stdout.flush()

    def share(worker):
        judge = Judge(given.annotator)
        folder, came = os.path.join(top, "work-%d" % worker), 0
        for seed, template, baseline, words, call, error, when in jobs[worker::WORKERS]:
            came += fault(given, folder, seed, template, baseline, words, call, error, when, tally, judge)
        judge.end()
        return came

    # A fault that does not pass is waited for: most of the time nothing computes.
    with ThreadPoolExecutor(WORKERS) as pool:
        came = sum(pool.map(share, range(WORKERS)))
    shutil.rmtree(top)
    tally.end("%d faults that came, of %d" % (came, len(jobs)))


WORKERS = 8
main()
