#!/usr/bin/env bash
# dkpro-cassis and Apache UIMA for Java read what is exported; what cassis writes is imported; offsets in another unit
# are caught, and put right on import. Usage: run.sh PROGRAM PLACE
set -euo pipefail
program=$(realpath "$1")
python=$(realpath "$2")/venv/bin/python
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
# Cassis warns of offsets that are wrong on purpose.
export PYTHONWARNINGS=ignore
jar=/usr/share/java/uimaj-core.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
javac -encoding UTF-8 -cp "$jar" -d "$work" "$here/Check.java"
table() { "$program" export "$1" --to csv "$2" >/dev/null; }
for session in "$root/tests/peers/hard.ron" "$root/assets/sample/harbour.ron"; do
  name=$(basename "$session" .ron)
  table "$session" "$work/$name.csv"
  for format in xmi json; do
    out=$work/$name-$format
    "$program" export "$session" --to "cas-$format" "$out" >/dev/null
    "$python" "$here/check.py" read "$format" "$out" "$work/$name.csv" "$out-cassis"
    "$program" import "$out-back.ron" --from "cas-$format" "$out" >/dev/null
    table "$out-back.ron" "$out-back.csv"
    "$python" "$here/check.py" same "$work/$name.csv" "$out-back.csv" "$name: our own $format"
    "$program" export "$out-back.ron" --to "cas-$format" "$out-again" >/dev/null
    diff -r "$out" "$out-again"
    for other in xmi json; do
      "$program" import "$out-cassis-$other.ron" --from "cas-$other" "$out-cassis" >/dev/null
      table "$out-cassis-$other.ron" "$out-cassis-$other.csv"
      "$python" "$here/check.py" same "$work/$name.csv" "$out-cassis-$other.csv" "$name: cassis' $other of our $format"
    done
    "$python" "$here/check.py" wrong "$format" "$out" "$out-wrong"
    "$program" import "$out-wrong.ron" --from "cas-$format" "$out-wrong" >"$out-wrong.txt"
    table "$out-wrong.ron" "$out-wrong.csv"
    "$python" "$here/check.py" same "$work/$name.csv" "$out-wrong.csv" "$name: $format with code points, put right"
  done
  mapfile -t files < <(find "$work/$name-xmi" -name '*.xmi' | sort)
  java -Dfile.encoding=UTF-8 -cp "$jar:$work" Check "$work/$name-xmi/TypeSystem.xml" "${files[@]}" >"$work/$name.java"
  "$python" "$here/check.py" java "$work/$name.java" "$work/$name.csv" equal
  mapfile -t files < <(find "$work/$name-xmi-wrong" -name '*.xmi' | sort)
  java -Dfile.encoding=UTF-8 -cp "$jar:$work" Check "$work/$name-xmi/TypeSystem.xml" "${files[@]}" >"$work/$name.wrong"
  if [ "$name" = hard ]; then "$python" "$here/check.py" java "$work/$name.wrong" "$work/$name.csv" different; fi
done
grep -q "code points" "$work/hard-xmi-wrong.txt"
grep -q "code points" "$work/hard-json-wrong.txt"
echo "hard: offsets in code points are said"
