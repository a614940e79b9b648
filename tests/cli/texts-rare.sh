# Sentences that few runs have: figures that are not given, one quantile, no name, no chip count, a budget, old prices.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
say() {
    echo "\$ traincost $*"
    traincost "$@" --samples 2048 2>&1 || echo "status $?"
}
say --type H100 --chip-hours 5k --price 2..3 --outputs rent,hours,buy
say --type H100 --chip-hours 5k --price 2 --outputs hours
say 8xH100 --hours 10 --price 2 --quantiles 50 --outputs rent,energy
say 8xH100 --hours 10 --price 1..3 --quantiles 10,20,30,40,50,60,70,80,90 --outputs rent,energy
say 8xH100 --hours 10 --price 2..3 --budget 200 --confidence 50% --outputs rent
say 8xH100 --hours 10 --price 2..3 --budget 190 --confidence 99% --outputs rent
say 8xH100 --hours 10 --price 1e-4 --outputs rent
say 8xH100 --hours 1e-3 --price 1e-5 --outputs rent,energy
say 8xH100 --hours 10 --name Tuning --price 2 --outputs rent --plot
say --stage 8xH100,hours=10 --stage type=H800,chip-hours=9 --price 2 --outputs rent,hours
say --stage name=a,8xH100,hours=10 --stage name=b,8xH800,hours=9..12 --price 2 --outputs rent,hours --plot
say compare 8xH100 8xH100 --hours 10 --price 2 --outputs rent
say compare 8xH100 8xA100 8xV100 8xH800 8xH200 8xB200 8xL40S --hours 1..3 --price 2 --outputs rent
say compare 8xH100 8xA100 8xV100 8xH800 8xH200 8xB200 8xL40S --hours 1..3 --price 2 --outputs rent --plot
say compare --type H100,A100 --flop 1e20 --chips 8 --price 2 --outputs rent,hours
say compare --type H100,A100 --flop 1e20 --deadline 2d --price 2
say compare --type H100,A100 --flop 1e20 --deadline 2d --price 2 --plot
say solve break-even 64xH100 --price 2..3 --rent-drift 20% --outputs rent
say solve break-even 64xH100 --price 2..3 --rent-drift 10%..20% --outputs rent
say solve break-even 64xH100 --price 1e-3 --outputs rent
say sweep 8xH100 --vary hours=1,2 --price 2 --outputs rent,energy --quantiles 50
say sweep 8xH100 --vary hours=1,2 --vary price=1,2,3,4,5,6,7 --outputs rent --plot
say sweep 8xH100 --vary date=2024,2025-06 --hours 10 --outputs rent
chips() {
    echo "\$ traincost chips $*"
    traincost chips "$@" 2>&1 | sed '/^Rents seen/,/^$/d; /^Purchases seen/,$d'
}
printf 'id,name,vendor,kind,family,released,bf16,tdp_w,source,checked,note\nq1,Query Q1,Ours,gpu,hopper,,,,https://example.org/q1,2026-01-01,\n' >chips.csv
printf 'chip,kind,usd,low_usd,high_usd,date,term,tier,source\nq1,rent,3,2,4,2025-04-05,on-demand,specialised,https://example.org/q1\n' >prices.csv
chips q1 --catalog .
chips q1 --catalog . --plot
chips q1 --catalog . --term spot --date 2025-06
chips K80
chips tpu-v2 --date 2019-01
