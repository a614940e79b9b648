# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
work='--type H100 --params 70B --tokens 15T'
traincost sweep --vary chips=256..4096 $work
traincost sweep --vary chips=256..4096 --vary tokens=1T..20T --steps 5 --type H100 --params 70B --outputs energy_kwh
traincost sweep 512xH800 --hours 198 --vary term=spot,on-demand,1y --outputs rental_usd,ownership_usd
traincost sweep --vary type=H100,MI300X --vary mfu=30%,40%,50% --params 70B --tokens 15T
traincost sweep 512xH800 --vary hours=100..300 --steps 3 --spacing linear --samples 2048 --format csv
traincost sweep 512xH800 --vary hours=100,200 --vary price=1..3,2 --samples 2048 --outputs rental_usd --format csv
traincost sweep 512xH800 --vary hours=100,200 --samples 2048 --outputs rental_usd --quantiles 50 --format json --name Tuning
traincost sweep 512xH800 --vary hours=100,200 --samples 2048 --outputs rental_usd --name Tuning
# A point is the estimate.
traincost sweep 512xH800 --vary hours=198 --outputs rental_usd --quantiles 50 --format csv
traincost 512xH800 --hours 198 --outputs rental_usd --quantiles 50 --format csv | cut -d, -f1,6
refused sweep 512xH800 --hours 198
refused sweep 512xH800 --vary hours
refused sweep 512xH800 --vary =1..2
refused sweep 512xH800 --vary hour=1..2
refused sweep 512xH800 --vary hours=2..1
refused sweep 512xH800 --vary hours=1..
refused sweep 512xH800 --vary hours=1..100kWh
refused sweep 512xH800 --vary hours=1..100 --steps 1e9
refused sweep 512xH800 --vary hours=1..100 --steps 1
refused sweep 512xH800 --vary hours=1..100 --steps 101 --vary price=1..2
refused sweep 512xH800 --vary hours=1..100 --steps 101 --spacing log --vary price=1..2
refused sweep 512xH800 --vary hours=1..100 --spacing cubic
refused sweep 512xH800 --vary hours=1..100 --vary hours=1,2
refused sweep 512xH800 --vary hours=1..100 --vary price=1,2 --vary pue=1.1,1.2
refused sweep 512xH800 --hours 198 --vary mfu=30%..50%
refused sweep deepseek-r1 --vary chips=256..4096
refused sweep 512xH800 --hours 198 --vary type=H800,H880
refused sweep 512xH800 --hours 198 --vary date=2024..2025
refused sweep 512xH800 --vary precision=fp8,fp4 --params 70B --tokens 15T
refused sweep 512xH800 --vary hours=1..100 --format yaml
refused estimate 512xH800 --hours 198 --vary chips=1,2
