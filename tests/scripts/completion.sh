#!/bin/sh
# What the shells complete: bash by calling its function, zsh and fish where they are installed.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/../.." || exit 1
PATH=$PWD/build:$PATH
LC_ALL=C
export PATH LC_ALL
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for shell in bash zsh fish; do
    traincost completion $shell >"$tmp/$shell" || exit 1
done
bad=0

expect() { # WORD THE-LINE-SO-FAR...: bash offers that word
    word=$1
    shift
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _traincost; printf "%s\n" "${COMPREPLY[@]}"' \
        "$tmp/bash" "$@" >"$tmp/offered" 2>&1
    grep -qxF -e "$word" "$tmp/offered" && return
    echo "bash does not complete '$*' to $word:"
    head -3 "$tmp/offered"
    bad=1
}
expect estimate traincost est
expect deepseek-r1 traincost check deeps
expect --type traincost --ty
expect h800-sxm traincost --type h8
expect --claim traincost check --cl
expect --claim-dollars traincost check --claim-d
expect --dollars traincost claims --do
expect spot traincost --term s
expect rent traincost --outputs r
expect rent,energy traincost --outputs rent,en
expect 198h traincost --hours 198
expect 2/h traincost --price 2
expect 500k traincost --budget 500
expect US traincost --region U
expect always traincost --color = al
expect on-demand traincost chips --term o
expect fish traincost completion f
expect import traincost prices im
expect gpuhunt traincost prices import g
expect EUR traincost prices import csv list.csv --currency E

if command -v fish >/dev/null; then
    fish_offers() { # WORD LINE
        fish -N -c "source '$tmp/fish'; complete -C '$2'" 2>/dev/null | cut -f1 | grep -qxF -e "$1" && return
        echo "fish does not complete '$2' to $1"
        bad=1
    }
    fish_offers estimate 'traincost est'
    fish_offers deepseek-r1 'traincost check deeps'
    fish_offers h800-sxm 'traincost --type h8'
    fish_offers 198h 'traincost --hours 198'
    fish_offers rent 'traincost --outputs r'
fi

if command -v zsh >/dev/null; then
    # The function with what it would offer printed: a zsh without a terminal has no completion of its own.
    zsh_offers() { # WORD LINE...
        word=$1
        shift
        zsh -f -c 'compadd() { shift; print -l -- "$@"; }; compset() { return 1; }; _files() { :; }
            body=$0; shift 0; words=("$@"); CURRENT=$#words; . "$body"' "$tmp/zsh" "$@" 2>&1 |
            grep -qxF -e "$word" && return
        echo "zsh does not offer $word for '$*'"
        bad=1
    }
    zsh -n "$tmp/zsh" || bad=1
    zsh_offers estimate traincost est
    zsh_offers deepseek-r1 traincost check deeps
    zsh_offers h800-sxm traincost --type h8
    zsh_offers 198h traincost --hours 198
    zsh_offers --claim traincost check --cl
fi
exit $bad
