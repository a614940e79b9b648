#!/bin/sh
# Unit tests, commands and broken text under the sanitizers of memory and of undefined behaviour.
# SPDX-License-Identifier: GPL-3.0-or-later
. tests/sanitized.sh
refused_in_peace() { # COMMAND...: one that exits with 2, and with nothing worse
    "$@" >"$tmp/log" 2>&1
    [ $? -eq 2 ] && return
    echo "not refused in peace: $*"
    tail -n 40 "$tmp/log"
    bad=1
}

works -fsanitize=address,undefined || { echo 'skipped: no address sanitizer'; exit 0; }
built '-fsanitize=address,undefined -fno-sanitize-recover=all' build/asan unit-tests fuzz || exit 1
# 28,000 checks of one kind show nothing here that the suite of checks does not.
CK_FORK=no CK_DEFAULT_TIMEOUT=0 quietly $o/unit-tests without true-claims
quietly $b/traincost 512xH800 --hours 198 --explain
quietly $b/traincost examples/deepseek-r1.yaml --format json --threads 2
quietly $b/traincost chips H100 --date 2024
quietly $b/traincost chips --format csv
quietly $b/traincost --help
refused_in_peace $b/traincost 512xH880 --hours 198
refused_in_peace $b/traincost --stage 512xH800,hours= --pue 0.5
refused_in_peace $b/traincost 512xH800 --hours nan
quietly $o/fuzz 3
exit $bad
