#!/bin/sh
# Half a minute of coverage-guided fuzzing from the kept corpus, over all readers.
# SPDX-License-Identifier: GPL-3.0-or-later
command -v clang >/dev/null 2>&1 || { echo 'skipped: no clang'; exit 0; }
CC=clang
. tests/sanitized.sh
works -fsanitize=address,undefined || { echo 'skipped: clang has no sanitizers here (libclang-rt-dev)'; exit 0; }
make -s -j2 CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined' SECONDS=27 .guided 2>&1 |
    grep -vE '^  [A-Z]+ ' >build/fuzzing.log
cat build/fuzzing.log
[ "$(grep -c 'inputs in' build/fuzzing.log)" -eq 9 ]
