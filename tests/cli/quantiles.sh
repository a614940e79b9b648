# SPDX-License-Identifier: GPL-3.0-or-later
traincost 512xH800 --hours 198 --date 2025-01 --quantiles 2.5,50,97.5 --outputs rental_usd,energy_kwh
traincost 512xH800 --hours 198 --date 2025-01 --quantiles 2.5,50,97.5 --outputs rental_usd,energy_kwh --format csv
# What the samples do not reach is refused; 99.9 % is as good a confidence as another.
traincost 8xH100 --hours 3 --quantiles 1e-26,50 2>&1
traincost solve hours 8xH100 --budget 1k --confidence 99.9% --price lognormal\(2,1.5\) --power 1kW --samples 8192 | head -n 2
