#!/bin/sh
# The floors of CONTRIBUTING.md: a room includes lower floors and itself, nothing else.
rules=$(awk '/^```floors/ { on = 1; next } /^```/ { on = 0 } on' CONTRIBUTING.md)
[ -n "$rules" ] || { echo 'CONTRIBUTING.md: no ```floors block'; exit 1; }

# Every `#include "x.h"` of lib as "file x"; files of the house that include nothing as "file".
includes=$(for file in lib/*.c lib/*.h; do
    name=$(basename "$file")
    echo "$name"
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$file" | sed "s/^/$name /"
done)

{ echo "$rules"; echo '---'; echo "$includes"; } | awk '
    function stem(name) { sub(/[.][ch]$/, "", name); return name }
    function home(name) { return name in room ? room[name] : name }
    /^---$/ { table = 1; next }
    !table && /^room:/ { for (i = 4; i <= NF; i++) { room[$i] = $2; known[$i] = 1 } next }
    !table && $1 ~ /^[0-9]+$/ { for (i = 2; i <= NF; i++) floor[$i] = $1; next }
    !table && NF { print "not understood: " $0; bad = 1; next }
    !table { next }
    {
        from = stem($1); here = home(from)
        if (!(here in floor)) { if (!told[from]++) { print "lib/" $1 ": not in the table of floors"; bad = 1 } next }
        used[here] = 1
        if (NF < 2 || $2 == "traincost.h" || $2 ~ /^(text|error|elementary)[.]h$/) next
        to = stem($2); there = home(to)
        if (!(there in floor)) { print "lib/" $1 ": includes " $2 ", which has no floor"; bad = 1 }
        else if (there != here && floor[there] >= floor[here]) {
            print "lib/" $1 " (floor " floor[here] ") includes " $2 " (floor " floor[there] ")"; bad = 1
        }
    }
    END {
        for (name in floor) if (!(name in used)) { print name ": has a floor but no file"; bad = 1 }
        exit bad
    }' || exit 1

# The command and the examples see the public header alone.
own=$(cd cli && echo *.h)
for file in cli/*.[ch] examples/*.c examples/*.cpp; do
    [ -f "$file" ] || continue
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*[<"]\([^>"]*\)[>"].*/\1/p' "$file" | while read -r header; do
        case "$header" in traincost.h) continue ;; esac
        case "$file $header" in
            cli/*) case " $own " in *" $header "*) continue ;; esac ;;
        esac
        [ ! -f "lib/$header" ] && [ ! -f "cli/$header" ] && continue
        echo "$file: includes $header"
    done
done | grep . && exit 1
exit 0
