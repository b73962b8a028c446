"""The deaths of the real window, under Xvfb: nothing that it showed as *safe on this computer* is lost, and the next
start says what came back.

The program, built with the feature `sabotage`, writes down outside itself what it shows: `safe ANNOTATIONS
BYTES_OF_NOTES` with the mark at the top, `draft BYTES` of comments that are being written with the same, `back SENTENCE`
with the strip. It is driven by keys only.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

from common import scratch, skip

SIGNALS = {"kill": signal.SIGKILL, "TERM": signal.SIGTERM, "INT": signal.SIGINT, "HUP": signal.SIGHUP}
TOLD = ["panic", "memory", "stack"]
DEATHS = ["panic", "TERM", "INT", "HUP", "display", "memory", "stack"]
# A letter is on its way to the window for a frame or some, on a machine that draws in software and does other work.
ON_ITS_WAY = 0.5
PATIENCE = 60


class Red(Exception):
    pass


def until(what, asked, patience=PATIENCE):
    end = time.time() + patience
    while time.time() < end:
        found = asked()
        if found:
            return found
        time.sleep(0.05)
    raise Red("not within %d s: %s" % (patience, what))


class Display:
    """An X server of our own with a window manager."""

    def __init__(self):
        read, write = os.pipe()
        words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
        self.server = quiet(words, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()
        self.manager = quiet(["openbox"], env=dict(os.environ, DISPLAY=self.name))

    def end(self):
        for process in (self.server, self.manager):
            process.kill()
            process.wait()

    def do(self, *words):
        environment = dict(os.environ, DISPLAY=self.name)
        done = subprocess.run(["xdotool", *words], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip()


def quiet(words, **more):
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


class Window:
    """The program at work on a session; `number` tells one start from the next."""

    def __init__(self, program, folder, display, number):
        self.display = display
        self.told = os.path.join(folder, "told-%d" % number)
        self.death = os.path.join(folder, "death-%d" % number)
        environment = dict(os.environ, DISPLAY=display.name, LIBGL_ALWAYS_SOFTWARE="1",
                           GAINSAY_HOME=os.path.join(folder, "home"), GAINSAY_ACKNOWLEDGED=self.told,
                           GAINSAY_DEATH=self.death)
        environment.pop("WAYLAND_DISPLAY", None)
        self.process = quiet([program, os.path.join(folder, "haven.ron")], env=environment)
        until("a window", self.found)
        # Said when the session is on the desk.
        until("the mark of a session that was opened", lambda: self.said("safe"))
        display.do("windowfocus", self.found())
        time.sleep(0.5)

    def found(self):
        if self.process.poll() is not None:
            raise Red("it ended by itself with %s" % self.process.returncode)
        return self.display.do("search", "--onlyvisible", "--pid", str(self.process.pid)).split("\n")[-1]

    def said(self, kind):
        """The last words of a kind, from whole lines only."""
        try:
            with open(self.told) as file:
                lines = file.read().split("\n")[:-1]
        except FileNotFoundError:
            return ""
        lines = [line[len(kind) + 1:] for line in lines if line.startswith(kind + " ")]
        return lines[-1] if lines else ""

    def safe(self):
        return [int(number) for number in self.said("safe").split()]

    def keys(self, *keys):
        self.display.do("key", "--clearmodifiers", "--delay", "40", *keys)

    def die(self, death):
        """Ends it in this way and waits until it is gone."""
        if death in SIGNALS:
            self.process.send_signal(SIGNALS[death])
        elif death == "display":
            self.display.end()
        else:
            if death == "memory":
                # What it has and little more: the machine is shared.
                with open("/proc/%d/statm" % self.process.pid) as file:
                    room = int(file.read().split()[0]) * resource.getpagesize() + (256 << 20)
                resource.prlimit(self.process.pid, resource.RLIMIT_AS, (room, room))
            with open(self.death + ".new", "w") as file:
                file.write(death)
            os.rename(self.death + ".new", self.death)

        def gone():
            if death in TOLD:
                # It hears of it with the next frame.
                self.display.do("mousemove", str(random.randrange(400, 800)), str(random.randrange(200, 600)))
            return self.process.poll() is not None
        until("its death by " + death, gone)


def journaled(program, session):
    """How many steps `check` finds in the journal; it must find the session sound."""
    done = subprocess.run([program, "check", session], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise Red("check: %s" % done.stdout.strip())
    found = re.search(r"journal: (\d+) steps? not yet in the file", done.stdout)
    return int(found[1]) if found else 0


def held(program, folder):
    """Annotations and bytes of notes on the disk, journal included."""
    session, copy = os.path.join(folder, "haven.ron"), os.path.join(folder, "copy.ron")
    if os.path.exists(copy):
        os.remove(copy)
    subprocess.run([program, "recover", session, "-o", copy], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    source = copy if os.path.exists(copy) else session
    info = subprocess.run([program, "info", source, "--json"], stdout=subprocess.PIPE, text=True, check=True)
    with open(source, encoding="utf-8") as file:
        notes = re.findall(r'^ *note: "([a-z]*)",$', file.read(), re.M)
    return json.loads(info.stdout)["annotations"], sum(map(len, notes))


def prepared(program, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "home", "config"))
    with open(os.path.join(folder, "home", "config", "settings.ron"), "w") as file:
        file.write('(name: Some("E. Vos"))\n')
    text = os.path.join(folder, "haven.txt")
    with open(text, "w", encoding="utf-8") as file:
        for number in range(60):
            file.write("De café\u0301s aan kade %d zeggen dat het er \u201cluid\u201d is. Nummer %d ontkent dat.\n\n" % (number, number))
    words = [program, "new", os.path.join(folder, "haven.ron"), text]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, GAINSAY_HOME=folder + "/home"))


def into_note(window):
    """The field takes letters some frames after the key; the first of them is acknowledged before the rest is typed."""
    window.keys("n")
    time.sleep(1)
    window.display.do("key", "x")
    until("an acknowledgement of a note's first letter", lambda: window.safe()[1] == 1)


def at_work(window, dice):
    """Some passages are tagged, a note is written; then it goes on, and the caller ends it at any moment."""
    window.keys("s", "1", "s", "2")
    until("an acknowledgement of two annotations", lambda: window.safe()[0] >= 2)
    into_note(window)
    window.display.do("type", "--delay", "30", "waarom")
    window.keys("Escape")
    more = [key for _ in range(20) for key in ("s", dice.choice("123"))]
    going = quiet(["xdotool", "key", "--clearmodifiers", "--delay", "60", *more],
                  env=dict(os.environ, DISPLAY=window.display.name))
    time.sleep(dice.uniform(0, 2.5))
    return going


def into_comment(window):
    """The same for a comment, which is acknowledged as a draft."""
    window.keys("c")
    time.sleep(1)
    window.display.do("key", "x")
    until("an acknowledgement of a comment's first letter", lambda: window.said("draft") == "1")


def drafted(folder):
    """Bytes of comments that are being written, as they stand on the disk."""
    try:
        with open(os.path.join(folder, ".~haven.ron.drafts"), encoding="utf-8") as file:
            return sum(map(len, re.findall(r'^ *text: "([a-z]*)",$', file.read(), re.M)))
    except FileNotFoundError:
        return 0


def typed_on(window, dice, into):
    """A note or comment typed without a pause, ten letters a second; when each letter was sent."""
    window.keys("s", "1")
    until("an acknowledgement of the annotation", lambda: window.safe()[0] >= 1)
    into(window)
    sent, begun, length = [], time.time(), dice.uniform(2, 6)
    while time.time() < begun + length:
        window.display.do("key", dice.choice("abcdefghijklmnopqrstuvwxyz"))
        sent.append(time.time())
        time.sleep(max(0, begun + 0.1 * len(sent) - time.time()))
    return sent


def again(program, folder, display, least, draft):
    """The next start: it says what came back when there was anything, and has it all; a draft is one again."""
    steps = journaled(program, os.path.join(folder, "haven.ron"))
    window = Window(program, folder, display, 2)
    try:
        if steps:
            said = until("the strip that says what came back", lambda: window.said("back"))
            if not re.search(r"\b%d edits?\b" % steps, said):
                raise Red("%d steps in the journal, and it says: %s" % (steps, said))
        shown = window.safe()
        if any(has < must for has, must in zip(shown, least)):
            raise Red("the next start shows %s of %s" % (shown, least))
        if draft:
            until("the draft of %d letters in its field" % draft, lambda: window.said("draft") == str(draft))
    finally:
        window.process.kill()
        window.process.wait()
    return steps


def one(program, base, death, number, seed):
    """One death. Returns what was acknowledged, steps that came back, seconds of typing lost (or None)."""
    folder, dice = os.path.join(base, "%s-%d" % (death, number)), random.Random("%s %d %d" % (death, number, seed))
    prepared(program, folder)
    display, going, lost = Display(), None, None
    try:
        window = Window(program, folder, display, 1)
        try:
            if death in TYPING:
                sent = typed_on(window, dice, TYPING[death])
                end = time.time()
                window.die("kill")
            else:
                going = at_work(window, dice)
                window.die(death)
        finally:
            window.process.kill()
            window.process.wait()
            if going:
                going.kill()
                going.wait()
        if death == "display":
            display = Display()
        least, has = window.safe(), held(program, folder)
        if any(has < must for has, must in zip(has, least)):
            raise Red("%s acknowledged, %s on disk" % (least, list(has)))
        draft = drafted(folder)
        if death in TYPING:
            # Beside the first letter, which was waited for.
            kept = (draft if death == "commenting" else has[1]) - 1
            lost = end - sent[kept] if kept < len(sent) else 0.0
            if lost > 1 + ON_ITS_WAY:
                raise Red("%.2f s of typing lost: %d of %d letters" % (lost, len(sent) - kept, len(sent)))
        steps = again(program, folder, display, least, draft)
        shutil.rmtree(folder)
        return least, steps, lost
    finally:
        display.end()


# Deaths by kill -9 in the middle of typing.
TYPING = {"typing": into_note, "commenting": into_comment}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", help="built with --features sabotage")
    parser.add_argument("--times", type=int, default=3, help="of each death (by hand: 20)")
    parser.add_argument("--kills", type=int, default=20, help="of kill -9 (by hand: 500)")
    parser.add_argument("--together", type=int, default=2, help="windows at the same time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("deaths", nargs="*", help="only these of: kill typing commenting " + " ".join(DEATHS))
    given = parser.parse_args()
    for tool in ("Xvfb", "xdotool", "openbox"):
        if not shutil.which(tool):
            skip("%s is missing (packages xvfb xdotool openbox)" % tool)
    # A signal that is handled here is not ignored in what is started from here.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    program, base, red = os.path.abspath(given.program), scratch("deaths"), 0
    for death in given.deaths or DEATHS + list(TYPING) + ["kill"]:
        times, begun = given.kills if death == "kill" else given.times, time.time()
        with concurrent.futures.ThreadPoolExecutor(given.together) as pool:
            runs = [pool.submit(one, program, base, death, number, given.seed) for number in range(times)]
        wrong = [run.exception() for run in runs if run.exception()]
        good = [run.result() for run in runs if not run.exception()]
        for exception in wrong[:5]:
            print("  RED %s: %s" % (death, str(exception)[:400] or repr(exception)))
        lost = [lost for *_, lost in good if lost is not None]
        more = "; at most %.2f s of typing lost" % max(lost) if lost else ""
        print("deaths: %s: %d of %d good; %d annotations acknowledged, %d steps came back, said at %d starts%s; %.0f s" % (
            death, len(good), times, sum(least[0] for least, *_ in good), sum(steps for _, steps, _ in good),
            sum(steps > 0 for _, steps, _ in good), more, time.time() - begun))
        sys.stdout.flush()
        red += len(wrong)
    if red:
        print("deaths: RED: %d; the folders are in %s" % (red, base))
        sys.exit(1)
    shutil.rmtree(base)
    print("deaths: green")


main()
