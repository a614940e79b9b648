#!/bin/sh
# The interface is the frozen one or more; and what `make check-abi` must refuse is refused: each record differs from the
# library as an older one would.
# SPDX-License-Identifier: GPL-3.0-or-later
library=build/libtraincost.so
[ "$(uname -m)" = x86_64 ] || { echo 'skipped: the record is of x86-64'; exit 0; }
for tool in abidw abidiff; do
    command -v "$tool" >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
readelf -S "$library" | grep -q debug_info || { echo 'skipped: built without -g'; exit 0; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
tests/abi.sh "$library" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }

without_last() { # STRUCT: the record, and in it that struct without its last field
    awk -v struct="<class-decl name='$1' " '
        index($0, struct) { inside = 1 }
        inside && /<data-member/ { printf "%s", held; held = "" }
        inside && /<\/class-decl>/ { inside = 0; held = "" }
        inside { held = held $0 "\n"; next }
        { print }' "$tmp/now"
}
judged() { # STATUS WORDS: what check-abi says of the library beside the record on standard input
    cat >"$tmp/record"
    ABI_RECORD=$tmp/record tests/abi.sh "$library" >"$tmp/log" 2>&1
    status=$?
    [ $status = "$1" ] && grep -q -e "$2" "$tmp/log" && return
    echo "status $status and not $1, or not a word of '$2':"
    cat "$tmp/log"
    bad=1
}
ABI_RECORD=$tmp/now tests/abi.sh "$library" --renew || exit 1
judged 0 'the one that was frozen' <"$tmp/now"
# A function that was there, and is no more.
sed "/name='traincost_version'/ { p; s/traincost_version/traincost_version_gone/g }
    /<function-decl name='traincost_version_gone'/ a </function-decl>" "$tmp/now" | sed "s/\(_gone.*[^/]\)>$/\1>/" | judged 1 'traincost_version_gone'
# A frozen struct that had a field less; one that may grow; two fields in the other order; an error with another number.
without_last traincost_range | judged 1 "traincost_range' changed"
without_last traincost_output | judged 0 'the interface grew'
sed "/class-decl name='traincost_output' /,/<\/class-decl>/ { s/bits='192'/bits='first'/; s/bits='256'/bits='192'/; s/bits='first'/bits='256'/; }" \
    "$tmp/now" | judged 1 'offset changed'
sed "s/\(enumerator name='TRAINCOST_LIMIT' value='\)/\19/" "$tmp/now" | judged 1 'from value'
exit $bad
