#!/usr/bin/env bash
# The rigs must be able to fail: for each wrong way of saving that the store knows on purpose (src/store/sabotage.rs)
# one of them turns red. Takes an annotator that was built with the feature `sabotage`:
#   cargo build --example annotator --no-default-features --features sabotage
set -euo pipefail
annotator=$1
here=$(cd "$(dirname "$0")" && pwd)
store=$here/../../src/store

# What is done wrong, and the rig that notices.
sabotages="
journal-unsynced      states.py
session-unsynced      states.py
folder-unsynced       states.py
plain-overwrite       states.py
journal-first         states.py
left-too-early        states.py
next-journal-swept    states.py
told-too-early        states.py
steps-forgotten       kill.py --rounds 60
temporary-left        kill.py --rounds 120
error-swallowed       faults.py
sync-retried          faults.py
failure-unsaid        faults.py
lock-ignored          windows.py --rounds 2
foreign-overwritten   windows.py --rounds 2
checksum-ignored      damage.py --flips 200
damage-hidden         damage.py --flips 200
journal-mispaired     damage.py --flips 0
journal-discarded     damage.py --flips 0
"

# Each that the store knows has its line here.
for name in $(grep -rhoE 'sabotaged\("[a-z-]+"\)' "$store" | sed 's/.*"\(.*\)".*/\1/' | sort -u); do
  grep -q "^$name " <<<"$sabotages" || { echo "bite: $name is not tried"; exit 1; }
done

# What a red rig leaves to be looked at is of no use here.
GAINSAY_SCRATCH=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
export GAINSAY_SCRATCH
trap 'rm -rf -- "$GAINSAY_SCRATCH"' EXIT

strace_there=1
command -v strace >/dev/null || { strace_there=''; echo "***** SKIPPED: what states.py and faults.py notice (package strace) *****"; }
count=0 failed=0
while read -r name rig options; do
  [ -n "$name" ] || continue
  case $rig in states.py | faults.py) [ -n "$strace_there" ] || continue ;; esac
  count=$((count + 1))
  # shellcheck disable=SC2086
  if said=$(GAINSAY_SABOTAGE=$name timeout 300 python3 "$here/$rig" "$annotator" $options 2>&1); then
    echo "  $name: $rig stays GREEN"
    failed=$((failed + 1))
  else
    echo "  $name: $rig is red: $(grep -m 1 -oE 'RED .*' <<<"$said" | cut -c 5-120 || tail -n 1 <<<"$said" | cut -c 1-120)"
  fi
done <<<"$sabotages"
echo "bite: $count sabotages, $failed unnoticed; $SECONDS s"
[ "$failed" -eq 0 ]
