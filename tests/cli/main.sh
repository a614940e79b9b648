# The main job; at a price that is stated the rent is exact at every quantile.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost --chips 512 --type H800 --hours 198 --price 2 --quantiles 5,25,50,75,95
