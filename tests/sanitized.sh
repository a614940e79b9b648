# For the scripts that test under a sanitizer: builds with it, and commands whose words count only where they fail.
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
    set_flags="CFLAGS=-O1 -g $1"
    shift 2
    o=$(make -s "b=$b" "$set_flags" CPPFLAGS= LDFLAGS= --eval='.o: ; @echo $(o)' .o)
    quietly make -s V=1 -j2 "b=$b" "$set_flags" CPPFLAGS= LDFLAGS= "$b/traincost" $(printf "$o/%s " "$@")
}
