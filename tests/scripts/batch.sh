#!/bin/sh
# Many rows: the same bytes on any number of threads, in parts, and after a kill; errors in their rows; broken files.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
fault() { echo "$*"; bad=1; }
same() { cmp -s "$1" "$2" || fault "$3"; }

# 502 rows, two of them bad.
awk 'BEGIN {
    print "job,chips,type,hours,date,claim,note"
    split("H100 H800 A100 tpu-v4 MI300X B200", type, " ")
    for (i = 1; i <= 502; i++) {
        hours = i % 7 == 0 ? (i % 90 + 1) ".." (i % 90 + 20) : i % 300 + 1
        if (i == 77) hours = "3kWh"
        printf "%d,%d,%s,%s,202%d-%02d,%s,\"a, %d\"\n", i, 8 * (i % 40 + 1), i == 300 ? "H880" : type[i % 6 + 1], hours, 4 + i % 2, i % 12 + 1, i % 9 ? "" : i "k", i
    }
}' >"$tmp/rows.csv"
traincost batch "$tmp/rows.csv" >"$tmp/one" 2>"$tmp/err"
[ $? -eq 1 ] || fault 'two bad rows do not give status 1'
grep -qF '2 of 502 rows failed' "$tmp/err" || fault "standard error does not count the bad rows: $(cat "$tmp/err")"
[ "$(wc -l <"$tmp/one")" -eq 503 ] || fault 'not a line for each row'
grep -qF ',unknown chip '"'H880'" "$tmp/one" || fault 'the error is not in its row'
cut -d, -f1-6 "$tmp/rows.csv" >"$tmp/a"
cut -d, -f1-6 "$tmp/one" >"$tmp/b"
same "$tmp/a" "$tmp/b" 'rows are not carried through as they came'
traincost batch --threads 2 <"$tmp/rows.csv" >"$tmp/two" 2>/dev/null
same "$tmp/one" "$tmp/two" 'two threads give other bytes'

# Parts, put together row by row.
for part in 1 2 3 4 5 6 7; do
    traincost batch "$tmp/rows.csv" --part $part/7 >"$tmp/part.$part" 2>/dev/null
done
traincost batch --merge "$tmp"/part.? >"$tmp/merged" || fault 'parts cannot be merged'
same "$tmp/one" "$tmp/merged" 'parts together are not the whole'

# Ended at any byte, and gone on with.
size=$(wc -c <"$tmp/one")
for at in 0 1 100 $((size / 3)) $((size / 2)) $((size - 1)) "$size"; do
    head -c "$at" "$tmp/one" >"$tmp/resumed"
    traincost batch "$tmp/rows.csv" --resume "$tmp/resumed" 2>"$tmp/err"
    [ $? -eq 1 ] || fault "resumed at byte $at: not status 1"
    same "$tmp/one" "$tmp/resumed" "resumed at byte $at: not the whole"
done
# Cells of two lines, rows that fit no columns or have too many, on two threads and in a part.
awk 'BEGIN { print "note,chips,type,hours"; for (i = 1; i <= 24; i++)
    printf i % 4 == 0 ? "\"two\nlines, %d\",8,H100,%d\n" : i % 4 == 1 ? "\"%d\",8,H100,%d,\"\",\n" : i % 4 == 2 ? "\"a\"\"b\",%d,%d\n" : "%d,8,H100,%d \n", i, i }' >"$tmp/odd.csv"
for way in '--threads 1' '--threads 2' '--part 2/3' '--part 2/3 --threads 2'; do
    traincost batch "$tmp/odd.csv" --outputs rent $way >"$tmp/odd" 2>/dev/null
    for at in 7 $(awk -v end="$(wc -c <"$tmp/odd")" 'BEGIN { for (at = 60; at < end; at += 83) print at }'); do
        head -c "$at" "$tmp/odd" >"$tmp/resumed"
        traincost batch "$tmp/odd.csv" --outputs rent $way --resume "$tmp/resumed" 2>"$tmp/err"
        same "$tmp/odd" "$tmp/resumed" "$way, resumed at byte $at: not the whole: $(cat "$tmp/err")"
    done
done
for change in 's/^"21"/"22"/' 's/H100,19 $/H100,1 /' 's/^"a""b",18/"a""b",19/'; do
    traincost batch "$tmp/odd.csv" --outputs rent >"$tmp/resumed" 2>/dev/null
    sed "$change" "$tmp/odd.csv" >"$tmp/changed"
    traincost batch "$tmp/changed" --outputs rent --resume "$tmp/resumed" 2>/dev/null
    [ $? -eq 2 ] || fault "$change: a changed input is gone on with"
