#!/usr/bin/env python3
"""Every disk that a power cut may leave: recorded from the system calls, built, and opened.

After each call of an operation that writes, the disk may hold any prefix of the changes of names since the folder
was last synced (a name that was made is there or not, a rename has happened or not), and of each file what it held
when it was last synced, with any prefix of the writes since, the last of them also half, or as zeros. Each such
disk is built and judged. The idea is that of ALICE (Pillai and others, OSDI 2014).
"""
import itertools
import os
import re
import shutil
import subprocess
import sys

from common import Judge, Said, Tally, arguments, fresh, prepare, scratch, skip, work

CALLS = ("openat,open,creat,write,writev,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,"
         "link,linkat,mkdir,mkdirat,close,lseek,copy_file_range,dup,fcntl")

# What is there before, what is recorded. An operation that the store learns gets a line here.
OPERATIONS = [
    ("first steps", [], ["steps=3"]),
    ("first save", ["steps=4"], ["steps=1", "save", "steps=1"]),
    ("autosave", ["steps=4", "save", "steps=2"], ["steps=1", "save", "steps=1", "save", "steps=1"]),
    ("steps during a save", ["steps=4", "save"], ["burst=3", "save-amid", "steps=1", "save-amid", "burst=2"]),
    ("tag, note, delete, undo", ["steps=12", "save"], ["steps=14", "save", "close"]),
    ("save as", ["steps=4", "save", "steps=1"], ["steps=1", "save-as=twee", "steps=1", "save", "steps=1"]),
    ("save as over another", ["steps=2", "save", "steps=1", "save-as=twee", "steps=2"],
     ["steps=1", "save-as=haven", "steps=1", "save-as=twee", "steps=1"]),
    ("a copy", ["steps=4", "save", "steps=1"], ["copy=x", "steps=1", "copy=x", "close"]),
    ("save and close", ["steps=4", "save"], ["steps=2", "save", "close"]),
    ("rotation of versions", ["steps=14", "save", "age=14", "steps=1"], ["steps=1", "save", "steps=1", "save"]),
    ("merge", ["steps=4", "save", "steps=3", "foreign-comes"], ["foreign", "aside", "steps=1", "merge", "steps=1", "save"]),
    ("recovery without a file", ["steps=6"], ["steps=1", "save", "steps=1"]),
    ("recovery with a file", ["steps=4", "save", "steps=3"], ["steps=1", "save", "steps=1", "close"]),
    ("recovery of a save cut off", "torn", ["steps=1", "save", "steps=1"]),
]


class Disk:
    """What is durable, and what hangs in the air."""

    def __init__(self, root):
        self.root, self.next = root, 0
        self.durable = {}  # inode -> bytes of a file, or {name: inode} of a folder
        self.writes, self.names = {}, {}  # inode -> changes since its last sync
        self.now = {}  # inode -> bytes or {name: inode} as the program sees it
        self.top = self.read(root)

    def new(self, content):
        self.next += 1
        self.now[self.next] = content
        self.durable[self.next] = dict(content) if isinstance(content, dict) else content
        return self.next

    def read(self, path):
        if os.path.isdir(path):
            return self.new({name: self.read(os.path.join(path, name)) for name in sorted(os.listdir(path))})
        with open(path, "rb") as file:
            return self.new(file.read())

    def find(self, path):
        """Folder and name of a path below the root; None for others."""
        relative = os.path.relpath(path, self.root)
        if relative.startswith(".."):
            return None
        folder, parts = self.top, relative.split("/")
        for part in parts[:-1]:
            folder = self.now[folder].get(part)
            if not isinstance(self.now.get(folder), dict):
                return None
        return folder, parts[-1]

    def inode(self, path):
        if os.path.normpath(path) == self.root:
            return self.top
        place = self.find(path)
        return self.now[place[0]].get(place[1]) if place else None

    def change(self, *steps):
        """Changes names, all at once: (folder, name, inode or None)."""
        for folder, name, inode in steps:
            self.set(self.now[folder], name, inode)
        key = steps[0][0]
        self.names.setdefault(key, []).append(steps)

    @staticmethod
    def set(entries, name, inode):
        if inode is None:
            entries.pop(name, None)
        else:
            entries[name] = inode

    def write(self, inode, at, data):
        self.writes.setdefault(inode, []).append(("write", at, data))
        self.now[inode] = changed(self.now[inode], ("write", at, data))

    def cut(self, inode, length):
        self.writes.setdefault(inode, []).append(("cut", length, b""))
        self.now[inode] = changed(self.now[inode], ("cut", length, b""))

    def sync(self, inode):
        if isinstance(self.now[inode], dict):
            for steps in self.names.pop(inode, []):
                for folder, name, target in steps:
                    self.set(self.durable[folder], name, target)
        else:
            self.writes.pop(inode, None)
            self.durable[inode] = self.now[inode]

    def states(self, limit):
        """Each disk that a cut may leave now, as {path: bytes, or None for a folder}."""
        folders = list(self.names)
        prefixes = [range(len(self.names[folder]) + 1) for folder in folders]
        for lengths in itertools.product(*prefixes):
            entries = {inode: dict(content) for inode, content in self.durable.items() if isinstance(content, dict)}
            for folder, length in zip(folders, lengths):
                for steps in self.names[folder][:length]:
                    for where, name, target in steps:
                        self.set(entries[where], name, target)
            files = dict(self.walk(entries, self.top, ""))
            pending = [inode for inode in dict.fromkeys(files.values()) if self.writes.get(inode)]
            choices = [variants(self.durable[inode], self.writes[inode]) for inode in pending]
            for combination in itertools.islice(itertools.product(*choices), limit):
                chosen = dict(zip(pending, combination))
                yield tuple(sorted((path, None if inode is None else chosen.get(inode, self.durable.get(inode, b"")))
                                   for path, inode in files.items()))

    def walk(self, entries, folder, path):
        yield path, None
        for name, inode in entries[folder].items():
            below = os.path.join(path, name)
            if isinstance(self.now[inode], dict):
                yield from self.walk(entries, inode, below)
            elif ".~lock." in name:
                continue  # What a lock file holds is for people.
            else:
                yield below, inode


