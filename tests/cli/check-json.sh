# SPDX-License-Identifier: GPL-3.0-or-later
traincost check deepseek-r1 --format json
traincost check openai-gpt-4 --format json | grep -A 12 '"development_usd"'
