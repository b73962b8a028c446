#!/usr/bin/env bash
# No content leaks: leaks.sh PROGRAM. A word that stands in documents, notes and comments alone must never show on
# standard error, in settings, in what the program keeps about sessions, or in temporary folders; whatever fails.
# Allowed places are the session, its journal, an unsaved session, its earlier versions, and a file that was asked for by an export.
set -euo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -r "$work"' EXIT
mkdir "$work/tmp" "$work/files"
export GAINSAY_HOME=$work/home TMPDIR=$work/tmp USER=reader RUST_BACKTRACE=1
word=Kanarienvogel
cd "$work/files"
printf '# Brief 👮🏽‍♀️\n\nDe cafe\xcc\x81 zei “%s” en verder niets. Dat is %s.\n' $word $word > a.md
printf 'Een tweede stuk met %s erin.\n' $word > b.txt
runs=0
run() {
  runs=$((runs + 1))
  "$program" "$@" >"$work/out.$runs" 2>"$work/err.$runs" </dev/null || true
}
run new s.ron a.md b.txt --title "De brief"
[ -f s.ron ] || { cat "$work/err.1"; exit 1; }
# Passages and notes with the word, by an import; and the same broken in all ways that a reader can be asked to bear.
cat > in.jsonl <<END
{"text": "Een tweede stuk met $word erin.\n", "label": [[0, 3, "claim"], [20, 33, "denial"]], "Comments": ["$word"]}
END
run import s.ron --from doccano in.jsonl
for broken in "{\"text\": \"$word\", \"label\": \"$word\"" "{\"text\": {\"$word\": 1}, \"label\": 1}" "[\"$word\", $word]"; do
  printf '%s\n' "$broken" > broken.json
  for format in doccano prodigy label-studio w3c hypothesis cas-json; do run import s.ron --from $format broken.json; done
done
printf '{"rows":[{"uri":"u","target":"%s","tags":{"%s":1},"text":["%s"]}]}' $word $word $word > broken.json
run import s.ron --from hypothesis broken.json
printf '{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","gainsay":{"format":"%s","title":["%s"]},"session":{"format":"%s"}}' $word $word $word > broken.json
run import s.ron --from w3c broken.json
printf '<?xml version="1.0"?><Project name="%s"><Sources>%s</Wrong>' $word $word > broken.qdc
run import s.ron --from qdc broken.qdc
run import s.ron --from cas-xmi broken.qdc
printf 'T1\tclaim 0 99999\t%s\nT2 %s\n' $word $word > broken.ann
run import s.ron --from brat broken.ann
printf '%s;"%s\n"' $word $word > broken.csv
run import s.ron --from codebook-csv broken.csv
# Damaged sessions: a number where the word stands, the word where a number stands, half a file, a bit, a wrong quote.
sed "s/\"[^\"]*$word[^\"]*\"/7/" s.ron > d1.ron
sed "s/format: 1/format: \"$word\"/" s.ron > d2.ron
sed "s/created: \"[^\"]*\"/created: \"$word\"/" s.ron > d3.ron
sed "s/tag: \"denial\"/tag: \"nothing\"/; s/quote: \"/quote: \"x/" s.ron > d4.ron
sed "0,/documents: \[/s//$word: [/" s.ron > d5.ron
head -c $(($(wc -c < s.ron) / 2)) s.ron > d6.ron
head -c $(($(wc -c < s.ron) - 120)) s.ron > d7.ron
sed "s/zei/zie/" s.ron > d8.ron
sed "s/$word/$word\\\\q/" s.ron > d9.ron
for damaged in d?.ron; do
  for command in check info; do run $command $damaged; done
  run export $damaged --to csv "x-$damaged.csv"
  run recover $damaged --out "r-$damaged"
  run merge s.ron s.ron $damaged --out "m-$damaged"
  run diff s.ron $damaged
  run import s.ron --from scheme $damaged
done
# A save that fails: no room, no folder, no permission.
run new /dev/full a.md
run new missing/folder/s.ron a.md
mkdir closed && chmod 555 closed
run new closed/s.ron a.md
run export s.ron --to csv missing/folder/x.csv
run recover s.ron --out s.ron
run check s.ron
run agreement s.ron s.ron
# A program that is killed leaves its journal: what comes back is counted, not quoted.
printf 'Journal(format: 1, session: "%s")\n' $word > .~s.ron.journal
run check s.ron
run recover s.ron --out again.ron

hits=0
for number in $(seq $runs); do
  # `diff` answers with passages, on standard output alone; standard error is where logs come from.
  if grep -q $word "$work/err.$number"; then
    echo "on standard error of run $number:"; grep $word "$work/err.$number" | head -3
    hits=$((hits + 1))
  fi
done
while IFS= read -r file; do
  case $file in
    */data/unsaved/* | */data/versions/*) ;;
    *) echo "in $file"; hits=$((hits + 1)) ;;
  esac
done < <(grep -rl $word "$work/home" "$work/tmp" 2>/dev/null || true)
left=$(find "$work/tmp" -mindepth 1 | wc -l)
[ "$left" -eq 0 ] || { echo "$left files were left in the temporary folder"; hits=$((hits + 1)); }
# The rig must be able to find the word where it does stand.
grep -q $word s.ron || { echo "the word is not in the session: nothing was tested"; exit 1; }
[ $hits -eq 0 ] || exit 1
echo "the word of $runs runs shows nowhere but where it belongs"
