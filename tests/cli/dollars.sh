# Dollars of another year: a run of its own and one with a base, a price that is stated, a budget, what is looked for;
# a year without an index; a claim of another year; compare, claims, sweep with its pictures, batch.
# SPDX-License-Identifier: GPL-3.0-or-later
common='--samples 4096 --sensitivity 0'
# shellcheck disable=SC2086
{
    traincost openai-gpt-4 --dollars 2023 --outputs rent,wear $common
    traincost 512xH100 --hours 100 --date 2024 --price 2 --dollars 2023-12 --budget 101k --outputs rent $common
    traincost deepseek-r1 --dollars 2023 --outputs rent,rent-with-base --format json $common |
        sed -n '/"dollars"/,/}/p;/"notes"/,$p'
    traincost compare deepseek-r1 openai-gpt-4 --dollars 2023 --outputs rent --samples 4096
    traincost compare --type H100,A100 --params 7B --tokens 1T --chips 64 --date 2024 --dollars 2023 --samples 4096 | tail -n 9
    traincost solve rental-price 512xH100 --hours 100 --date 2024 --budget 100k --dollars 2023 --outputs rent $common
    traincost solve break-even 64xH100 --date 2024-06 --dollars 2023 --samples 4096 | head -n 6
    for year in 2026 2023-11 2023-12-01 lately; do
        traincost 8xH100 --hours 10 --dollars "$year" 2>&1
        echo "status $?"
    done
}
for how in '' '--dollars 2022'; do
    # shellcheck disable=SC2086
    traincost check gpt-4-cottier $how --samples 4096 | head -n 6
done
traincost check gpt-4-cottier --samples 4096 --dollars 2022 --format json | sed -n '/"dollars": {/,/}/p;/"dollars": "/p'
traincost compare gpt-4-cottier deepseek-r1 --dollars 2022 --outputs rent --samples 4096
traincost claims gpt-4 --dollars 2023
# Along dates each point has a factor of its own.
sweep='sweep 64xH100 --hours 10 --vary date=2022,2023 --dollars 2023 --outputs rent --samples 4096'
# shellcheck disable=SC2086
{
    traincost $sweep
    traincost $sweep --format json | grep -E '"(factor|p50)"'
    for format in svg html; do
        traincost $sweep --format "$format" | grep -c 'Dollars are of 2023, by the producer price index'
    done
}
# A row's claim in dollars of its own year, the answer in those of one.
printf '%s\n' claim,dollars 100k,2023 100k, 100k,2031 |
    traincost batch --cluster 512xH100 --hours 100 --date 2024 --dollars 2022 --outputs rent --quantiles 50 2>&1
traincost check openai-gpt-4 --claim-dollars 2031 2>&1
echo "status $?"
