#!/usr/bin/env bash
# The real program under Xvfb on the real dossier: make a session, tag one passage in each document by keys, save,
# check, export; then kill the program and see that nothing is lost.
# Needs: xvfb xdotool imagemagick openbox python3 xclip libgl1-mesa-dri libegl1 libgl1 libxkbcommon-x11-0
set -euo pipefail
program=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seeds=$root/../shared/seeds
skip() { echo "***** SKIPPED: $1 *****"; exit 0; }
[ -d "$seeds" ] || skip "the seeds are not there (../shared/seeds)"
for tool in Xvfb xdotool openbox import python3; do
  command -v "$tool" >/dev/null || skip "$tool is missing (packages xvfb xdotool openbox imagemagick python3)"
done

work=$(mktemp -d)
export GAINSAY_HOME=$work/home LIBGL_ALWAYS_SOFTWARE=1
window='' pid='' xvfb='' openbox=''
cleanup() {
  local code=$?
  if [ $code -ne 0 ] && [ -n "${DISPLAY:-}" ]; then
    import -window root "${TMPDIR:-/tmp}/gainsay-e2e.png" 2>/dev/null && echo "picture: ${TMPDIR:-/tmp}/gainsay-e2e.png"
    cat "$work/log" 2>/dev/null || true
  fi
  for p in $pid $openbox $xvfb; do kill "$p" 2>/dev/null || true; done
  rm -rf "$work"
  exit $code
}
trap cleanup EXIT

# Without a display: one sentence, code 2.
set +e
words=$(env -u DISPLAY -u WAYLAND_DISPLAY "$program" 2>&1 >/dev/null)
code=$?
set -e
[ $code -eq 2 ] || { echo "without a display it ended with $code"; exit 1; }
[ "$(wc -l <<<"$words")" -eq 1 ] && grep -q "gainsay check" <<<"$words" || { echo "it said: $words"; exit 1; }
echo "without a display: $words"

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$work/number" >/dev/null 2>&1 &
xvfb=$!
read -r number <"$work/number"
export DISPLAY=:$number
openbox >/dev/null 2>&1 &
openbox=$!

# With a library missing that winit panics without: one sentence too, code 2.
mkdir "$work/broken"
echo "no library" >"$work/broken/libxkbcommon-x11.so.0"
set +e
words=$(LD_LIBRARY_PATH=$work/broken "$program" 2>&1 >/dev/null)
code=$?
set -e
[ $code -eq 2 ] || { echo "without libxkbcommon-x11 it ended with $code"; exit 1; }
[ "$(wc -l <<<"$words")" -eq 1 ] && grep -q "libxkbcommon-x11-0" <<<"$words" || { echo "it said: $words"; exit 1; }
echo "without a library: $words"

# Waits until a command succeeds, at most 30 s.
until_true() {
  local what=$1
  shift
  for _ in $(seq 150); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    kill -0 "$pid" 2>/dev/null || { echo "the program ended while waiting: $what"; exit 1; }
    sleep 0.2
  done
  echo "not within 30 s: $what"
  exit 1
}
find_window() { window=$(xdotool search --onlyvisible --pid "$pid" 2>/dev/null | tail -n 1) && [ -n "$window" ]; }
titled() { xdotool getwindowname "$window" | grep -q -- "$1"; }
open_window() {
  "$program" "$@" >"$work/log" 2>&1 &
  pid=$!
  until_true "a window" find_window
  xdotool windowfocus --sync "$window" 2>/dev/null || true
}
keys() { for key in "$@"; do xdotool key --clearmodifiers "$key"; sleep 0.15; done; }
# What the program has put on disk, journal included.
annotations() { "$program" info "$1" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["annotations"])'; }
holds() { [ "$(annotations "$1")" = "$2" ]; }

session=$work/dossier.ron
"$program" new "$session" "$seeds"/*.txt
open_window "$session"
until_true "the session's title" titled dossier
# The window's first frames are drawn before keys are sent to it.
sleep 1

documents=$("$program" info "$session" --json | python3 -c '
import json, sys
for document in json.load(sys.stdin)["documents"]: print(document["title"][:40])')
count=0
while IFS= read -r title; do
  # Go to the document by its name, take its third sentence, tag it.
  keys ctrl+k
  sleep 0.8
  xdotool type --delay 25 -- "$title"
  sleep 0.8
  keys Return
  sleep 0.6
  keys s s s $((count % 3 + 1))
  count=$((count + 1))
  until_true "annotation $count in the journal" holds "$session" "$count"
done <<<"$documents"
[ "$count" -eq 5 ]
# Copied with its citation, a passage is on the clipboard as formatted and as plain text.
keys ctrl+shift+c
if command -v xclip >/dev/null; then
  clip() { timeout 5 xclip -selection clipboard -o -t "$1"; }
  html_there() { clip text/html | grep -q "<p>“.*¶"; }
  until_true "the citation as HTML" html_there
  clip UTF8_STRING | grep -q "¶" || { echo "no plain text beside the HTML"; exit 1; }
  ! clip UTF8_STRING | grep -q "<p>" || { echo "the plain text has marks of HTML"; exit 1; }
  echo "citation: $(clip UTF8_STRING | tail -c 60)"
else
  echo "***** SKIPPED: the clipboard (package xclip) *****"
fi

keys ctrl+s
until_true "the window's title says saved" titled "^dossier - Gainsay"

"$program" check "$session"
python3 "$here/passages.py" "$program" "$session" "$seeds" 5 | tee "$work/said"
grep -q "5 passages in 5 documents" "$work/said"

# Killed in the middle of work: what was acknowledged comes back.
keys s s 2
until_true "the sixth annotation in the journal" holds "$session" 6
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
"$program" recover "$session" -o "$work/recovered.ron"
holds "$work/recovered.ron" 6
open_window "$session"
# What was brought back may be looked at; who saves keeps it.
until_true "the title after recovery" titled "^dossier .safe on this computer. - Gainsay"
keys ctrl+s
until_true "the title once it is kept" titled "^dossier - Gainsay"
holds "$session" 6
keys ctrl+q
for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
if kill -0 "$pid" 2>/dev/null; then echo "Ctrl Q did not end it"; exit 1; fi
pid=''
"$program" check "$session"
python3 "$here/passages.py" "$program" "$session" "$seeds" 6
echo "window: passed"
