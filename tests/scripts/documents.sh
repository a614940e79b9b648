#!/bin/sh
# What the documents show is what happens: sessions of the README, examples of the manual, the C program; and
# the manual has every option, key, output and function. `--rewrite` puts into the README what its commands print.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/../.." || exit 1
rewrite=no
[ "${1-}" = --rewrite ] && rewrite=yes
PATH=$PWD/build:$PATH
LC_ALL=C
export PATH LC_ALL
unset NO_COLOR
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
bad=0

# Splits the console blocks into a command and its output each.
mkdir "$tmp/say"
awk -v to="$tmp/say" '
    /^ *```console/ { on = 1; next }
    /^ *```/ { on = 0; next }
    on && /^\$ / { n++; name = sprintf("%s/%02d", to, n); print substr($0, 3) > (name ".sh"); printf "" > (name ".out"); next }
    on && /^> / { print substr($0, 3) > (name ".sh"); next }
    on { print > (name ".out") }' README.md
ran=0
for session in "$tmp"/say/*.sh; do
    [ -f "$session" ] || { echo 'README.md: no console block'; exit 1; }
    # Those that install, build or run this very test are not run from within it.
    case $(cat "$session") in make*|git*|sudo*|cc*|gcc*) continue ;; esac
    ran=$((ran + 1))
    sh "$session" </dev/null >"$tmp/out" 2>&1
    if [ $rewrite = yes ]; then
        cp "$tmp/out" "${session%.sh}.out"
        continue
    fi
    diff "${session%.sh}.out" "$tmp/out" >"$tmp/difference" && continue
    echo "README.md: \$ $(cat "$session")"
    cat "$tmp/difference"
    bad=1
done
[ "$ran" -gt 0 ] || { echo 'README.md: no command to run'; bad=1; }

# The picture of the README is what the command draws.
picture=examples/deepseek-r1.svg
if [ $rewrite = yes ]; then
    traincost check deepseek-r1 -o $picture || exit 1
else
    grep -qF "]($picture)" README.md || { echo "README.md: without $picture"; bad=1; }
    traincost check deepseek-r1 --format svg | cmp - $picture || bad=1
fi

# The same walk over the blocks, with each command's output in place of what stood there.
if [ $rewrite = yes ]; then
    awk -v from="$tmp/say" '
        function show(   line) {
            if (name) while ((getline line < name) > 0) print line
            name = ""
        }
        /^ *```console/ { on = 1; print; next }
        /^ *```/ && on { show(); on = 0; print; next }
        on && /^\$ / { show(); n++; name = sprintf("%s/%02d.out", from, n); print; next }
        on && /^> / { print; next }
        !on' README.md >"$tmp/README.md" && cat "$tmp/README.md" >README.md
    exit
fi
[ $bad -eq 0 ] || echo 'If the new output is right: tests/scripts/documents.sh --rewrite, and read the difference.'

# The manual's examples, as mdoc shows them: "$ traincost ...".
sed -n 's/^\([.]D[l1] \)*\$ \(traincost.*\)/\2/p' man/traincost.1 |
    sed 's/\\-/-/g; s/\\(aq/'\''/g; s/\\(dq/"/g; s/\\&//g; s/\\e/\\/g' >"$tmp/examples"
[ -s "$tmp/examples" ] || { echo 'man/traincost.1: no example'; bad=1; }
root=$PWD
while IFS= read -r example; do
    (cd "$tmp" && ln -sfn "$root/examples" examples && cp "$root"/examples/*.yaml . && sh -c "$example") \
        </dev/null >"$tmp/out" 2>&1 && continue
    echo "man/traincost.1: \$ $example"
    cat "$tmp/out"
    bad=1
done <"$tmp/examples"

if command -v mandoc >/dev/null 2>&1; then
    for page in man/*.[0-9]; do
        mandoc -Tlint -Wwarning "$page" || bad=1
    done
else
    echo 'skipped: no mandoc'
fi

# The example on top of the header, as it stands there.
{
    echo '#include <stdio.h>'
    echo '#include <traincost.h>'
    echo 'int main(void) {'
    awk '/^[/ ][*]$|^ [*][/]/ && body { exit } /traincost_error_new\(\);/ { body = 1 } body { sub(/^ [*]/, ""); print }' \
        include/traincost.h
    echo '}'
} >"$tmp/header.c"
"${CC:-cc}" -std=c11 -Wall -Wextra -Werror -Iinclude "$tmp/header.c" -o "$tmp/header" -Lbuild -ltraincost &&
    LD_LIBRARY_PATH=build "$tmp/header" | grep -qx '[$][0-9]* to [$][0-9]*' ||
    { echo "include/traincost.h: the example on top does not say what a run cost"; bad=1; }

# What the manual lists: every word on standard input has its item in the page.
lists() { # PAGE WHAT
    while read -r word; do
        grep -qE -- "^[.]It (.* )?$word( |\$)" "man/$1" || echo "man/$1: lacks the $2 $word"
        echo "$1" >>"$tmp/listed"
    done
}
{
    lists libtraincost.3 function <lib/traincost.symbols
    for command in '' check compare solve sweep; do
        traincost $command --help || exit 1
    done | sed -nE 's/^  (-[a-z], )?-(-[a-z0-9-]+).*/\2/p' | lists traincost.1 option
    sed -n 's/^ *X([A-Z_0-9]*, "\([a-z_0-9]*\)", .*/\1/p' lib/model/model.h | lists traincost.1 output
    sed -n 's/.*= {{"\([a-z-]*\)",.*/\1/p' lib/model/parameters.c | lists traincost-scenario.5 key
    sed -nE '/^static const .*keys\[\] = /,/^};/s/^    \{"([a-z0-9-]+)",.*/\1/p
        /text_keys\[CLAIM_TEXTS\] = /,/^};/s/.*= \{"([a-z-]+)",.*/\1/p' lib/run/claim.c | lists traincost-scenario.5 key
    for table in lib/catalog/data/*.csv; do
        sed -n "/^[.]Ss ${table##*/}$/,/^[.]Cm/p" man/traincost-catalog.5 >"$tmp/section"
        for column in $(head -n 1 "$table" | tr , ' '); do
            grep -qw -- "$column" "$tmp/section" || echo "man/traincost-catalog.5: ${table##*/} lacks $column"
        done
    done
} >"$tmp/lacking"
[ "$(sort -u "$tmp/listed" | wc -l)" -eq 3 ] || echo 'man: nothing to look for' >>"$tmp/lacking"
[ -s "$tmp/lacking" ] && { cat "$tmp/lacking"; bad=1; }

