#!/bin/sh
# Manners that a reader of one file cannot see.
# SPDX-License-Identifier: GPL-3.0-or-later
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
for file in lib/*/*.c lib/*/*.h; do
    [ "$file" = lib/catalog/embed.c ] && continue # a program of the build
    # Comments and texts are no calls.
    sed -e 's/"\([^"\\]\|\\.\)*"/""/g' -e 's|/[*].*[*]/||' -e '/^ *[/ ][*]/d' "$file" |
        grep -nE "(^|[^A-Za-z0-9_>.])($calls) *\(" | sed "s|^|$file:|"
done | refuse 'the library does not call these'
grep -nE '(^|[^_a-z])(stdout|stderr|stdin)([^_a-z]|$)' lib/*/*.[ch] | grep -v '^lib/catalog/embed[.]c' |
    refuse 'the library does not print'

# A message of the library names keys, which programs and files have too; dashes are the command's.
grep -nE '"([^"\\]|\\.)*--[a-z%]' lib/*/*.[ch] | grep -v '^lib/catalog/embed[.]c' |
    grep -vE '^[^:]*:[0-9]+: *([/ ][*]|//)' | refuse 'a text of the library names an option'

grep -rnE '(TO''DO|FIX''ME)' Makefile include lib cli examples tests man ./*.md |
    refuse 'unfinished work is an issue, not a comment'
grep -nE 'march=nat''ive|ffast-ma''th|Ofa''st' -r Makefile lib cli tests | refuse 'not portable, or not exact'
code=$(find lib cli tests include examples -name '*.[ch]')
# shellcheck disable=SC2086
grep -nP '\t' $code 2>/dev/null | refuse 'tabs'
# shellcheck disable=SC2086
grep -nE ' +$' $code tests/*.sh tests/scripts/*.sh Makefile | refuse 'blanks at the end of a line'

for file in $code; do
    basename "$file"
done | sort | uniq -d | refuse 'two files of one name'
for file in $code; do
    case $file in *.c) head -n 1 "$file" | grep -q '^/[*] ' || echo "$file" ;; esac
done | refuse 'a source file begins with one line that says its idea'

# The licence stands behind what is said on top of a file, once.
for file in $code cli/render/page.js cli/render/page.css lib/libtraincost.map Makefile .ci/run \
    $(find tests examples -name '*.sh' -o -name '*.sbatch' -o -name '*.py' -o -name '*.cpp' -o -name '*.cc'); do
    awk '/^(#|\/\/|\/\*) SPDX-License-Identifier: GPL-3.0-or-later( \*\/)?$/ { found++; next }
        /^"""/ { text = 1 }
        !found && !text && !/^(#|\/\/|\/\*| \*)/ { late = 1 }
        /"""$/ { text = 0 }
        END { exit found != 1 || late }' "$file" || echo "$file"
done | refuse 'the line after the comment on top is SPDX-License-Identifier: GPL-3.0-or-later'
for folder in lib/* cli/*; do
    [ -d "$folder" ] && [ "$(find "$folder" -type f | wc -l)" -lt 3 ] && echo "$folder"
done | refuse 'a folder for two files is none'
find lib cli tests -mindepth 4 -type f | refuse 'more than two levels of folders'
exit $bad
