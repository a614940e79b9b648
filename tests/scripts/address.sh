#!/bin/sh
# Unit tests, commands and broken text under the sanitizers of memory and of undefined behaviour.
# SPDX-License-Identifier: GPL-3.0-or-later
. tests/sanitized.sh
works -fsanitize=address,undefined || { echo 'skipped: no address sanitizer'; exit 0; }
built '-fsanitize=address,undefined -fno-sanitize-recover=all' build/asan unit-tests fuzz || exit 1
# 28,000 checks of one kind, and thousands of seeds of two runs, show nothing here that other suites do not.
CK_FORK=no CK_DEFAULT_TIMEOUT=0 quietly $o/unit-tests without true-claims errors
quietly $b/traincost 512xH800 --hours 198 --explain
quietly $b/traincost examples/deepseek-r1.yaml --format json --threads 2
quietly $b/traincost chips H100 --date 2024
quietly $b/traincost chips --format csv
quietly $b/traincost --help
ended 2 $b/traincost 512xH880 --hours 198
ended 2 $b/traincost --stage 512xH800,hours= --pue 0.5
ended 2 $b/traincost 512xH800 --hours nan
many_rows 40 >"$tmp/rows.csv"
ended 1 $b/traincost batch "$tmp/rows.csv" --threads 2 --output "$tmp/whole.csv"
head -c 2500 "$tmp/whole.csv" >"$tmp/resumed.csv"
ended 1 $b/traincost batch "$tmp/rows.csv" --resume "$tmp/resumed.csv"
ended 0 cmp "$tmp/whole.csv" "$tmp/resumed.csv"
ended 1 $b/traincost batch "$tmp/rows.csv" --total --outputs rent,own,energy --samples 8192
printf '%s\n' '{"chips": 8, "type": "H100", "hours": "3..5"}' '{"command": "check", "run": "deepseek-r1"}' '{"hous": 1}' '{"chips": [' >"$tmp/rows.jsonl"
ended 1 $b/traincost batch "$tmp/rows.jsonl" --threads 2
quietly $o/fuzz 3
exit $bad