# The limits of the manual are those of the library.
sed -nE 's|^    LIMIT_[A-Z_]+ = ([0-9]+), +/[*] (.*) [*]/$|\2:\1|p' lib/base/limits.h | sort >"$tmp/limits"
sed -n '/^[.]Sh LIMITS/,/^[.]El/{/^[.]It /{s///;N;s/\n/:/p;};}' man/traincost-scenario.5 | sort >"$tmp/stated"
[ -s "$tmp/limits" ] || { echo 'lib/base/limits.h: no limit'; bad=1; }
diff "$tmp/limits" "$tmp/stated" || { echo 'man/traincost-scenario.5: other limits than lib/base/limits.h'; bad=1; }

# The C program of the README: the same output as the example's.
build_c() { # SOURCE PROGRAM
    $cc ${CFLAGS-} -std=c11 -Iinclude "$1" build/libtraincost.a $(pkg-config --libs gsl yaml-0.1) -lcsv -lm -pthread -o "$2"
}
awk '/^ *```c$/ && !seen { on = 1; seen = 1; next } /^ *```/ { on = 0 } on' README.md >"$tmp/readme.c"
if build_c "$tmp/readme.c" "$tmp/readme" && build_c examples/rent.c "$tmp/rent"; then
    "$tmp/readme" >"$tmp/readme.out" || { echo 'the C program of the README fails'; bad=1; }
    "$tmp/rent" >"$tmp/rent.out" || { echo 'examples/rent.c fails'; bad=1; }
    diff "$tmp/readme.out" "$tmp/rent.out" || bad=1
else
    bad=1
fi
exit $bad
