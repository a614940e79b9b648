#!/bin/sh
# Runs tests/cli/NAME.sh and compares what it prints, its errors and its status with NAME.out, NAME.err and
# NAME.status; a file that is not there stands for nothing and for 0. `--rewrite` writes them anew; `--only NAME` runs
# one of them.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/../.." || exit 1
rewrite=no
[ "${1-}" = --rewrite ] && rewrite=yes
cases='*'
[ "${1-}" = --only ] && cases=$2
root=$PWD
PATH=$root/build:$PATH
LC_ALL=C
export root PATH LC_ALL
unset NO_COLOR
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0

keep() { # FOUND KEPT NOTHING: the expected file, none where it would hold nothing
    if [ "$(cat "$1")" = "$3" ]; then rm -f "$2"; else cp "$1" "$2"; fi
}
agree() { # FOUND KEPT NOTHING WHAT
    kept=$2
    if [ ! -f "$kept" ]; then
        kept=$tmp/nothing
        printf '%s' "$3" >"$kept"
        [ -z "$3" ] || echo >>"$kept"
    fi
    diff "$kept" "$1" >"$tmp/difference" && return
    echo "$name: another $4:"
    cat "$tmp/difference"
    bad=1
}

for case in tests/cli/$cases.sh; do
    name=$(basename "$case" .sh)
    scratch=$tmp/scratch
    export scratch
    rm -rf "$scratch"
    mkdir "$scratch"
    sh "$case" </dev/null >"$tmp/out" 2>"$tmp/err"
    echo $? >"$tmp/status"
    if [ $rewrite = yes ]; then
        keep "$tmp/out" "tests/cli/$name.out" ''
        keep "$tmp/err" "tests/cli/$name.err" ''
        keep "$tmp/status" "tests/cli/$name.status" 0
    else
        agree "$tmp/status" "tests/cli/$name.status" 0 status
        agree "$tmp/out" "tests/cli/$name.out" '' output
        agree "$tmp/err" "tests/cli/$name.err" '' 'standard error'
    fi
done
[ $bad -eq 0 ] || echo 'If the new text is right: tests/scripts/commands.sh --rewrite, and read the difference.'
exit $bad