done
sed 's/^3,/33,/' "$tmp/rows.csv" >"$tmp/changed"
head -c $((size / 2)) "$tmp/one" >"$tmp/resumed"
traincost batch "$tmp/changed" --resume "$tmp/resumed" 2>"$tmp/err"
[ $? -eq 2 ] || fault 'a changed input is gone on with'
# What cannot be gone on with, and why.
traincost batch "$tmp/rows.csv" --resume "$tmp/nowhere/answers" 2>"$tmp/err"
[ $? -eq 3 ] && grep -qxF "traincost: $tmp/nowhere/answers: No such file or directory" "$tmp/err" ||
    fault "answers in no folder: $(cat "$tmp/err")"
traincost batch "$tmp/rows.csv" --resume "$tmp" 2>"$tmp/err"
[ $? -eq 3 ] && grep -qxF "traincost: $tmp: Is a directory" "$tmp/err" || fault "answers in a folder: $(cat "$tmp/err")"
traincost batch "$tmp/rows.csv" --resume "$tmp/resumed" -o "$tmp/other" 2>"$tmp/err"
[ $? -eq 2 ] && grep -qF 'and --output names another' "$tmp/err" || fault "two places of answers: $(cat "$tmp/err")"
# A real kill.
traincost batch "$tmp/rows.csv" --samples 65536 >"$tmp/whole" 2>/dev/null
traincost batch "$tmp/rows.csv" --samples 65536 >"$tmp/killed" 2>/dev/null &
sleep 0.2
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
traincost batch "$tmp/rows.csv" --samples 65536 --resume "$tmp/killed" 2>/dev/null
same "$tmp/whole" "$tmp/killed" 'killed and resumed is not the whole'

# One row is what estimate says.
printf 'cluster,hours\n512xH800,198\n' | traincost batch --outputs rental_usd,energy_kwh | tail -n 1 | tr , '\n' >"$tmp/row"
traincost 512xH800 --hours 198 --samples 4096 --quantiles 5,50,95 --outputs rental_usd,energy_kwh --format csv |
    tr -d '\r' | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["p5"]; print $at["p50"]; print $at["p95"] }' >"$tmp/estimate"
sed -n '3,8p' "$tmp/row" | cmp -s - "$tmp/estimate" || fault "a row is not the estimate: $(paste -s -d ' ' "$tmp/row") and $(paste -s -d ' ' "$tmp/estimate")"

# All rows together are the run whose stages they are, and not the sums of their quantiles.
cat >"$tmp/four.csv" <<ROWS
chips,type,hours,date
64,H100,10,2024-03
512,H800,198,2025-01
64,H100,20..30,2024-03
32,H880,1,2025-01
128,A100,50,2025-06
ROWS
traincost batch "$tmp/four.csv" --total --outputs rental_usd,energy_kwh >"$tmp/total" 2>/dev/null
traincost --stage 64xH100,hours=10,date=2024-03 --stage 512xH800,hours=198,date=2025-01 \
    --stage 64xH100,hours=20..30,date=2024-03 --stage 128xA100,hours=50,date=2025-06 --outputs rental_usd,energy_kwh \
    --quantiles 5,50,95 --samples 4096 --format csv | tr -d '\r' >"$tmp/stages"
awk -F, 'NR == FNR { if (FNR == 1) for (i = 1; i <= NF; i++) at[$i] = i; else if (FNR <= 3) for (q = 1; q <= 3; q++) expected[++n] = $at[q == 1 ? "p5" : q == 2 ? "p50" : "p95"]; next }
    $1 == "total" { for (i = 1; i <= 6; i++) { r = $(4 + i) / expected[i]; if (r < 0.99 || r > 1.01) { print "total: " $(4 + i) " and " expected[i]; bad = 1 } found = 1 } }
    END { exit bad || !found }' "$tmp/stages" "$tmp/total" || fault 'the total is not that of the stages'
tail -n 1 "$tmp/total" | grep -q 'without 1 row,' || fault 'the total does not say what it lacks'
head -c 200 "$tmp/total" >"$tmp/resumed"
traincost batch "$tmp/four.csv" --total --outputs rental_usd,energy_kwh --resume "$tmp/resumed" 2>/dev/null
same "$tmp/total" "$tmp/resumed" 'a total resumed is another'
traincost batch "$tmp/four.csv" --total --outputs rental_usd,energy_kwh --threads 2 2>/dev/null | cmp -s - "$tmp/total" || fault 'a total on two threads is another'
traincost batch "$tmp/four.csv" --total --part 1/2 >/dev/null 2>&1 && fault 'a part has a total'

