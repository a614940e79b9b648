#!/bin/sh
# Runs every script of tests/scripts and the programs named, as many at once as there are processors, and says in one
# order how each ended. One that fails prints why; a line "skipped: ..." is no failure. What the last program said
# stands at the end.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/.." || exit 1
PATH=$PWD/build:$PATH
LC_ALL=C
export PATH LC_ALL
unset MAKEFLAGS MFLAGS MAKELEVEL V # the scripts call make with flags of their own
unset NO_COLOR
logs=$(mktemp -d) || exit 1
export logs
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

# What takes longest begins first, so that nothing long is left for one processor alone.
long='address unit-tests fuzzing fail-alloc fault-command cluster races flags pages'
for job in "$@" tests/scripts/*.sh; do
    name=$(basename "$job" .sh)
    case " $long " in
        *" $name "*) before=${long%%"$name"*}; printf '%03d %s\n' ${#before} "$job" ;;
        *) echo "999 $job" ;;
    esac
done | sort | cut -d' ' -f2 |
    xargs -n 1 -P "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" sh -c '
        name=$(basename "$1" .sh)
        case $1 in *.sh) sh "$1" ;; *) "$1" ;; esac >"$logs/$name" 2>&1
        echo $? >"$logs/$name.status"' sh

passed=0
failed=0
for job in tests/scripts/*.sh "$@"; do
    name=$(basename "$job" .sh)
    if [ "$(cat "$logs/$name.status" 2>/dev/null)" = 0 ]; then
        passed=$((passed + 1))
        skipped=$(sed -n 's/^skipped: //p' "$logs/$name" | paste -s -d ';' -)
        echo "ok $name${skipped:+ (skipped: $skipped)}"
    else
        failed=$((failed + 1))
        echo "not ok $name"
        sed 's/^/    /' "$logs/$name"
    fi
done
echo "scripts and programs: $passed passed, $failed failed"
[ $# -eq 0 ] || cat "$logs/$name"
[ "$failed" -eq 0 ]
