"""What the rigs share: the annotator at work, the annotator as judge, and one line at the end."""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time


def arguments(description, **options):
    """The annotator's path, --long, --seed; `options` are further numbers with their (short, long) defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("annotator")
    parser.add_argument("--long", action="store_true", help="the form by hand")
    parser.add_argument("--seed", type=int, default=1)
    for name in options:
        parser.add_argument("--" + name, type=int)
    given = parser.parse_args()
    given.annotator = os.path.abspath(given.annotator)
    for name, (short, long) in options.items():
        if getattr(given, name) is None:
            setattr(given, name, long if given.long else short)
    return given


def scratch(name):
    """A folder of our own, in memory where there is such a place: a killed process needs no disk. It stays where the
    rig turns red; who asks for red (`bite.sh`) names the folder to put it in."""
    in_memory = os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK)
    base = os.environ.get("GAINSAY_SCRATCH") or ("/dev/shm" if in_memory else None)
    return tempfile.mkdtemp(prefix="gainsay-%s-" % name, dir=base)


def skip(why):
    print("***** SKIPPED: %s *****" % why)
    sys.exit(0)


class Said:
    """What an annotator has said: acknowledged steps, saved steps, and the rest."""

    def __init__(self, lines):
        self.lines = lines
        self.acknowledged = self.saved = 0
        self.memory = None
        for line in lines:
            words = line.split(" ")
            if words[0] == "ACK":
                self.acknowledged = max(self.acknowledged, int(words[1]))
            elif words[0] == "SAVED":
                self.saved = max(self.saved, int(words[1]))
                self.acknowledged = max(self.acknowledged, int(words[1]))
            elif words[0] == "MEMORY":
                self.memory = int(words[1])

    def of(self, kind):
        return [line for line in self.lines if line.startswith(kind)]


def work(annotator, folder, seed, *words, before=(), timeout=120, environment=None):
    """Runs the annotator to its end; `before` are the words of a program that runs it."""
    command = [*before, annotator, "run", folder, str(seed), *words]
    environment = dict(os.environ, **(environment or {}))
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=timeout,
                          env=environment)
    said = Said(done.stdout.splitlines())
    said.code, said.errors = done.returncode, done.stderr
    return said


class Verdict:
    def __init__(self, line):
        kind, steps, in_file, rest = (line + " ").split(" ", 3)
        self.good, self.steps, self.in_file, self.said = kind == "GOOD", int(steps), int(in_file), rest.strip()


class Judge:
    """One annotator that judges many folders. It works on by a step in each that it finds sound."""

    def __init__(self, annotator):
        self.process = subprocess.Popen([annotator, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1)

    def __call__(self, folder, seed):
        self.process.stdin.write("%d %s\n" % (seed, folder))
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the judge has stopped")
        return Verdict(line.rstrip("\n"))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Tally:
    """Counts what a rig has seen, and ends it."""

    def __init__(self, name, most_shown=5):
        self.name, self.begun, self.shown, self.most_shown = name, time.time(), 0, most_shown
        self.unreadable = self.lost = self.other = 0

    def judge(self, verdict, acknowledged, saved, where):
        """Of what was acknowledged all must be there, and of what was saved all in a file."""
        if not verdict.good:
            self.unreadable += 1
            self.show("%s: %s" % (where, verdict.said))
        elif verdict.steps < acknowledged:
            self.lost += 1
            self.show("%s: %d of %d acknowledged steps; %s" % (where, verdict.steps, acknowledged, verdict.said))
        elif verdict.in_file < saved:
            self.lost += 1
            self.show("%s: %d of %d saved steps in a file" % (where, verdict.in_file, saved))
        else:
            return True
        return False

    def wrong(self, what):
        self.other += 1
        self.show(what)

    def show(self, what):
        self.shown += 1
        if self.shown <= self.most_shown:
            print("  RED %s" % what[:400])
            sys.stdout.flush()
        if os.environ.get("GAINSAY_SABOTAGE"):
            # One is enough to show that the rig notices.
            os._exit(1)

    def end(self, figures):
        red = self.unreadable + self.lost + self.other
        print("%s: %s; %d unreadable, %d with acknowledged work lost, %d otherwise wrong; %.0f s: %s" % (
            self.name, figures, self.unreadable, self.lost, self.other, time.time() - self.begun,
            "RED" if red else "green"))
        sys.exit(1 if red else 0)


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def prepare(annotator, folder, seed, before):
    """The folder as it is before the faults, and what is acknowledged in it."""
    fresh(folder)
    os.makedirs(os.path.join(folder, "work"))
    if before == "torn":
        # A save that was cut off in its middle, a torn journal, a temporary file: all that recovery has to do.
        said = work(annotator, folder, seed, "steps=4", "save", "steps=2")
        journal = os.path.join(folder, "work", ".~haven.ron.journal")
        with open(journal, "ab") as file:
            file.write(b"900 0123456789abcdef Step(number:3,")
        os.rename(journal, journal + ".new")
        open(os.path.join(folder, "work", ".~haven.ron.aB3xYz.tmp"), "wb").close()
        return said.acknowledged, said.saved
    if not before:
        return 0, 0
    said = work(annotator, folder, seed, *before)
    return said.acknowledged, said.saved


def helper_files(folder):
    """Temporary files that a killed program leaves and the next one must sweep."""
    return [name for name in os.listdir(folder) if re.fullmatch(r"\.~.*\.[A-Za-z0-9]{6}\.tmp", name)]


def session_of(folder, name):
    """The session file that a temporary file was to replace."""
    return os.path.join(folder, re.fullmatch(r"\.~(.*)\.[A-Za-z0-9]{6}\.tmp", name)[1])
