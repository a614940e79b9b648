#!/bin/sh
# Manners that a reader of one file cannot see.
bad=0
refuse() { # WHY: any line on standard input is a fault
    found=$(cat)
    [ -z "$found" ] && return
    echo "$1:"
    echo "$found"
    bad=1
}

ls -A | grep -vxE '[.](git|gitignore|ci|editorconfig|clang-format|github)|build|include|lib|cli|examples|tests|man|Makefile|(README|CONTRIBUTING|CHANGELOG)[.]md|LICENSE' |
    refuse 'not a name of the top level'

# What the library must not do: print, exit, read the environment or the clock, touch GSL's handler.
calls='printf|puts|putchar|perror|exit|_Exit|abort|getenv|secure_getenv|time|clock|clock_gettime|gettimeofday|setlocale|signal|gsl_set_error_handler|gsl_set_error_handler_off'
for file in lib/*.c lib/*.h; do
    [ "$file" = lib/embed.c ] && continue # a program of the build
    # Comments and texts are no calls.
    sed -e 's/"\([^"\\]\|\\.\)*"/""/g' -e 's|/[*].*[*]/||' -e '/^ *[/ ][*]/d' "$file" |
        grep -nE "(^|[^A-Za-z0-9_>.])($calls) *\(" | sed "s|^|$file:|"
done | refuse 'the library does not call these'
grep -nE '(^|[^_a-z])(stdout|stderr|stdin)([^_a-z]|$)' lib/*.[ch] | grep -v '^lib/embed[.]c' |
    refuse 'the library does not print'

grep -rnE '(TO''DO|FIX''ME)' Makefile include lib cli examples tests man ./*.md |
    refuse 'unfinished work is an issue, not a comment'
grep -nE 'march=nat''ive|ffast-ma''th|Ofa''st' -r Makefile lib cli tests | refuse 'not portable, or not exact'
grep -nP '\t' lib/*.[ch] cli/*.[ch] tests/*.[ch] include/*.h 2>/dev/null | refuse 'tabs'
grep -rnE ' +$' lib/*.[ch] cli/*.[ch] tests/*.[ch] tests/*.sh tests/scripts include Makefile | refuse 'blanks at the end of a line'

for file in lib/*.[ch] cli/*.[ch] tests/*.[ch] examples/*.c; do
    basename "$file"
done | sort | uniq -d | refuse 'two files of one name'
exit $bad
