# For the scripts that test under a sanitizer: builds with it, and commands whose words count only where they fail.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
# The stack that gcc 13 and 14 make up for this is not aligned for registers of 64 bytes.
ASAN_OPTIONS=detect_stack_use_after_return=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS
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
ended() { # STATUS COMMAND...: one that exits otherwise shows its output
    wanted=$1
    shift
    "$@" >"$tmp/log" 2>&1
    [ $? -eq "$wanted" ] && return
    echo "not status $wanted: $*"
    tail -n 40 "$tmp/log"
    bad=1
}
many_rows() { # ROWS: with runs, claims, ranges, a cell of two lines, and some that are bad
    awk -v rows="$1" 'BEGIN {
        print "job,run,chips,type,hours,params,tokens,date,claim,note"
        split("H100 H800 A100 tpu-v4 MI300X H880", type, " ")
        for (i = 1; i <= rows; i++) {
            if (i % 10 == 0) printf "%d,deepseek-r1,,,,,,,,\"two\nlines\"\n", i
            else if (i % 10 == 5) printf "%d,,%d,H100,,7B,%dB,2025-03,,\"a, b\"\n", i, 8 * i, 100 * i
            else printf "%d,,%d,%s,%s,,,202%d-%02d,%s,\n", i, 8 * i, type[i % 6 + 1], i % 7 ? i : i ".." 2 * i, 4 + i % 2, i % 12 + 1, i % 3 ? "" : i "k"
        }
    }'
}
built() { # FLAGS DIRECTORY PROGRAM...: $b and $o are where the command and the programs are then
    b=$2
    set_flags="CFLAGS=-O2 -g $1"
    shift 2
    o=$(make -s "b=$b" "$set_flags" CPPFLAGS= LDFLAGS= --eval='.o: ; @echo $(o)' .o)
    quietly make -s V=1 -j2 "b=$b" "$set_flags" CPPFLAGS= LDFLAGS= "$b/traincost" $(printf "$o/%s " "$@")
}
