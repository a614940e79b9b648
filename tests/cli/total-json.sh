# The total of rows that are JSON, and of rows one of which fails.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
printf '{"chips":8,"type":"H100","hours":%s,"price":2}\n' 1 2 3 >rows.jsonl
traincost batch rows.jsonl --total --outputs rental_usd,hours --quantiles 5%,50%
echo '{"chips":8,"type":"H880","hours":1,"price":2}' >>rows.jsonl
traincost batch rows.jsonl --total --outputs rental_usd --quantiles 50% 2>&1
echo "status $?"
