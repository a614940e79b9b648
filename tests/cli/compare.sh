# SPDX-License-Identifier: GPL-3.0-or-later
traincost compare deepseek-r1 openai-gpt-4
traincost compare deepseek-r1 deepseek-v3 64xH100 --hours 10 --price 2 --outputs rental_usd
traincost compare deepseek-r1 openai-gpt-4 --format csv --outputs rental_usd,with_base_usd
traincost compare deepseek-r1 8xH100 2>&1
