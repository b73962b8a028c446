#!/usr/bin/env bash
# Takes the pictures of the manual anew: the program on the sample dossier, on a display of its own.
# Usage: docs/pictures.sh PROGRAM [NAME…]   Needs: xvfb xdotool imagemagick openbox and what a window needs.
set -euo pipefail
program=$(realpath "$1")
shift
root=$(cd "$(dirname "$0")/.." && pwd)
wanted=" $* "
work=$(mktemp -d)
export GAINSAY_HOME=$work/home LIBGL_ALWAYS_SOFTWARE=1
pid='' xvfb='' openbox=''
cleanup() {
  for p in $pid $openbox $xvfb; do kill "$p" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
mkfifo "$work/number"
# A little higher than the window: the window manager's title bar stands above it.
Xvfb -displayfd 3 -screen 0 1600x1040x24 -nolisten tcp 3>"$work/number" >/dev/null 2>&1 &
xvfb=$!
read -r number <"$work/number"
export DISPLAY=:$number
openbox >/dev/null 2>&1 &
openbox=$!

open() {
  if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi
  "$program" "$@" >"$work/log" 2>&1 &
  pid=$!
  window=''
  for _ in $(seq 100); do
    window=$(xdotool search --onlyvisible --pid "$pid" 2>/dev/null | tail -n 1 || true)
    [ -n "$window" ] && break
    sleep 0.2
  done
  xdotool windowsize --sync "$window" 1600 1000 windowmove "$window" 0 0 || true
  sleep 2
}
keys() { for key in "$@"; do xdotool key --clearmodifiers "$key"; sleep 0.3; done; }
types() { xdotool type --delay 30 -- "$1"; sleep 0.4; }
click() { xdotool mousemove "$1" "$2" click 1; sleep 0.5; }
picture() {
  [ "$wanted" = "  " ] || [[ $wanted == *" $1 "* ]] || return 0
  sleep 1
  import -window "$window" -resize 1280x "$work/$1.png"
  convert "$work/$1.png" +dither -colors 200 -depth 8 -strip "$root/docs/pictures/$1.png"
  echo "docs/pictures/$1.png"
}

mkdir -p "$root/docs/pictures" "$GAINSAY_HOME/config"
echo '(name: Some("E. Vos"), theme: Light)' >"$GAINSAY_HOME/config/settings.ron"
cp "$root/assets/sample/harbour.ron" "$work/harbour.ron"
open "$work/harbour.ron"
keys j j j e ctrl+g
picture scheme
keys Escape Escape ctrl+f
types night
keys F3 F3
picture search
keys Escape Escape ctrl+shift+i
picture sources
keys Escape ctrl+e 3
xdotool mousemove 640 940
sleep 2
picture export
keys Escape ctrl+h
picture charts
keys Escape ctrl+shift+a
picture several
keys Escape Escape ctrl+comma
picture settings
keys Escape

# Statements by documents; then where a passage stands again, and its links.
cp "$root/assets/sample/harbour.ron" "$work/across.ron"
open "$work/across.ron"
keys ctrl+b Down Right
picture matrix
cp "$root/assets/sample/harbour.ron" "$work/echoes.ron"
open "$work/echoes.ron"
keys j h
sleep 3
keys j Return r
xdotool mousemove 800 980
sleep 2
picture echoes
keys r h a
sleep 2
picture links

# Page furniture: a report with a line at the foot of each page.
cat >"$work/minutes.txt" <<'TEXT'
Harbor Board Merrendam

Minutes of the meeting on night noise, 4 June 2031.

The chair says that the cranes at the Southern Quay stood still on most nights. The log of the crane operators, she adds, was not kept in the week of the storm.

Harbor Board Merrendam, page 1

Was the limit passed? Not as far as the Board knows.

The meters on the dike were out of order from 12 to 19 May. What they would have shown cannot be said.

Harbor Board Merrendam, page 2

A resident asks for the log. The Board will publish it in part.

Harbor Board Merrendam, page 3
TEXT
open "$work/minutes.txt"
# The caret onto the first foot line, then the paragraph selected.
keys ctrl+Home s s s s s w w x
picture furniture
keys Escape

# The work of another.
echo '(name: Some("M. Okonkwo"), theme: Light)' >"$GAINSAY_HOME/config/settings.ron"
cp "$root/assets/sample/harbour.ron" "$work/colleague.ron"
open "$work/colleague.ron"
keys j u
picture whose-work

# The review of the two samples. Where the system shows no file dialog, the path is typed.
echo '(name: Some("E. Vos"), theme: Light)' >"$GAINSAY_HOME/config/settings.ron"
cp "$root/assets/sample/harbour.ron" "$work/reviewed.ron"
cp "$root/assets/sample/harbour-adan.ron" "$work/harbour-adan.ron"
open "$work/reviewed.ron"
keys ctrl+r ctrl+shift+r
sleep 1
types "harbour-adan.ron"
keys Return
sleep 8
keys j j j
xdotool mousemove 1000 700
sleep 1
picture review

# Many marks on one another, in the dark, and the list that a click opens.
echo '(name: Some("E. Vos"), theme: Dark)' >"$GAINSAY_HOME/config/settings.ron"
cp "$root/assets/sample/harbour.ron" "$work/dense.ron"
open "$work/dense.ron"
keys g
types 17
keys Return Home w w w 2 Escape Home w w 3 Escape Home w 2 Escape
keys Down Home w w 3 Escape Down Home w 2 Escape Home shift+Down 1 Escape
click 420 445
picture overlaps
