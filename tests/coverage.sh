#!/bin/sh
# Runs the programs named and the scripts that run the command, all compiled for coverage, and lists how much of each
# file of lib/ and cli/ they reach together, in per cent of its lines and of its branches. A test that fails is named
# and ends it with 1, behind the list. Of the allocations that are asked for by the same way of calls the first fails,
# in the library and in 85 commands: what counts is slow, and the others do the same.
#
#     tests/coverage.sh OBJECTS PROGRAM...
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/.." || exit 1
objects=$1
shift
PATH=$PWD/build:$PATH
LC_ALL=C
CK_TIMEOUT_MULTIPLIER=10
GCOV_ERROR_FILE=/dev/null # a test that may not write cannot count either, and would say so
export PATH LC_ALL CK_TIMEOUT_MULTIPLIER GCOV_ERROR_FILE
unset MAKEFLAGS MFLAGS MAKELEVEL V NO_COLOR
logs=$(mktemp -d) || exit 1
export logs
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

find "$objects" -name '*.gcda' -exec rm -f {} +
for job in "$@" $(printf 'tests/scripts/%s.sh ' batch cluster pages documents commands json completion pictures bindings); do
    echo "$job"
done | xargs -n 1 -P "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" sh -c '
    case $1 in *.sh) sh "$1" ;; */fail-alloc | */fault-command) "$1" places ;; *) "$1" ;; esac >"$logs/$(basename "$1")" 2>&1 || {
        echo "failed: $1"; head -n 5 "$logs/$(basename "$1")"; } >>"$logs/failed"' sh

# The tables as the build embeds them, by the program that is measured.
(cd lib/catalog/data && "$OLDPWD/$objects/measured-embed" chips.csv prices.csv economics.csv throughput.csv currency.csv \
    instances.csv places.csv claims.yaml) | cmp - "$objects/builtin.c" >>"$logs/failed" 2>&1 || echo 'failed: embed' >>"$logs/failed"
[ -s "$logs/failed" ] || rm -f "$logs/failed"

# gcov says a file's name, and behind it its lines and its branches.
(cd "$objects" && gcov -n -b lib/*/*.gcno cli/*.gcno cli/*/*.gcno 2>/dev/null) | awk -F"[':% ]+" '
    function row(name, reached, lines, taken, ways) {
        printf "  %-40s %6d %7.1f %6d %7.1f\n", name, lines, lines ? 100 * reached / lines : 100, ways,
               ways ? 100 * taken / ways : 100
    }
    function end_file() {
        if (file != "") {
            row(file, reached, lines, taken, ways)
            wing = substr(file, 1, 3) "/, together"
            all[wing]
            sum[wing, 1] += reached; sum[wing, 2] += lines; sum[wing, 3] += taken; sum[wing, 4] += ways
        }
        file = ""
    }
    /^File / { end_file(); file = $2 ~ /^(lib|cli)\/.*[.]c$/ ? $2 : ""; lines = reached = ways = taken = 0 }
    /^Lines executed/ { if (seen[file]++) end_file(); lines = $NF; reached = $3 * $NF / 100 } # the second: of all
    /^Taken at least once/ { ways = $NF; taken = $5 * $NF / 100 }
    END {
        end_file()
        for (wing in all) row(wing, sum[wing, 1], sum[wing, 2], sum[wing, 3], sum[wing, 4])
    }' | sort >"$logs/list"
printf '  %-40s %6s %7s %6s %7s\n' '' lines '%' ways '%'
cat "$logs/list"
[ -s "$logs/list" ] || { echo 'nothing was measured'; exit 1; }
[ ! -e "$logs/failed" ] || { cat "$logs/failed"; exit 1; }
