#!/bin/sh
# What the documents show is what happens: sessions of the README, examples of the manual, the C program.
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
    diff "${session%.sh}.out" "$tmp/out" >"$tmp/difference" && continue
    echo "README.md: \$ $(cat "$session")"
    cat "$tmp/difference"
    bad=1
done
[ "$ran" -gt 0 ] || { echo 'README.md: no command to run'; bad=1; }

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
