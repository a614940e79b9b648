# It samples until it is exact enough, and says how much it took.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 8xH800 --hours 1 --date 2025-01 --samples 2048 --tolerance 0.01% --outputs rental_usd --format json |
    tr -d ' \n' | grep -o '"samples":[0-9]*'
traincost 8xH800 --hours 1 --date 2025-01 --tolerance 0.1% | grep Samples
