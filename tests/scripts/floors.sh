#!/bin/sh
# The floors of the house: a file of lib/ includes headers of its own wing and of the wings before it. Inside a wing
# no two headers include each other. The command, the examples see the public header alone; inside the command, nothing
# includes what stands above it.
# SPDX-License-Identifier: GPL-3.0-or-later
wings='base engine model catalog defaults run answers json batch'
bad=0
for wing in lib/*/; do
    case " $wings " in *" $(basename "$wing") "*) ;; *) echo "$wing: no floor of the house"; bad=1 ;; esac
done

# Every `#include "x"` of a tree as "FILE x".
includes() {
    for file in "$@"; do
        sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$file" | sed "s|^|$file |"
    done
}

includes lib/*/*.[ch] | awk -v wings="$wings" '
    BEGIN { n = split(wings, list, " "); for (i = 1; i <= n; i++) floor[list[i]] = i }
    $2 == "traincost.h" { next }
    {
        split($1, from, "/"); split($2, to, "/")
        if (!(to[1] in floor)) { print $1 ": includes " $2 ", which names no wing"; bad = 1 }
        else if (floor[to[1]] > floor[from[2]]) { print $1 ": includes " $2 " of a higher floor"; bad = 1 }
        header = $1; sub(/^lib\//, "", header)
        uses[header, $2] = 1
    }
    END {
        for (pair in uses) {
            split(pair, two, SUBSEP)
            if (two[1] < two[2] && (two[2], two[1]) in uses) { print two[1] " and " two[2] " include each other"; bad = 1 }
        }
        exit bad
    }' || bad=1

# From the ground: what each file of the command may include, by its place here.
order='glyphs display complain records outlet output progress page command arguments option_list help help_topic session run_stated render commands program main'
includes cli/*.[ch] cli/*/*.[ch] | awk -v order="$order" '
    function place(path) { sub(/^cli\//, "", path); sub(/[.][ch]$/, "", path); sub(/\/.*/, "", path); return path }
    BEGIN { n = split(order, list, " "); for (i = 1; i <= n; i++) floor[list[i]] = i }
    {
        from = place($1); to = place($2)
        if (!(from in floor)) { print $1 ": no place in the command"; bad = 1 }
        else if (!(to in floor)) { print $1 ": includes " $2 ", which is none of the command"; bad = 1 }
        else if (floor[to] > floor[from] && $2 != "display.h") { print $1 ": includes " $2 " above it"; bad = 1 }
    }
    END { exit bad }' || bad=1
grep -nE '#[ \t]*include[ \t]*"(lib/|base/|engine/|model/|catalog/|defaults/|run/|answers/|json/|batch/)' cli/*.[ch] cli/*/*.[ch] examples/*.c* && bad=1
exit $bad
