#!/usr/bin/env bash
# No network: runs the command line and, where there is an Xvfb and the program has a window, the window under strace
# and in a network of their own with nothing in it: network.sh PROGRAM. Fails on any socket but a local one.
# Needs: strace; for the window: xvfb xdotool and what a window needs.
set -euo pipefail
program=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v strace >/dev/null || { echo "***** SKIPPED: strace is missing *****"; exit 0; }
work=$(mktemp -d)
xvfb=''
cleanup() {
  [ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
  rm -r "$work"
}
trap cleanup EXIT
export GAINSAY_HOME=$work/home LIBGL_ALWAYS_SOFTWARE=1
cp "$root"/sessions/*.ron "$work"
printf 'See https://example.org and ![a](https://example.org/a.png) <img src="http://example.org/b.png">\n' > "$work/links.md"
cd "$work"

traced=0
trace() {
  traced=$((traced + 1))
  strace -f -qq -e trace=%network -o "trace.$traced" "$@" >out.txt 2>err.txt || true
}
# The rig itself must be able to see a socket, or it proves nothing.
if command -v python3 >/dev/null; then
  trace python3 -c 'import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)'
  grep -q 'AF_INET' trace.1 || { echo "strace did not see a socket that was opened"; exit 1; }
  rm trace.1
fi
trace "$program" new new.ron links.md --title https://example.org
trace "$program" check new.ron harbour.ron missing.ron
trace "$program" info harbour.ron
trace "$program" diff harbour.ron harbour-adan.ron
trace "$program" merge harbour.ron harbour.ron harbour-adan.ron --out merged.ron
trace "$program" agreement harbour.ron harbour-adan.ron
trace "$program" formats
for format in $("$program" formats | sed -n "s/^\([a-z0-9-]*\): .*; written.*/\1/p" | sort -u); do
  trace "$program" export harbour.ron --to "$format" "out-$format"
done
trace "$program" import links.ron --from w3c out-w3c
trace "$program" check /dev/tcp/example.org/80 http://example.org/session.ron

window=0
if command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
  mkfifo number
  Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>number >/dev/null 2>&1 &
  xvfb=$!
  read -r number <number
  export DISPLAY=:$number
  strace -f -qq -e trace=%network -o trace.window "$program" links.md harbour.ron >window.txt 2>&1 &
  pid=$!
  for _ in $(seq 150); do
    if ! kill -0 "$pid" 2>/dev/null || xdotool search --name Gainsay >/dev/null 2>&1; then break; fi
    sleep 0.2
  done
  if id=$(xdotool search --name Gainsay 2>/dev/null | head -1) && [ -n "$id" ]; then
    window=1
    # Over the text with its addresses, clicked and clicked twice.
    for y in 200 240 280 320; do
      xdotool mousemove --window "$id" 500 "$y" click 1 click --repeat 2 1
      sleep 0.3
    done
    sleep 1
  else
    grep -q 'no window' window.txt || { cat window.txt; exit 1; }
  fi
  children=$(pgrep -P "$pid" || true)
  [ -z "$children" ] || kill $children 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
fi

# The name service and the like would be seen as sockets too.
if grep -h -E 'socket\(|socketpair\(' trace.* | grep -v -E 'AF_UNIX|AF_LOCAL'; then
  echo "a socket was opened that is not local"
  exit 1
fi
# Without any network all works the same.
if unshare -n true 2>/dev/null; then
  unshare -n "$program" export harbour.ron --to csv alone.csv >/dev/null
  cmp -s alone.csv out-csv || { echo "without a network an export differs"; exit 1; }
fi
echo "no socket but local ones in $traced runs of the command line$([ $window = 0 ] || echo " and in the window")"
