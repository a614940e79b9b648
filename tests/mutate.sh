#!/bin/sh
# Plants small faults in the sources of a copy of the tree, one at a time, and runs the tests until one finds it. A
# fault that does not compile, or that leaves the object code as it was, is none: another is drawn. A test that takes a
# minute of the processor, or ten times as long as it did, has found one. Ends with 1 if fewer than 95 in 100 are found.
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
export LC_ALL CK_FORK
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
# Without debugging information, which knows columns.
build() { make -s CFLAGS=-O2 "$@"; }
o=$(build --eval='.o: ; @echo $(o)' .o)
build all "$o/unit-tests" build/unit-tests >"$folder/log" 2>&1 || { tail -n 20 "$folder/log"; exit 1; }

# ---- the tests, from the fastest ----
run_test() { # NAME LIMIT
    case $1 in
        unit:*) set -- "$2" build/unit-tests "${1#unit:}" ;;
        commands) set -- "$2" sh tests/scripts/commands.sh --first ;;
        *) set -- "$2" sh "tests/scripts/$1.sh" ;;
    esac
    ( # no fault takes more than this; a browser does
        ulimit -t 60
        ulimit -f 1000000
        [ "$3" = tests/scripts/pages.sh ] || ulimit -v 4000000
        exec timeout -k 5 "$@" >"$folder/log" 2>&1 </dev/null
    ) 2>/dev/null
}

# They must pass without a fault, and are timed: once, as long as nothing changes.
state=$(find Makefile include lib cli tests examples man ./*.md -type f | sort | xargs cksum | cksum)
if [ "$state" != "$(cat "$folder/state" 2>/dev/null)" ]; then
    : >"$folder/tests"
    suites=$(build/unit-tests '?' 2>&1 | sed 's/.*there are//')
    # shellcheck disable=SC2086
    for test in $(printf 'unit:%s ' $suites) commands documents json completion pictures bindings batch pages; do
        began=$(date +%s%N)
        run_test "$test" 600 || { echo "fails without a fault: $test"; tail -n 20 "$folder/log"; exit 1; }
        echo "$(( ($(date +%s%N) - began) / 1000000 )) $test" >>"$folder/tests"
    done
    sort -n -o "$folder/tests" "$folder/tests"
    echo "$state" >"$folder/state"
fi

# Unit tests do not know the command, and pages know little else; what takes longest knows how a run is sampled.
tests_of() { # FILE
    case $1 in
        cli/commands/batch*) grep -v -e unit: -e pages -e pictures ;;
        cli/page.c | cli/render/html*) grep -v -e unit: -e batch -e bindings ;;
        cli/*) grep -v -e unit: -e batch -e pages ;;
        lib/batch/*) grep -v -e pages -e pictures -e strata -e errors ;;
        lib/base/* | lib/engine/* | lib/model/*) grep -v -e pages -e ' batch' -e pictures ;;
        *) grep -v -e pages -e ' batch' -e pictures -e strata -e errors ;;
    esac <"$folder/tests"
}

what_finds() { # FILE: the first test that does
    tests_of "$1" | while read -r time test; do
        run_test "$test" $((10 + time / 100)) && continue
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
    grep -qF "$said  [" "$folder/list" && continue
    objects=$(ls "$o/${file%.c}".o "$o/${file%.c}".avx2.o "$o/${file%.c}".avx512.o 2>/dev/null)
    cp "$file" "$folder/original"
    for object in $objects; do cp -p "$object" "$folder/"; done
    echo "$file" >"$folder/changed"
    cp "$folder/fault.c" "$file"
    touch "$file"
    # shellcheck disable=SC2086
    build $objects >"$folder/log" 2>&1 || { restore; continue; }
    same=yes
    for object in $objects; do cmp -s "$object" "$folder/$(basename "$object")" || same=no; done
    [ $same = no ] || { restore; continue; }
    tried=$((tried + 1))
    case $file in cli/*) goals=all ;; *) goals="all $o/unit-tests" ;; esac # all: the shared library may be of a fault before
    # shellcheck disable=SC2086
    if timeout 300 make -s CFLAGS=-O2 $goals >"$folder/log" 2>&1; then by=$(what_finds "$file"); else by='the build'; fi
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
