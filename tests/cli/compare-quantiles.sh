# compare with quantiles of one's own: with a median, or without it.
# SPDX-License-Identifier: GPL-3.0-or-later
for quantiles in 10,50,90 20,90; do
    echo "\$ traincost compare ... --quantiles $quantiles"
    traincost compare 8xH100 8xA100 --hours 10 --outputs rent,energy --samples 2048 --quantiles $quantiles
done