def changed(content, change):
    kind, at, data = change
    if kind == "cut":
        return content[:at] + bytes(max(0, at - len(content)))
    content = content + bytes(max(0, at - len(content)))
    return content[:at] + data + content[at + len(data):]


def variants(content, changes):
    found = [content]
    for change in changes:
        kind, at, data = change
        if kind == "write" and len(data) > 1:
            found.append(changed(content, (kind, at, data[:len(data) // 2])))
            found.append(changed(content, (kind, at, bytes(len(data)))))
        content = changed(content, change)
        found.append(content)
    return list(dict.fromkeys(reversed(found)))


def unescape(text):
    return bytes.fromhex(text.replace("\\x", ""))


def calls(log):
    """The finished calls of a strace log in the order of their ends, as (name, arguments, result, strings)."""
    begun = {}
    with open(log, encoding="latin1") as lines:
        for line in lines:
            process, line = line.rstrip("\n").split(" ", 1)
            line = line.strip()
            if line.endswith("<unfinished ...>"):
                begun[process] = line[:-len("<unfinished ...>")]
                continue
            resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", line)
            if resumed:
                line = begun.pop(process, "") + resumed[1]
            match = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", line)
            if match and not match[3].startswith("-"):
                strings = re.findall(r'"((?:\\x[0-9a-f]{2})*)"', match[2])
                yield match[1], match[2], int(match[3]), [unescape(text) for text in strings]


class Replay:
    """Feeds recorded calls to a disk."""

    def __init__(self, root):
        self.disk, self.files = Disk(root), {}

    def path(self, arguments, string):
        path = string.decode()
        if path.startswith("/"):
            return path
        # Relative to a folder that is open: strace shows which, as 3</folder>.
        at = re.match(r"\d+<([^>]*)>", arguments)
        return os.path.join(unescape(at[1]).decode() if at else "/nowhere", path)

    def __call__(self, name, arguments, result, strings):
        """True when the disk may have changed; a list of lines for what was said."""
        disk = self.disk
        number = re.match(r"(\d+)", arguments)
        number = int(number[1]) if number else None
        if name in ("openat", "open", "creat"):
            path = self.path(arguments, strings[0])
            place = disk.find(path)
            if place is None or disk.now.get(place[0]) is None:
                self.files.pop(result, None)
                return False
            inode, did = disk.inode(path), False
            if inode is None and "O_CREAT" in arguments:
                inode, did = disk.new(b""), True
                disk.change((place[0], place[1], inode))
            elif "O_TRUNC" in arguments and disk.now[inode]:
                disk.cut(inode, 0)
                did = True
            self.files[result] = [inode, 0, "O_APPEND" in arguments]
            return did
        if name == "close":
            self.files.pop(number, None)
        elif name in ("write", "writev", "pwrite64"):
            if number in self.files:
                file = self.files[number]
                at = len(disk.now[file[0]]) if file[2] else file[1]
                data = b"".join(strings)[:result]
                disk.write(file[0], at, data)
                file[1] = at + len(data)
                return True
            return b"".join(strings).decode(errors="replace").splitlines()
        elif name == "lseek" and number in self.files:
            self.files[number][1] = result
        elif name == "ftruncate" and number in self.files:
            disk.cut(self.files[number][0], int(arguments.rsplit(",", 1)[1]))
            return True
        elif name == "copy_file_range" and number in self.files:
            target = int(re.search(r", (\d+)<", arguments)[1])
            source, file = self.files[number], self.files[target]
            data = disk.now[source[0]][source[1]:source[1] + result]
            source[1] += result
            if data:
                disk.write(file[0], file[1], data)
                file[1] += len(data)
                return True
        elif name in ("fsync", "fdatasync") and number in self.files and self.files[number][0] is not None:
            disk.sync(self.files[number][0])
            return True
        elif name.startswith("rename") and len(strings) == 2:
            old, new = disk.find(strings[0].decode()), disk.find(strings[1].decode())
            if old and new:
                inode = disk.now[old[0]][old[1]]
                disk.change((new[0], new[1], inode), (old[0], old[1], None))
                return True
        elif name in ("link", "linkat"):
            old, new = disk.inode(strings[0].decode()), disk.find(strings[-1].decode())
            if old and new:
                disk.change((new[0], new[1], old))
                return True
        elif name.startswith("unlink"):
            place = disk.find(self.path(arguments, strings[0]))
            if place:
                disk.change((place[0], place[1], None))
                return True
        elif name.startswith("mkdir"):
            place = disk.find(self.path(arguments, strings[0]))
            if place:
                disk.change((place[0], place[1], disk.new({})))
                return True
        return False


def record(annotator, folder, seed, words):
    log = folder + ".strace"
    said = work(annotator, folder, seed, *words,
                before=("strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-o", log, "-e", "trace=" + CALLS))
    return said, log


def build(state, folder):
    fresh(folder)
    for path, content in state:
        full = os.path.join(folder, path)
        if content is None:
            os.makedirs(full, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(content)


def explore(annotator, root, seed, words, baseline, limit):
    """Records words on the folder and returns its crash states with what was acknowledged by then."""
    before = root + ".before"
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(root, before)
    said, log = record(annotator, root, seed, words)
    if said.code or said.of("NOT S") or said.of("SILENT"):
        raise SystemExit("the recorded run itself failed: %s %s" % (said.lines[-3:], said.errors[-300:]))
    replay = Replay(before)
    replay.disk.root = root
    acknowledged, saved = baseline
    states, built, count = {}, 0, 0
    for call in calls(log):
        effect = replay(*call)
        if isinstance(effect, list):
            heard = Said(effect)
            acknowledged, saved = max(acknowledged, heard.acknowledged), max(saved, heard.saved)
        elif not effect:
            continue
        count += 1
        for state in replay.disk.states(limit):
            built += 1
            old = states.get(state, (0, 0))
            states[state] = (max(old[0], acknowledged), max(old[1], saved))
    real, kept = tree(root), dict(replay.disk.walk({k: v for k, v in replay.disk.now.items() if isinstance(v, dict)},
                                                   replay.disk.top, ""))
    kept = {path: None if inode is None else replay.disk.now[inode] for path, inode in kept.items()}
    if real != kept:
        different = [path for path in {*real, *kept} if real.get(path, 0) != kept.get(path, 0)]
        raise SystemExit("the replay of the calls does not lead to the disk as it is: %s" % different)
    return states, built, count


def tree(root):
    found = {}
    for folder, _, files in os.walk(root):
        below = os.path.relpath(folder, root)
        found["" if below == "." else below] = None
        for name in files:
            if ".~lock." not in name:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.normpath(os.path.join(below, name))] = file.read()
    return found


def main():
    given = arguments(__doc__, again=(12, 200))
    if not shutil.which("strace"):
        skip("strace is missing (package strace)")
    top = scratch("states")
    judge, tally = Judge(given.annotator), Tally("states")
    limit = 4000 if given.long else 400
    total = distinct = operations = 0
    interrupted = []
    state_folder = os.path.join(top, "state")

    def judge_all(states, seed, name):
        for state, (acknowledged, saved) in states.items():
            build(state, state_folder)
            tally.judge(judge(state_folder, seed), acknowledged, saved, name)

    for number, (name, before, words) in enumerate(OPERATIONS):
        seed = given.seed * 100 + number
        root = os.path.join(top, "root")
        baseline = prepare(given.annotator, root, seed, before)
        states, built, count = explore(given.annotator, root, seed, words, baseline, limit)
        total, distinct, operations = total + built, distinct + len(states), operations + count
        print("  %-26s %3d calls that change or tell, %5d states (%d distinct)" % (name, count, built, len(states)))
        sys.stdout.flush()
        judge_all(states, seed, name)
        # Those with a save half done are where recovery has to work.
        half = [(state, known) for state, known in states.items() if known[0] and any(".journal." in path or path.endswith(".tmp") for path, _ in state)]
        interrupted += [(name, seed, state, known) for state, known in half]
    # Recovery is itself an operation that writes: cut again while it works on what a cut has left.
    step = max(1, len(interrupted) // given.again)
    again = interrupted[::step][:given.again]
    built = count = different = 0
    for name, seed, state, known in again:
        root = os.path.join(top, "root")
        build(state, root)
        baseline = (known[0], known[1])
        states, more, calls_made = explore(given.annotator, root, seed, ["steps=1", "save"], baseline, 60)
        built, count, different = built + more, count + calls_made, different + len(states)
        judge_all(states, seed, "recovery after a cut in " + name)
    print("  %-26s %3d calls that change or tell, %5d states (%d distinct), of %d disks" % (
        "cut again in recovery", count, built, different, len(again)))
    judge.end()
    shutil.rmtree(top)
    tally.end("%d operations and %d recoveries, %d calls, %d states (%d distinct)" % (
        len(OPERATIONS), len(again), operations + count, total + built, distinct + different))


if __name__ == "__main__":
    main()
