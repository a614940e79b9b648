#!/bin/sh
# One name, one thing: no function, struct, union or enum is defined in two files, no macro and no variable of
# the library's and the command's. A copy for each instruction set (ISA_NAME) is one thing.
# SPDX-License-Identifier: GPL-3.0-or-later
files=$(git ls-files '*.c' '*.h' 2>/dev/null || find lib cli include tests examples -name '*.[ch]')
# shellcheck disable=SC2086
awk '
    function note(name, kind,    key) {
        if (name ~ /^([mc]|re)alloc$/) return # each program has its own in the place of the C library
        key = name " " FILENAME
        if (seen[key]++) return
        where[name] = where[name] " " FILENAME "(" kind ")"
        count[name]++
    }
    FNR == 1 { product = FILENAME ~ /^(lib|cli|include)\//; open = "" }
    /^examples\// { next }
    /^START_TEST\(/ { name = $0; sub(/^START_TEST\(/, "", name); sub(/\).*/, "", name); note(name, "test"); next }
    # A function begins at the margin and its body on a line of its own.
    /^[a-z_][A-Za-z0-9_ *]*[ *][a-z_][a-z0-9_]*\(/ && !/^(typedef|return|else|#)/ && !/;$/ {
        open = $0; sub(/\(.*/, "", open); sub(/.*[ *]/, "", open)
    }
    /^\{/ && open != "" { if (open != "main") note(open, "function"); open = "" }
    /;$/ { open = "" }
    /^(typedef |static const |static )?(struct|union|enum) [a-z_0-9]+ \{/ {
        name = $0; sub(/^(typedef |static const |static )/, "", name); sub(/^[a-z]+ /, "", name); sub(/ .*/, "", name)
        note(name, "type")
    }
    product && /^static [^(]*[ *][a-z_0-9]+(\[[^]]*\])*( =.*|;)$/ {
        name = $0; sub(/ = .*| =$|;$/, "", name); gsub(/\[[^]]*\]/, "", name); sub(/.*[ *]/, "", name); note(name, "variable")
    }
    product && /^} [a-z_0-9]+(\[[^]]*\])* = / {
        name = $2; sub(/\[.*/, "", name); note(name, "variable")
    }
    /^#define [A-Za-z_0-9]+/ {
        name = $2; sub(/\(.*/, "", name)
        if (name !~ /^_/ && !(product == 0 && FILENAME !~ /^tests/)) note(name, "macro")
    }
    END {
        for (name in count) if (count[name] > 1) { print name ":" where[name]; bad = 1 }
        exit bad
    }' $files | sort | grep . && exit 1
exit 0
