#!/bin/sh
# `make dist` packs all that git has, without git; what it packs packs itself again, to the same bytes.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
archive=$(make -s dist "b=$tmp/first") || exit 1
mkdir "$tmp/tree" && tar -xzf "$archive" -C "$tmp/tree" || exit 1
name=$(basename "$archive" .tar.gz)
[ "$(ls "$tmp/tree")" = "$name" ] || { echo "the archive does not hold $name alone"; bad=1; }
if git ls-files >"$tmp/tracked" 2>/dev/null; then
    while read -r file; do
        [ ! -e "$file" ] || cmp -s "$file" "$tmp/tree/$name/$file" || { echo "not packed as it is: $file"; bad=1; }
    done <"$tmp/tracked"
fi
mkdir "$tmp/tools" && printf '#!/bin/sh\necho "git was called" >&2\nexit 1\n' >"$tmp/tools/git" && chmod +x "$tmp/tools/git"
again=$(cd "$tmp/tree/$name" && PATH=$tmp/tools:$PATH make -s dist 2>"$tmp/log") || { cat "$tmp/log"; exit 1; }
[ ! -s "$tmp/log" ] || { cat "$tmp/log"; bad=1; }
cmp "$archive" "$tmp/tree/$name/$again" || bad=1
exit $bad
