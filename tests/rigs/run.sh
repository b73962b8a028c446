#!/usr/bin/env bash
# All rigs without a window: run.sh ANNOTATOR [--long]. What each proves is told in README.md beside this file.
#   cargo build --example annotator --no-default-features
set -uo pipefail
annotator=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
failed=''
for rig in kill states faults full damage windows cut; do
  python3 "$here/$rig.py" "$annotator" "$@" || failed+=" $rig"
done
[ -z "$failed" ] || { echo "rigs: RED:$failed; $SECONDS s"; exit 1; }
echo "rigs: green; $SECONDS s"
