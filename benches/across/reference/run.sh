#!/usr/bin/env bash
# The engine and the reference programs over one made dossier, judged by the same rules, in one table: recall per kind,
# precision, plagdet, CPU seconds. Usage: run.sh [SEED [FOLDER]]; FOLDER keeps the texts and Python's packages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
seed=${1:-4477}
folder=${2:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(realpath "$folder")
cd "$here/../../.."
if [ ! -x "$folder/venv/bin/python" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
GAINSAY_BENCH_SPEED=0 cargo bench --no-default-features --bench across -- "$seed" --write "$folder"
cargo build --release --no-default-features --bin gainsay
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
# Winnowing picks by hashes of strings, which Python makes differ from run to run.
PYTHONHASHSEED=0 "$folder/venv/bin/python" "$here/run.py" "$target/release/gainsay" "$folder"
