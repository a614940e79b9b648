#!/bin/sh
# A packager's flags reach every command, and every compiler there is builds without a warning.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
make -n "b=$tmp/b" CC=their-cc CFLAGS=-DTHEIR_C CPPFLAGS=-DTHEIR_CPP LDFLAGS=-Wl,-z,their all >"$tmp/commands" || bad=1

lacks() { # FLAG KIND: the commands on standard input that are without it
    grep -v -e "$1" | sed "s/^/$2 without $1: /" | cut -c 1-160
}
grep 'their-cc.* -c ' "$tmp/commands" >"$tmp/compile"
grep 'their-cc' "$tmp/commands" | grep -v ' -c ' >"$tmp/link"
[ -s "$tmp/compile" ] && [ -s "$tmp/link" ] || { echo 'CC is not honoured'; bad=1; }
{
    lacks -DTHEIR_C\\b 'a compilation' <"$tmp/compile"
    lacks -DTHEIR_CPP 'a compilation' <"$tmp/compile"
    lacks -DTHEIR_C\\b 'a link' <"$tmp/link"
    lacks -Wl,-z,their 'a link' <"$tmp/link"
    grep -E '(^| )(cc|gcc|clang) ' "$tmp/commands" | sed 's/^/another compiler: /'
} >"$tmp/faults"
[ -s "$tmp/faults" ] && { cat "$tmp/faults"; bad=1; }

# What would give other digits does not compile, and says why.
for flags in -ffinite-math-only "-O1 -ffast-ma""th"; do
    make -s V=1 "b=$tmp/exact" "CFLAGS=-O1 $flags" CPPFLAGS= "$(make -s "b=$tmp/exact" "CFLAGS=-O1 $flags" --eval='.o: ; @echo $(o)' .o)/lib/engine/stats.o" >"$tmp/log" 2>&1 &&
        { echo "compiles with $flags"; bad=1; }
    grep -q 'cannot be compiled with' "$tmp/log" || { echo "$flags: no word why"; cat "$tmp/log"; bad=1; }
done

for cc in gcc clang; do
    command -v $cc >/dev/null 2>&1 || { echo "skipped: no $cc"; continue; }
    b=build/werror-$cc
    build() { make -s V=1 -j2 "b=$b" CC=$cc CFLAGS='-O2 -g -Werror' CPPFLAGS= LDFLAGS= "$@"; }
    o=$(build --eval='.o: ; @echo $(o)' .o)
    build all "$o/unit-tests" "$o/fail-alloc" "$o/fault-command" "$o/calibrate" "$o/bench" "$o/fuzz" >"$tmp/log" 2>&1 && continue
    echo "$cc: a warning or an error"
    tail -n 40 "$tmp/log"
    bad=1
done

# The same answer from either compiler, to the last bit.
one=build/werror-gcc/traincost
other=build/werror-clang/traincost
if [ -x $one ] && [ -x $other ]; then
    for run in '512xH800 --hours 198' 'examples/deepseek-r1.yaml' '64xtpu-v4 --hours 2wk --date 2023 --sampler mc'; do
        $one $run --format json >"$tmp/one"
        $other $run --format json >"$tmp/other"
        cmp -s "$tmp/one" "$tmp/other" || { echo "gcc and clang differ: traincost $run"; bad=1; }
    done
fi
exit $bad