# JSON lines.
sed -n '2,60p' "$tmp/rows.csv" | awk -F, '{ printf "{\"job\": %s, \"chips\": %s, \"type\": \"%s\", \"hours\": \"%s\"}\n", $1, $2, $3, $4 }' >"$tmp/rows.jsonl"
echo '{"run": "deepseek-r1"}' >>"$tmp/rows.jsonl"
echo '{"command": "check", "run": "deepseek-r1", "options": {"samples": 2048}}' >>"$tmp/rows.jsonl"
echo '{"hous": 3, "x": 1}' >>"$tmp/rows.jsonl"
traincost batch "$tmp/rows.jsonl" >"$tmp/one.jsonl" 2>/dev/null
[ $? -eq 1 ] || fault 'a bad line of JSON does not give status 1'
[ "$(wc -l <"$tmp/one.jsonl")" -eq 62 ] || fault 'not a line for each line of JSON'
[ "$(grep -c '"verdict":"consistent"' "$tmp/one.jsonl")" -eq 2 ] || fault 'the verdicts are not there'
grep -qF '{"row":{"hous": 3, "x": 1},"error":{"status":"TRAINCOST_UNKNOWN"' "$tmp/one.jsonl" || fault 'no error in its line'
traincost batch "$tmp/rows.jsonl" 2>&1 >/dev/null | grep -qF "1 of 62 rows failed: the member 'error' says why" ||
    fault 'where its errors stand is not said'
printf 'gpus,cluster,hours\n8,8xH100,1\n' | traincost batch >/dev/null || fault "a column of one's own is refused"
head -c 3000 "$tmp/one.jsonl" >"$tmp/resumed"
traincost batch "$tmp/rows.jsonl" --resume "$tmp/resumed" --threads 2 2>/dev/null
same "$tmp/one.jsonl" "$tmp/resumed" 'JSON resumed is not the whole'

# Files that are not right: refused before the first row, or in it.
refused() { # WHAT TEXT, on standard input
    traincost batch >"$tmp/out" 2>"$tmp/err"
    [ $? -eq 2 ] && [ ! -s "$tmp/out" ] && grep -qF "$2" "$tmp/err" && return
    fault "$1: not refused: $(cat "$tmp/err")"
}
printf 'chps,type,hours\n1,H100,1\n' | refused 'a near miss' "did you mean chips?"
printf 'num_gpus,type,hours\n1,H100,1\n' | refused 'what others call it' "column 'num_gpus': did you mean chips?"
printf 'cluster;hours\n8xH100;1\n' | refused 'semicolons' 'with commas between them'
printf '[{"cluster": "8xH100"}]\n' | refused 'a list of JSON' 'objects, a line each'
printf '{\n"cluster": "8xH100"\n}\n' | refused 'JSON over lines' 'objects, a line each'
printf 'chips,type,hours,HOURS\n1,H100,1,2\n' | refused 'a column twice' 'stands twice'
printf 'a,b\n1,2\n' | refused 'no parameter' 'no column is a parameter'
printf 'chips,error\n1,2\n' | refused 'a column that is added' 'name it otherwise'
printf '\377\376c\000h\000' | refused 'UTF-16' 'UTF-16'
printf 'chips,ty\000pe\n' | refused 'a NUL in the header' 'NUL'
printf '' | refused 'nothing' 'no rows'
in_row() { # WHAT TEXT, on standard input
    traincost batch --outputs rental_usd >"$tmp/out" 2>/dev/null
    [ $? -eq 1 ] && grep -aqF "$2" "$tmp/out" && return
    fault "$1: no error in its row: $(tail -c 300 "$tmp/out")"
}
printf 'chips,type,hours\n1,H100,1\n2,H1' | in_row 'cut short' 'cut short'
printf 'chips,type,hours\n1,"H100,1\n2,H100,2\n' | in_row 'an open quote' 'a quote that does not close'
printf 'chips,type,hours\n1,H1\00000,1\n' | in_row 'a NUL' 'a NUL byte'
printf 'chips,type,hours\n1,H100,1,x\n' | in_row 'a cell too many' 'the row has 4 cells'
{ printf 'chips,type,hours,note\n1,H100,zz,'; head -c 10000000 /dev/zero | tr '\0' x; echo; } | in_row 'a 10 MB cell' "'zz'"
good() { # WHAT ROWS, on standard input
    traincost batch --outputs rental_usd >"$tmp/out" 2>"$tmp/err" || fault "$1: refused: $(cat "$tmp/err")"
    [ "$(wc -l <"$tmp/out")" -eq "$2" ] || fault "$1: not $2 lines"
}
printf '\357\273\277Chips, Type ,hours\r\n 1 ,H100,1\r\n\r\n2,"H100",2' | good 'BOM, CR, blanks, no final newline' 3
[ "$(grep -c "$(printf '\r')" "$tmp/out")" -eq 0 ] || fault 'CR in the answers'
awk 'BEGIN { printf "chips,type,hours"; for (i = 0; i < 9997; i++) printf ",x%d", i; printf "\n1,H100,1"; for (i = 0; i < 9997; i++) printf ",%d", i; print "" }' |
    good '10,000 columns' 2
for part in 0/3 4/3 x 1/ 1/0 -1/3; do
    traincost batch "$tmp/rows.csv" --part "$part" >/dev/null 2>&1
    [ $? -eq 2 ] || fault "--part $part is taken"
done
exit $bad
