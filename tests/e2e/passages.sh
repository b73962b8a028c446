#!/usr/bin/env bash
# Exported offsets, checked by Python itself. Needs: python3
set -euo pipefail
program=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GAINSAY_HOME=$work/home
command -v python3 >/dev/null || { echo "SKIPPED: python3 is missing (package python3)"; exit 0; }

# The sample: an emoji of four code points, a combining accent and curly quotes stand before its passages.
for session in harbour harbour-adan; do
  rows=$("$program" info "$root/assets/sample/$session.ron" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["annotations"])')
  [ "$rows" -ge 20 ]
  python3 "$here/passages.py" "$program" "$root/assets/sample/$session.ron" "$root/assets/sample" "$rows"
done
"$program" check "$root"/sessions/*.ron
echo "passages: passed"
