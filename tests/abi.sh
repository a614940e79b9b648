#!/bin/sh
# abi.sh LIBRARY [--renew]: the interface as a program was compiled with it, against tests/libtraincost.abi. New
# functions, and new fields at the end of a struct that the library makes, break no program; all else is said and fails.
# SPDX-License-Identifier: GPL-3.0-or-later
library=$1
record=${ABI_RECORD:-tests/libtraincost.abi}
for tool in abidw abidiff; do
    command -v "$tool" >/dev/null || { echo "check-abi needs $tool, of the package abigail-tools" >&2; exit 2; }
done
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
abidw --exported-interfaces-only --header-file include/traincost.h --drop-private-types --drop-undefined-syms \
    --no-elf-needed --no-corpus-path --no-comp-dir-path --no-show-locs "$library" >"$tmp/now" || exit 1
[ "$2" = --renew ] && exec cp "$tmp/now" "$record"

abidiff --no-show-locs "$record" "$tmp/now" >"$tmp/report"
status=$?
[ $((status & 3)) = 0 ] || { cat "$tmp/report" >&2; exit 1; }
[ $status = 0 ] && { echo 'the interface is the one that was frozen'; exit; }

frozen=$(awk '/^\/\*/ { comment = "" } { comment = comment " " $0 }
    /^typedef struct [a-z_]* \{/ {
        gsub(/[ *]+/, " ", comment)
        if (comment ~ /so it is frozen: these fields and no others/) printf "%s%s", bar, $3
        if (comment ~ /so it is frozen: these fields and no others/) bar = "|"
    }' include/traincost.h)
grep -E "offset changed|from value|deletion|\\[D\\]|was (added|removed)|name changed|struct ($frozen)' changed" \
    "$tmp/report" | sed 's/^ *//' | sort -u >"$tmp/broken"
cat "$tmp/report"
[ -s "$tmp/broken" ] || { echo 'the interface grew, and programs that were compiled before run on'; exit; }
echo 'what breaks programs that were compiled before:'
cat "$tmp/broken"
exit 1
