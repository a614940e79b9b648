# Colour: on a terminal that has it, unless NO_COLOR or --color says otherwise; never in a pipe, unless --color does.
# SPDX-License-Identifier: GPL-3.0-or-later
colours() { # SETTING... -- OPTION...: whether there is colour on a terminal, and without one
    settings=
    while [ "$1" != -- ]; do settings="$settings $1"; shift; done
    shift
    escape=$(printf '\033')
    run="env -u NO_COLOR -u TERM$settings traincost check deepseek-r1 --samples 2048 --plot $*"
    terminal=$(script -qec "$run" /dev/null </dev/null | grep -c "$escape\[")
    pipe=$($run | grep -c "$escape\[")
    [ "$terminal" -gt 0 ] && terminal=colour || terminal=plain
    [ "$pipe" -gt 0 ] && pipe=colour || pipe=plain
    echo "${settings# } $*: $terminal on a terminal, $pipe in a pipe"
}
colours TERM=xterm --
colours TERM=dumb --
colours TERM= --
colours --
colours TERM=xterm NO_COLOR=1 --
colours TERM=xterm NO_COLOR= --
colours TERM=xterm -- --color never
colours TERM=dumb -- --color always
colours TERM=dumb -- --color auto
