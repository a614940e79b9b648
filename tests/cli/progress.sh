# Progress on a terminal, where an answer takes over a second: here since what it reads, or what reads it, is slow.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
escape=$(printf '\033')
terminal() { # COMMAND: what the terminal gets, in lines, without the figures that depend on time
    script -qec "$1" /dev/null </dev/null | tr '\r' '\n' |
        sed "s/$escape/^[/g; s/[0-9]* rows, [0-9]* a second/N rows, N a second/; s/, [0-9]* s left/, N s left/" | uniq
}
printf 'type: H100\nchips: 8..16\nhours: 10..20\nprice: 1..2\n' >run.yaml
terminal '(sleep 1.6; cat run.yaml) | traincost - --samples 262144 --outputs own_usd --format csv >answer' | tail -n 2
wc -l <answer
terminal 'traincost run.yaml --samples 262144 --outputs own_usd --format csv 2>words >/dev/null'
cat words
terminal '(echo chips,type,hours,price; echo 8,H100,1,2; sleep 1.6; echo 8,H100,2,2) | traincost batch --outputs rental_usd >answer'
wc -l <answer
awk 'BEGIN { print "chips,type,hours,price,note"; for (i = 1; i <= 1100; i++) printf "8,H100,%d,2,%0120d\n", i, i }' >rows.csv
terminal 'traincost batch rows.csv --outputs rental_usd --quantiles 50 2>words | (sleep 1.6; tail -n 1)' | cut -c1-20
cat words
terminal 'traincost batch rows.csv --outputs rental_usd --quantiles 50 | (sleep 1.6; tail -n 1)' | cut -c1-40
