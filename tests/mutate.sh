#!/bin/sh
# Plants small faults in the sources of a copy of the tree, one at a time, and runs the tests until one finds it: those
# that reach the faulty line, from the fastest on. A fault that does not compile, or that leaves the object code as it
# was, is none: another is drawn. A test that takes a minute of the processor, or ten times as long as it did, has found
# one. Ends with 1 if fewer than 95 in 100 are found.
#
#     tests/mutate.sh MUTATE COUNT SEED FOLDER
#
# The copy and what it builds stay in FOLDER; `FOLDER/list` has every fault, and what found it.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/.." || exit 1
count=$2
seed=$3
mkdir -p "$4/tree" || exit 1
folder=$(cd "$4" && pwd) || exit 1
cp "$1" "$folder/mutate" || exit 1
tree=$folder/tree
LC_ALL=C
CK_FORK=no
GCOV_ERROR_FILE=/dev/null # a test that may not write cannot count either, and would say so
export LC_ALL CK_FORK GCOV_ERROR_FILE
unset MAKEFLAGS MFLAGS MAKELEVEL V NO_COLOR

# What an interrupted run left is compiled anew.
left=$(cat "$folder/changed" 2>/dev/null)
find "$tree" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
tar cf - --exclude=./build --exclude=./.git . | (cd "$tree" && tar xf -) || exit 1
cd "$tree" || exit 1
[ -z "$left" ] || touch "$left"
PATH=$tree/build:$PATH
TMPDIR=$folder/scratch
export PATH TMPDIR
mkdir -p "$TMPDIR"

build() { # GOAL...: for coverage, or without debugging information, which knows columns
    make -s "CFLAGS=$flags" "$@" >"$folder/log" 2>&1
}
build_all() { # FLAGS
    flags=$1
    o=$(make -s "CFLAGS=$flags" --eval='.o: ; @echo $(o)' .o)
    build all "$o/unit-tests" build/unit-tests || { tail -n 20 "$folder/log"; exit 1; }
}

# ---- the tests ----
run_test() { # NAME SECONDS-OF-THE-PROCESSOR SECONDS
    processor=$2
    case $1 in
        unit:*) set -- "$3" build/unit-tests "${1#unit:}" ;;
        cli:*) set -- "$3" sh tests/scripts/commands.sh --only "${1#cli:}" ;;
        *) set -- "$3" sh "tests/scripts/$1.sh" ;;
    esac
    ( # no fault takes more than this; a browser does
        ulimit -t "$processor"
        ulimit -f 1000000
        [ "$3" = tests/scripts/pages.sh ] || ulimit -v 4000000
        exec timeout -k 5 "$@" >"$folder/log" 2>&1 </dev/null
    ) 2>/dev/null
}
lines_of() { # ENDING AWK-CONDITION: "FILE:LINE" where it holds of how often gcov says that a line ran
    find "$o" -name "*.$1" | xargs gcov -t 2>/dev/null |
        awk -F: '$3 == "Source" { file = $4 ~ /^(lib|cli)\// ? $4 : "" } file && $2 > 0 && '"$2"' { print file ":" $2 + 0 }' | sort -u
}

