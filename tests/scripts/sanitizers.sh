#!/bin/sh
# Unit tests and commands under the sanitizers and valgrind: memory, undefined behaviour, races.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
bad=0
works() { # FLAGS: whether programs with this sanitizer build and start here
    echo 'int main(void) { return 0; }' >"$tmp/empty.c"
    $cc "$1" "$tmp/empty.c" -o "$tmp/empty" 2>/dev/null && "$tmp/empty" 2>/dev/null
}
quietly() { # COMMAND...: shows the output of a command that fails
    "$@" >"$tmp/log" 2>&1 && return
    echo "failed ($?): $*"
    tail -n 40 "$tmp/log"
    bad=1
    return 1
}
built() { # FLAGS DIRECTORY PROGRAM...: $b and $o are where the command and the programs are then
    b=$2
    set_flags="CFLAGS=-O2 -g $1"
    shift 2
    o=$(make -s "b=$b" "$set_flags" CPPFLAGS= LDFLAGS= --eval='.o: ; @echo $(o)' .o)
    quietly make -s V=1 -j2 "b=$b" "$set_flags" CPPFLAGS= LDFLAGS= "$b/traincost" $(printf "$o/%s " "$@")
}
refused_in_peace() { # COMMAND...: one that exits with 2, and with nothing worse
    "$@" >"$tmp/log" 2>&1
    [ $? -eq 2 ] && return
    echo "not refused in peace: $*"
    tail -n 40 "$tmp/log"
    bad=1
}

if ! works -fsanitize=address,undefined; then
    echo 'skipped: no address sanitizer'
elif built '-fsanitize=address,undefined -fno-sanitize-recover=all' build/asan unit-tests fuzz; then
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
fi

if ! works -fsanitize=thread; then
    echo 'skipped: no thread sanitizer'
elif built -fsanitize=thread build/tsan unit-tests; then
    quietly $b/traincost 512xH800 --hours 198 --threads 4
    CK_FORK=no CK_DEFAULT_TIMEOUT=0 quietly $o/unit-tests engine
fi

if nm build/traincost | grep -q -e __asan_ -e __tsan_; then
    echo 'skipped: valgrind does not run what a sanitizer built'
elif command -v valgrind >/dev/null 2>&1; then
    check='valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=all'
    quietly $check build/traincost 512xH800 --hours 198 --samples 2048 --format json
    quietly $check build/traincost chips H100
else
    echo 'skipped: no valgrind'
fi
exit $bad
