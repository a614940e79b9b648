# What few runs have: stages without names, chips of one's own, figures far off, two limits broken at once.
# SPDX-License-Identifier: GPL-3.0-or-later
folder=$scratch
two="--stage name=,type=h100-sxm,chips=8,hours=1 --stage name=b,type=h100-sxm,chips=8,hours=2"
# shellcheck disable=SC2086
{
    traincost $two --outputs rent | sed -n '/^  stage/,/^$/p'
    traincost $two --outputs rent --format csv | cut -d, -f1,15
    traincost $two --outputs rent --format html | grep -o 'stage 1' | head -n 1
    traincost $two --outputs rent --format svg | grep -o '2 stages' | head -n 1
}

# Chips and prices of one's own, with what is not known of them and a source that is no address.
printf 'id,name,aliases,vendor,kind,family,released,bf16,memory_gb,tdp_w,source,checked,note\nzz9,Zed,,V,gpu,hopper,,100,80,700,https://e.org,2026-01-01,\n' >"$folder/chips.csv"
printf 'chip,kind,usd,date,term,tier,source\nh100-sxm,rent,2,2026-05,1y,specialised,quote of 2026-05\n' >"$folder/prices.csv"
traincost chips zz9 --catalog "$folder" | sed -n 1,9p
traincost chips zz9 --catalog "$folder" --format html | grep -o '>not known<'
traincost chips h100-sxm --catalog "$folder" --format html | grep -o 'quote of 2026-05' | head -n 1
printf -- '- id: two-lines\n  name: x\n\n  type: h100-sxm\n  chips: 8\n  hours: 1' >"$folder/claims.yaml"
traincost show two-lines --catalog "$folder/claims.yaml"

# A budget, and claims, far beyond what is drawn.
for budget in 0.001 1e9; do
    traincost sweep 8xh100-sxm --vary hours=1..9 --steps 3 --outputs rent --budget $budget --plot | grep budget
done
for claim in 0.0001 1e15; do
    traincost check 8xh100-sxm --hours 10 --claim $claim | sed -n '/^\* rent/p'
    traincost check 8xh100-sxm --hours 10 --claim $claim --plot | sed -n 3,7p
done
traincost check 8xh100-sxm --hours 1 --flop 1e25 --date 2020-01 --claim 5 --published 2019-01-01 | sed -n '1,/^$/p'

# A run without notes, with few or many quantiles; breaking even in each world.
traincost 8xh100-sxm --hours 1 --price 2 --date 2025-01 --outputs rent --format html | grep -c '<h2>Notes'
traincost 8xh100-sxm --hours 1..2 --quantiles 1,5,10,20,30,40,50,60,70,80,90,95,99 --outputs rent --format html |
    grep -o '<th scope="col" class="[a-z ]*">[0-9a-z]*[ %]*' | tail -n 14 | tr '\n' ' '
echo
for quantiles in 10,90 50; do
    traincost 8xh100-sxm --hours 1..2 --quantiles $quantiles --outputs rent | sed -n 1,6p
done
for options in '--tier hyperscaler' '--tier marketplace' '--term 1y --tier specialised' '--quantiles 50' '--price 2 --explain'; do
    # shellcheck disable=SC2086
    traincost solve break-even 64xh100-sxm $options | sed -n '1,/^$/p'
done

# What moves a figure by less than a tenth of what moves it most is not said to narrow it.
for hours in 98..102.07 98..102.11; do
    traincost 8xh100-sxm --hours $hours --price 2..3 --outputs rent | grep narrow
done

traincost help | head -n 1
traincost -- 8xh100-sxm --hours 1 2>&1
traincost 8xh100-sxm --c 1 2>&1
