# SPDX-License-Identifier: GPL-3.0-or-later
traincost solve hours --budget 1M --confidence 90% --chips 1024 --type H100 --date 2025-01 --price 2..3
traincost solve tokens --budget 10M --type H100 --params 70B --mfu 0.4 --goodput 0.9 --price 2 --outputs rental_usd
traincost solve chips --deadline 90d --type H100 --params 70B --tokens 15T --date 2025-01 --outputs hours,rental_usd
traincost solve rental-price deepseek-r1 --budget 294k --outputs rental_usd --format csv
traincost solve hours 512xH800 --base deepseek-v3 --scope with-base --budget 20M --date 2025-01 --outputs with_base_usd --format json
traincost solve break-even 1024xH100 --date 2025-01
traincost solve break-even --type H100 --date 2025-01 --use 40%..80% --resale 50% --years 5 --format csv
traincost solve break-even 1024xH100 --date 2025-01 --min-hold 6 --format json --samples 2048 --outputs rental_usd
. "$root/tests/refused.sh"
run='--chips 1024 --type H100'
refused solve
refused solve hour $run --budget 1M
refused solve mfu $run --budget 1M
refused solve hours $run
refused solve hours $run --budget 0
refused solve hours $run --budget -1
refused solve hours $run --budget 1M..2M
refused solve hours $run --budget 30d
refused solve hours $run --budget 1M --confidence 100%
refused solve hours $run --budget 1M --scope rant
refused solve hours $run --budget 1M --deadline 30d
refused solve hours $run --budget 1M --years 3
refused solve hours $run --budget 1M --hours 5
refused solve hours --type H100 --budget 1M
refused solve hours --chips 1024 --budget 1M
refused solve hours $run --budget 1M --scope with_base
refused solve hours $run --base deepseek-v3 --budget 1k --scope with_base --date 2025-01
refused solve tokens $run --budget 1M
refused solve params $run --budget 1M
refused solve tokens $run --params 70B --hours 100 --budget 1M
refused solve chips --type H100 --params 70B --tokens 1T --budget 1M
refused solve chips --type H100 --hours 1000 --price 2 --budget 1999
refused solve rental-price $run --hours 10 --scope ownership --budget 1M
refused solve hours deepseek-r1 --budget 1M
refused solve hours $run --budget 1M --format svg
refused solve break-even
refused solve break-even $run --budget 1M
refused solve break-even $run --use 0
refused solve break-even $run --min-hold=-1
refused solve break-even $run --min-hold 2h
refused solve break-even $run extra
echo '$ traincost estimate --budget'
traincost $run --hours 10 --budget 1M 2>&1
