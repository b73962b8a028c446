#!/usr/bin/env python3
"""Gigantic and hostile files are refused within a second of CPU time and 512 MiB, in a sentence that names the file.

For a release build: hostile.py target/release/gainsay. What is refused, and in which words, is tested in
tests/it/hostile.rs; here is measured what it costs.
"""
import os
import resource
import shutil
import subprocess
import sys

from common import scratch

SECONDS, MEBIBYTES = 1.0, 512
HEAD = "Session(\n  format: 1,\n"
TEXT = "De kade \U0001F46E\U0001F3FD\u200D\u2640\uFE0F e\u0301\u00e9n \u201czin\u201d.\n"


def written(name, *parts):
    with open(name, "w", encoding="utf-8", newline="") as file:
        for part, times in parts:
            block = part * min(times, 100_000)
            for _ in range(times // 100_000):
                file.write(block)
            file.write(part * (times % 100_000))
    return name


def files():
    """(what it is, the command)"""
    check = lambda name, *parts: ("check", written(name, *parts))
    read = lambda form, name, *parts: ("import", "good.ron", "--from", form, written(name, *parts))
    yield "RON a million brackets deep", check("deep.ron", (HEAD + "x: ", 1), ("[", 1_000_000))
    yield "RON a million comments deep", check("comments.ron", (HEAD, 1), ("/*", 1_000_000))
    yield "RON of 20 million empty strings", check("many.ron", (HEAD + "x: [", 1), ('"",', 20_000_000), ("])", 1))
    yield "RON of 390 MB in one string", check("string.ron", (HEAD + 'x: "', 1), ("a", 390_000_000), ('")', 1))
    yield "RON of 390 MB, cut off in a string", check("half.ron", (HEAD + 'x: "', 1), ("a", 390_000_000))
    yield "RON of 390 MB of spaces", check("spaces.ron", (HEAD, 1), (" ", 390_000_000))
    yield "a session file of zero bytes, 390 MB", check("zero.ron", ("\0", 390_000_000))
    yield "one line of 200 MB as a document", ("new", "new.ron", written("line.txt", ("a", 200_000_000)))
    yield "a document of 4 million and one lines", ("new", "new.ron", written("lines.txt", ("a", 1), ("\n", 4_000_001)))
    yield "a document of 63 MB with a zero byte at its end", ("new", "new.ron", written("end.txt", ("a", 63_000_000), ("\0", 1)))
    yield "JSON a million brackets deep", read("w3c", "deep.json", ("[", 1_000_000))
    yield "JSON of 3 million and ten objects", read("w3c", "objects.json", ('{"a":[', 1), ("{},", 3_000_010), ("0]}", 1))
    yield "JSON of 200 MB in half a string", read("w3c", "half.json", ('{"a":"', 1), ("a", 200_000_000))
    yield "JSON of 20 million numbers", read("doccano", "numbers.json", ("[", 1), ("0,", 20_000_000), ("0]", 1))
    yield "XML 100,000 elements deep", read("qdc", "deep.qdc", ("<a>", 100_000))
    yield "XMI of 2 million and ten elements", read("cas-xmi", "elements.xmi", ("<x>", 1), ("<a/>", 2_000_010), ("</x>", 1))
    yield "a codebook of 2 million and ten elements", read("qdc", "elements.qdc", ("<x>", 1), ("<a/>", 2_000_010), ("</x>", 1))
    yield "a codebook of 240 MB in one attribute", read("qdc", "attribute.qdc", ('<x a="', 1), ("a", 240_000_000), ('"/>', 1))
    yield "a table of 100,000 rows as a codebook", read("codebook-csv", "rows.csv", ("tag\n", 1), ("a\n", 100_000))
    yield "a table of 240 MB in one field", read("codebook-csv", "field.csv", ('tag\n"', 1), ("a", 240_000_000), ('"\n', 1))


def main():
    program, top, red = os.path.abspath(sys.argv[1]), scratch("hostile"), 0
    os.chdir(top)
    environment = dict(os.environ, GAINSAY_HOME=os.path.join(top, "home"))
    good = written("good.txt", (TEXT, 10))
    subprocess.run([program, "new", "good.ron", good], check=True, stdout=subprocess.DEVNULL, env=environment)
    before = open("good.ron", "rb").read()
    worst = [0.0, 0.0]
    for what, command in files():
        process = subprocess.Popen([program, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                   errors="replace", env=environment)
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        seconds, mebibytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        worst = [max(worst[0], seconds), max(worst[1], mebibytes)]
        first = said.split("\n")[0]
        wrong = [] if code == 1 and first.startswith("gainsay: ") and command[-1] in first else ["code %s" % code]
        wrong += ["too slow"] * (seconds > SECONDS) + ["too much memory"] * (mebibytes > MEBIBYTES)
        wrong += ["the session was changed"] * (open("good.ron", "rb").read() != before)
        red += bool(wrong)
        print("  %-48s %5.2f s %5.0f MiB%s" % (what, seconds, mebibytes, "  RED: " + ", ".join(wrong) if wrong else ""))
        if wrong:
            print("    " + said[:300])
        sys.stdout.flush()
        os.remove(command[-1])
    shutil.rmtree(top)
    print("hostile: at most %.2f s of CPU time and %.0f MiB: %s" % (*worst, "RED" if red else "green"))
    sys.exit(1 if red else 0)


main()
