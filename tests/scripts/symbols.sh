#!/bin/sh
# Both libraries export what lib/traincost.symbols lists, and the header declares all of it.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
LC_ALL=C sort lib/traincost.symbols >"$tmp/kept"
cmp -s lib/traincost.symbols "$tmp/kept" || { echo 'lib/traincost.symbols is not sorted'; bad=1; }

compare() { # NAME: the list on standard input against the kept one
    sort -u >"$tmp/found"
    diff "$tmp/kept" "$tmp/found" >"$tmp/difference" && return
    echo "$1 differs from lib/traincost.symbols:"
    cat "$tmp/difference"
    bad=1
}
nm -D --defined-only build/libtraincost.so | awk '$2 != "A" { sub(/@@.*/, "", $3); print $3 }' | compare build/libtraincost.so
nm -g --defined-only build/libtraincost.a | awk 'NF == 3 { print $3 }' | compare build/libtraincost.a

# Each has the version of a node of lib/libtraincost.map, and all nodes are used.
sed -n 's/^\(TRAINCOST_[0-9.]*\) {.*/\1/p' lib/libtraincost.map | sort >"$tmp/nodes"
readelf --dyn-syms -W build/libtraincost.so | awk '$7 != "UND" && $4 == "FUNC" { print $8 }' >"$tmp/versioned"
grep -v '@@TRAINCOST_[0-9.]*$' "$tmp/versioned" | sed 's/$/: has no version/' | grep . && bad=1
sed 's/.*@@//' "$tmp/versioned" | sort -u | diff - "$tmp/nodes" >"$tmp/difference" ||
    { echo 'versions differ from lib/libtraincost.map:'; cat "$tmp/difference"; bad=1; }

tr -c 'a-z0-9_\n' '\n' <include/traincost.h | grep '^traincost_' | sort -u >"$tmp/named"
comm -23 "$tmp/kept" "$tmp/named" | sed 's/$/: not declared in the header/' | grep . && bad=1
grep -v '^traincost_' "$tmp/kept" | sed 's/$/: not our prefix/' | grep . && bad=1

# A program made for one version runs with the next only where what may grow is never the program's own.
awk '/^\/\*/ { comment = "" }
    { comment = comment " " $0 }
    /^typedef struct [a-z_]* \{/ {
        gsub(/[ *]+/, " ", comment)
        if (comment !~ /Made by the library; new fields go at the end|so it is frozen: these fields and no others/) print $3
    }' include/traincost.h |
    sed 's/$/: does not say who makes it and whether it grows/' | grep . && bad=1
exit $bad