# Once, as long as nothing changes: which lines each reaches; one that is slow is taken to reach all. They must
# pass without a fault, and are timed.
state=$(find Makefile include lib cli tests examples man ./*.md -type f | sort | xargs cksum | cksum)
if [ "$state" != "$(cat "$folder/state" 2>/dev/null)" ]; then
    rm -rf "$folder/reach" "$folder/tests" && mkdir "$folder/reach" || exit 1
    echo "$state" >"$folder/state"
fi
all_tests() {
    build/unit-tests '?' 2>&1 | sed 's/.*there are//; s/ / unit:/g'
    for case in tests/cli/*.sh; do echo "cli:$(basename "$case" .sh)"; done
    echo documents json completion pictures bindings batch pages
}
if ! [ -f "$folder/reach/.all" ]; then
    build_all '-O1 --coverage'
    lines_of gcno '$1 !~ /-/' >"$folder/lines"
    [ -s "$folder/lines" ] || { echo 'gcov finds no lines'; exit 1; }
    for test in $(all_tests); do
        [ ! -f "$folder/reach/$test" ] || continue # of a run that was interrupted
        find "$o" -name '*.gcda' -exec rm -f {} +
        if run_test "$test" 10 60; then lines_of gcda '$1 + 0 > 0'; else cat "$folder/lines"; fi >"$folder/reached" 2>/dev/null
        mv "$folder/reached" "$folder/reach/$test"
    done
    touch "$folder/reach/.all"
fi
build_all -O2
if ! [ -f "$folder/tests" ]; then
    for test in $(all_tests); do
        began=$(date +%s%N)
        run_test "$test" 60 600 || { { echo "fails without a fault: $test"; tail -n 20 "$folder/log"; } >&2; exit 1; }
        echo "$(( ($(date +%s%N) - began) / 1000000 )) $test"
    done >"$folder/timed"
    sort -n "$folder/timed" >"$folder/tests"
fi

# The line of code where the fault is seen: the next that runs at or before it; outside functions any of the file.
seen_at() { # FILE LINE
    awk -v line="$2" 'NR > line { exit } /^[{}]/ { inside = /^{/ } END { exit !inside }' "$1" || { echo "$1:"; return; }
    sed -n "s|^$1:||p" "$folder/lines" | sort -n | awk -v file="$1" -v line="$2" '$1 <= line { at = $1 } END { print file ":" at }'
}

# Of a browser's minutes only pages are worth it; what samples longest knows how a run is sampled, and is left out elsewhere.
left_out() { # FILE
    case $1 in
        cli/page.c | cli/render/html*) echo ' unit:' ;;
        cli/*) echo ' unit:| pages$' ;;
        lib/base/* | lib/engine/* | lib/model/*) echo ' pages$' ;;
        *) echo ' pages$| unit:strata$| unit:errors$' ;;
    esac
}

what_finds() { # FILE LINE: the first test that does
    at=$(seen_at "$1" "$2")
    case $at in *:) whole= ;; *) whole=-x ;; esac
    built=no
    grep -vE "$(left_out "$1")" "$folder/tests" | while read -r time test; do
        # shellcheck disable=SC2086
        grep -qF $whole -e "$at" "$folder/reach/$test" || continue
        case $built$test in
            yes* | nounit:*) ;;
            *) timeout 300 make -s CFLAGS=-O2 all >"$folder/log" 2>&1 || { echo 'the build'; break; }; built=yes ;;
        esac
        run_test "$test" 60 $((10 + time / 100)) && continue
        status=$?
        [ $status -eq 124 ] || [ $status -eq 137 ] && test="$test, by time"
        echo "$test"
        break
    done
}

# ---- the faults ----
sources=$(ls lib/*/*.c cli/*.c cli/*/*.c | grep -v '^lib/catalog/embed[.]c$') # that one is a program of the build
restore() {
    cp "$folder/original" "$file"
    for object in $objects; do mv "$folder/$(basename "$object")" "$object" && touch "$object"; done 2>/dev/null
    : >"$folder/changed"
}
tried=0
found=0
draw=0
: >"$folder/list"
: >"$folder/survivors"
while [ $tried -lt "$count" ]; do
    draw=$((draw + 1))
    # shellcheck disable=SC2086
    said=$("$folder/mutate" "$seed" $draw "$folder/fault.c" $sources) || exit 1
    file=${said%%:*}
    line=${said#*:}
    grep -qF "$said  [" "$folder/list" && continue
    objects=$(ls "$o/${file%.c}".o "$o/${file%.c}".avx2.o "$o/${file%.c}".avx512.o 2>/dev/null)
    cp "$file" "$folder/original"
    for object in $objects; do cp -p "$object" "$folder/"; done
    echo "$file" >"$folder/changed"
    cp "$folder/fault.c" "$file"
    touch "$file"
    # shellcheck disable=SC2086
    build $objects || { restore; continue; }
    same=yes
    for object in $objects; do cmp -s "$object" "$folder/$(basename "$object")" || same=no; done
    [ $same = no ] || { restore; continue; }
    tried=$((tried + 1))
    # The tables are made by some of it.
    case $file in cli/*) by= ;; *) timeout 300 make -s CFLAGS=-O2 "$o/unit-tests" >"$folder/log" 2>&1 && by= || by='the build' ;; esac
    [ -n "$by" ] || by=$(what_finds "$file" "${line%%:*}")
    restore
    rm -rf "$TMPDIR"/*
    [ -z "$by" ] || found=$((found + 1))
    echo "$said  [${by:-not found}]" >>"$folder/list"
    [ -n "$by" ] || echo "$said" >>"$folder/survivors"
    echo "$tried of $count, $found found: ${by:-NOT FOUND}: $said"
done

echo "found: $found of $tried"
cat "$folder/survivors"
[ $((found * 100)) -ge $((tried * 95)) ]
