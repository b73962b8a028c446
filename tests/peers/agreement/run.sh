#!/usr/bin/env bash
# Layers are made up, written as sessions, and measured by `gainsay agreement --json` and by the programs that others
# compute agreement with. Usage: run.sh PROGRAM PLACE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

"$python" "$here/check.py" "$program" "$out"
