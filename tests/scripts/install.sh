#!/bin/sh
# An installed copy is all that the examples need, and uninstall leaves nothing behind.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
cxx=${CXX:-c++}
bad=0
fault() { echo "$*"; bad=1; }

# A packager's copy: the files and where they say they are.
make -s V=1 install "DESTDIR=$tmp/image" prefix=/usr libdir=/usr/lib/here >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
version=$(build/traincost --version | sed 's/.* //')
(cd "$tmp/image" && find . ! -type d | sort) >"$tmp/found"
sort >"$tmp/expected" <<END
./usr/bin/traincost
./usr/include/traincost.h
./usr/lib/here/libtraincost.a
./usr/lib/here/libtraincost.so
./usr/lib/here/libtraincost.so.${version%%.*}
./usr/lib/here/libtraincost.so.$version
./usr/lib/here/pkgconfig/traincost.pc
./usr/share/bash-completion/completions/traincost
./usr/share/fish/vendor_completions.d/traincost.fish
./usr/share/man/man1/traincost.1
./usr/share/man/man3/libtraincost.3
./usr/share/man/man5/traincost-catalog.5
./usr/share/man/man5/traincost-scenario.5
./usr/share/traincost/schemas/chips.schema.json
./usr/share/traincost/schemas/check.schema.json
./usr/share/traincost/schemas/compare.schema.json
./usr/share/traincost/schemas/error.schema.json
./usr/share/traincost/schemas/estimate.schema.json
./usr/share/traincost/schemas/solve.schema.json
./usr/share/traincost/schemas/sweep.schema.json
./usr/share/zsh/site-functions/_traincost
END
diff "$tmp/expected" "$tmp/found" || fault 'other files are installed than expected'
grep -q '^prefix=/usr$' "$tmp/image/usr/lib/here/pkgconfig/traincost.pc" || fault 'the .pc file has another prefix'
grep -q '^libdir=.*/lib/here$' "$tmp/image/usr/lib/here/pkgconfig/traincost.pc" || fault 'the .pc file has another libdir'
make -s uninstall "DESTDIR=$tmp/image" prefix=/usr libdir=/usr/lib/here >/dev/null || bad=1
find "$tmp/image" ! -type d | sed 's/^/left by uninstall: /' | grep . && bad=1

# A user's copy, in a path with a blank, with nothing but pkg-config between it and the examples.
home="$tmp/my home"
make -s V=1 install DESTDIR= "prefix=$home" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
PKG_CONFIG_PATH=$home/lib/pkgconfig
LD_LIBRARY_PATH=$home/lib
export PKG_CONFIG_PATH LD_LIBRARY_PATH
flags=$(pkg-config --cflags --libs traincost) || exit 1
case "$flags" in *'my\ home'*) ;; *) fault "the .pc file points elsewhere: $flags" ;; esac
for source in examples/*.c examples/*.cpp; do
    [ -f "$source" ] || continue
    compiler=$cc
    case "$source" in *.cpp) compiler=$cxx ;; esac
    command -v "$compiler" >/dev/null 2>&1 || { echo "skipped: no $compiler"; continue; }
    eval "$compiler ${CFLAGS-} $source $flags -o $tmp/shared" || { fault "$source: does not compile"; continue; }
    "$tmp/shared" >"$tmp/said" || fault "$source: fails"
    [ -s "$tmp/said" ] || fault "$source: prints nothing"
    # The static library: no shared copy in its way.
    mkdir -p "$tmp/static" && cp "$home/lib/libtraincost.a" "$tmp/static/"
    eval "$compiler ${CFLAGS-} $source -L$tmp/static $(pkg-config --cflags traincost) \
        $(pkg-config --libs --static traincost | sed 's|-L[^ ]*my. home/lib||') -o $tmp/alone" ||
        { fault "$source: does not compile statically"; continue; }
    objdump -p "$tmp/alone" | grep -q 'NEEDED.*libtraincost' && fault "$source: is not linked statically"
    "$tmp/alone" >"$tmp/said.alone" || fault "$source: fails when static"
    cmp "$tmp/said" "$tmp/said.alone" || bad=1
done
"$home/bin/traincost" --version >/dev/null || fault 'the installed command fails'

make -s uninstall DESTDIR= "prefix=$home" >/dev/null || bad=1
find "$home" ! -type d | sed 's/^/left by uninstall: /' | grep . && bad=1
exit $bad
