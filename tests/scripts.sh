#!/bin/sh
# Runs every script of tests/scripts. One that fails prints why; a line "skipped: ..." is no failure.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/.." || exit 1
PATH=$PWD/build:$PATH
LC_ALL=C
export PATH LC_ALL
unset MAKEFLAGS MFLAGS MAKELEVEL V # the scripts call make with flags of their own
unset NO_COLOR
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

passed=0
failed=0
for script in tests/scripts/*.sh; do
    name=$(basename "$script" .sh)
    if sh "$script" >"$log" 2>&1; then
        passed=$((passed + 1))
        skipped=$(sed -n 's/^skipped: //p' "$log" | paste -s -d ';' -)
        echo "ok $name${skipped:+ (skipped: $skipped)}"
    else
        failed=$((failed + 1))
        echo "not ok $name"
        sed 's/^/    /' "$log"
    fi
done
echo "scripts: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
