# compare with quantiles of one's own: with a median, or without it.
# SPDX-License-Identifier: GPL-3.0-or-later
for quantiles in 10,50,90 20,90; do
    echo "\$ traincost compare ... --quantiles $quantiles"
    traincost compare 8xH100 8xA100 --hours 10 --outputs rent,energy --samples 2048 --quantiles $quantiles
done
# What narrow tables show are the quantiles asked for, by their names; pictures draw their own.
for quantiles in 50 90 10,90; do
    traincost compare --type h200-sxm,a100-sxm-80 --chips 8 --flop 1e20 --quantiles "$quantiles" --outputs rent | sed '$d'
    traincost sweep 8xh100-sxm --hours 1 --vary chips=1,2 --quantiles "$quantiles" --outputs rent | sed '$d'
    traincost sweep 8xh100-sxm --vary chips=1,2 --vary hours=1,2 --quantiles "$quantiles" --outputs rent | sed '$d'
done
traincost 8xh100-sxm --hours 1..2 --quantiles 10,90 --outputs rent --plot | sed -n '2p;/^rent/p'
traincost compare deepseek-r1 openai-gpt-4 --quantiles 10,90 --outputs rent --plot | sed -n 2p
traincost sweep 8xh100-sxm --vary chips=1,2 --hours 1 --quantiles 0.5,99.5 --outputs rent --format html | grep -c 'p99.5'
for command in 'sweep 8xh100-sxm --hours 1 --vary chips=1,2' 'compare 8xh100-sxm 4xh100-sxm --hours 1'; do
    # shellcheck disable=SC2086
    traincost $command --outputs mfu
    echo "status $?"
done
