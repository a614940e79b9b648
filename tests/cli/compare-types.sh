# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
work='--params 70B --tokens 15T'
traincost compare --type H100,H200,B200,MI300X,tpu-v5p $work --chips 1024
traincost compare --type H100,MI300X $work --deadline 30d --by energy_kwh
traincost compare --type all $work --chips 16384 --precision fp8 --date 2024-06 --by hours
traincost compare --type H100,tpu-v5p $work --samples 2048 --outputs rental_usd --format json
traincost compare --type H100,tpu-v5p $work --samples 2048 --outputs rental_usd --format csv
traincost compare deepseek-r1 deepseek-v3 openai-gpt-4 --by ownership_usd
# One type is the estimate.
traincost compare --type H100 $work --chips 1024 --quantiles 50 --outputs rental_usd --format csv | cut -d, -f3,7 | tail -1
traincost --type H100 $work --chips 1024 --quantiles 50 --outputs rental_usd --format csv | cut -d, -f1,6 | tail -1
refused compare --type H100,H880 $work
refused compare --type H100,, $work
refused compare --type H100,H100 $work
refused compare --type H100,A100 $work --precision fp8
refused compare --type H100,MI300X --chips 8 --hours 10
refused compare --type H100,MI300X $work --chips 8 --hours 10
refused compare --type H100,MI300X $work --chip-hours 10k
refused compare --type H100,MI300X $work --chips 8 --deadline 30d
refused compare --type H100,MI300X $work --deadline 30kWh
refused compare --type H100,MI300X $work --by rents
refused compare --type H100,MI300X $work --by with_base_usd
# How many of them a server has is not known of a T4.
traincost compare --type H100,T4 $work --price 20/server --samples 2048
# Chips whose release nobody dated cannot be left out for it.
traincost compare --type all $work --date 2000 | sed -n '1,4p; /^Left out/,/a10:/p'
refused compare --type H100 deepseek-r1 --deadline 30d
refused compare --type H100,MI300X deepseek-r1 openai-gpt-4
refused compare deepseek-r1
refused compare deepseek-r1 openai-gpt-4 --deadline 30d
refused estimate 8xH100 --hours 10 --by rental_usd
cat >"$scratch/plan.yaml" <<'END'
name: A plan
date: 2026-06
stages:
  - {name: filter, type: A100, chips: 64, hours: 100}
  - {name: pretrain, type: H100, chips: 1024, params: 30B, tokens: 2T}
END
traincost compare --type H100,MI300X "$scratch/plan.yaml"
