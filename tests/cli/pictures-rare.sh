# Pictures and pages of what few ask for: one quantile, one figure, no chips, no date, many curves, ends of axes.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
plot() {
    echo "\$ traincost $* --plot"
    traincost "$@" --samples 2048 --plot 2>&1
}
page() { # its words alone
    echo "\$ traincost $* --format html"
    traincost "$@" --samples 2048 --format html 2>&1 |
        sed '1,/<body>/d; /<script/,/<\/script>/d; /<svg/,/<\/svg>/d; s/<[^>]*>/ /g; s/  */ /g' | sed '/^ *$/d; /^ input 5 %/,/^ staff-share/d'
}
for show in plot page; do
    $show --type H100 --chip-hours 5k --price 2..3 --outputs rent,energy
    $show --type H100 --chips 8 --chip-hours 50..60 --outputs energy
    $show 8xH100 --hours 10 --price 2..3 --outputs rent --quantiles 25,75
    $show 8xH100 --hours 10 --price 2..3 --outputs rent --quantiles 50
    $show 8xH100 --hours 10 --params 7B --tokens 1B --outputs mfu,hours
    $show --stage '8xH100,hours=10' --stage 'type=H800,chip-hours=5..9' --outputs rent,energy --price 1..2
    $show check 8xH100 --claim-energy 5MWh
    $show check 8xH100 --hours 10 --claim '<100' --price 2..3
    $show check 8xH100 --hours 10 --claim '>1M' --price 2..3
    $show check --chip-hours 80 --type H100 --claim 160 --claim-chip-hours 80 --price 2
    $show compare 8xH100 8xH100 --hours 10 --price 2 --outputs energy
    $show compare 8xH100 --type H100,A100 --flop 1e20 --by energy
    $show sweep --vary hours=10,20,30 8xH100 --price -1..3 --outputs wear,energy
    $show sweep --vary price=1,2 --vary hours=1,2,3,4,5,6,7,8,9 8xH100 --outputs rent --budget 100
    $show sweep --vary price=1,2 --vary hours=5 8xH100 --outputs rent,energy
    $show sweep --vary pue=1.1..1.2 --steps 2 8xH100 --hours 5 --outputs energy
done
traincost chips nothing-at-all --plot 2>&1
traincost chips K80 --plot --date 2024 --term any
traincost chips tpu-v7 --plot
traincost 8xH100 --hours 10 --price 2..3 --outputs rent,energy --format markdown --samples 2048 --explain | sed -n '1,/^Inputs/p'
traincost check 8xH100 --hours 10 --claim 200 --price 2..3 --format markdown --samples 2048
traincost compare 8xH100 8xA100 --hours 10 --price 2..3 --outputs rent --format markdown --samples 2048
traincost chips H100 --format markdown | sed -n '1,12p'
