#!/usr/bin/env bash
# Makes the seed corpora of all targets from the sample sessions: seeds.sh PROGRAM (of any build). Nothing is downloaded.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
export GAINSAY_HOME=$scratch/home

seed() { mkdir -p "corpus/$1" && cat > "corpus/$1/$2"; }
# A target, what it is exported as, and the file in a folder that is one.
export_as() {
  "$program" export ../sessions/harbour.ron --to "$2" "$scratch/$1$3" >/dev/null
  if [ -d "$scratch/$1$3" ]; then
    local number=0
    while IFS= read -r file; do
      number=$((number + 1))
      seed "$1" "seed-$number" < "$file"
    done < <(find "$scratch/$1$3" -type f | sort | head -20)
  else
    seed "$1" seed < "$scratch/$1$3"
  fi
}

# Small ones of each reader first: a fuzzer gets far with a small file.
small=$scratch/small.ron
printf '# Letter 👮🏽‍♀️\n\nThe cafe\xcc\x81 said “no” to the harbor.  \nIt will *not* open.\n\n- a\n- b[^1]\n\n[^1]: c\n' > "$scratch/letter.md"
printf 'Opens in May\r\n\r\nThe council says it opens in May. Mr. Vos (42) denies it.\r\n' > "$scratch/report.txt"
"$program" new "$small" "$scratch/letter.md" "$scratch/report.txt" --title Small >/dev/null
for target in session merge; do
  for session in ../sessions/*.ron "$small"; do seed "$target" "$(basename "$session")" < "$session"; done
done
seed document letter < "$scratch/letter.md"
seed document report < "$scratch/report.txt"
iconv -f UTF-8 -t UTF-16 "$scratch/letter.md" | seed document utf16
export_as w3c w3c .jsonld
export_as refi_project refi .qdpx
export_as refi_codebook qdc .qdc
export_as codebook_csv codebook-csv .csv
export_as scheme scheme .ron
export_as cas_json cas-json .json
export_as cas_xmi cas-xmi .xmi
export_as brat brat ""
export_as label_studio label-studio ""
export_as doccano doccano ""
export_as prodigy prodigy ""
python3 -c "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile('$scratch/refi_project.qdpx').read('project.qde'))" | seed refi_xml seed
seed hypothesis row <<'END'
{"rows": [{"id": "a1", "uri": "urn:x-pdf:1", "user": "acct:vos@example.org", "text": "a note", "tags": ["claim"],
"created": "2026-01-05T09:00:00Z", "updated": "2026-01-05T09:00:00Z", "document": {"title": ["Letter"]},
"target": [{"source": "urn:x-pdf:1", "selector": [{"type": "TextPositionSelector", "start": 12, "end": 20},
{"type": "TextQuoteSelector", "exact": "cafe", "prefix": "The ", "suffix": " said"}]}], "references": []}]}
END
seed settings empty <<<'()'
seed settings some <<<'(theme:Dark,text_size:18.0,measure:72,name:"É. Vos")'
seed journal step <<<'Step(number:1,label:"set",at:"2026-01-05T09:00:00Z",edits:[SetInfo(title:"a",note:"👮🏽‍♀️")])'
for target in fuzz_targets/*.rs; do
  target=$(basename "$target" .rs)
  [ -d "corpus/$target" ] || { echo "no seeds for $target" >&2; exit 1; }
done
echo "seeds for $(ls corpus | wc -l) targets"
