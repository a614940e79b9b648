#!/bin/sh
# The version stands once, in the header; every other place says the same.
# SPDX-License-Identifier: GPL-3.0-or-later
part() { sed -n "s/^#define TRAINCOST_VERSION_$1 \([0-9]*\).*/\1/p" include/traincost.h; }
version=$(part MAJOR).$(part MINOR).$(part PATCH)
bad=0
same() { # PLACE TEXT [EXPECTED]
    [ "$2" = "${3:-$version}" ] && return
    echo "$1 says '$2', not '${3:-$version}'"
    bad=1
}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
make -s V=1 "b=$tmp" "$tmp/traincost.pc" || exit 1
same traincost.pc "$(sed -n 's/^Version: //p' "$tmp/traincost.pc")"
same 'traincost --version' "$(traincost --version)" "traincost $version"
same 'the JSON' "$(traincost 512xH800 --hours 198 --samples 2048 --format json |
    sed -n 's/.*"traincost": *"\([^"]*\)".*/\1/p')"
soname=$(objdump -p build/libtraincost.so | awk '$1 == "SONAME" { print $2 }')
same 'the soname' "$soname" "libtraincost.so.$(part MAJOR)"
same 'the file of the shared library' "$(readlink -f build/libtraincost.so | sed 's/.*[.]so[.]//')"
for page in man/*.[0-9]; do
    grep -qF "$version" "$page" || { echo "$page: does not name $version"; bad=1; }
done
same 'the newest entry of CHANGELOG.md' "$(grep -o '[0-9][0-9]*[.][0-9][0-9]*[.][0-9][0-9]*' CHANGELOG.md | head -n 1)"
exit $bad
