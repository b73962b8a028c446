#!/usr/bin/env bash
# All rigs: run.sh ANNOTATOR [WINDOW] [--long]. What each proves is told in README.md beside this file.
#   cargo build --example annotator --no-default-features
# With the program of the window, built with the feature sabotage, its deaths too:
#   cargo build --features sabotage
set -uo pipefail
annotator=$1
shift
window=''
if [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; then
  window=$1
  shift
fi
here=$(cd "$(dirname "$0")" && pwd)
failed=''
for rig in kill states faults full damage windows cut; do
  python3 "$here/$rig.py" "$annotator" "$@" || failed+=" $rig"
done
if [ -n "$window" ]; then
  deaths=()
  [ "${1:-}" != --long ] || deaths=(--times 20 --kills 500)
  python3 "$here/deaths.py" "$window" "${deaths[@]}" || failed+=" deaths"
fi
[ -z "$failed" ] || { echo "rigs: RED:$failed; $SECONDS s"; exit 1; }
echo "rigs: green; $SECONDS s"
