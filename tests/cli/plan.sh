# A plan: the cost of its stages, a budget with its exit status, Markdown, colour, the format by the ending.
# SPDX-License-Identifier: GPL-3.0-or-later
plan='--date 2026-06 --stage name=filter,64xA100,hours=100 --stage name=train,512xH100,hours=300 --samples 4096'
# shellcheck disable=SC2086
{
    traincost $plan --budget 800k --confidence 80%
    echo "status $?"
    traincost $plan --budget 400k --confidence 80% --outputs energy --format json >"$scratch/plan.json"
    echo "status $?"
    sed -n '/"within"/,/}/p' "$scratch/plan.json"
    traincost $plan --budget 400k --scope wear --outputs rent
    echo "status $?"
    traincost $plan --confidence 80% 2>&1
    echo "status $?"
    traincost $plan --budget 1M --scope rent-with-base 2>&1
    echo "status $?"
    traincost $plan --outputs flop,mfu 2>&1
    echo "status $?"
    traincost $plan --outputs rent --stages rent --format csv
    traincost $plan --format markdown
    traincost $plan -o "$scratch/plan.md" && head -n 1 "$scratch/plan.md"
    traincost $plan -o "$scratch/plan.json" && head -c 1 "$scratch/plan.json"
    echo
    traincost $plan --outputs rent --color always | grep -c "$(printf '\033')"
    traincost $plan --outputs rent --color never | grep -c "$(printf '\033')"
    traincost check deepseek-r1 --format markdown --samples 4096
}
