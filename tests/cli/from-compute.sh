# Time from compute: Llama 3.1 405B and DeepSeek-V3 hold the chip-hours reported, 30.84M and 2.664M.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost --params 405B --tokens 15.6T --type H100 --chips 16384 --precision bf16 --date 2024-07
traincost --params 671B --active-params 37B --tokens 14.8T --type H800 --chips 2048 --precision fp8 \
    --date 2024-12 --outputs chip_hours,hours,mfu,flop
# No run on this family was published; hours in place of chips.
traincost --params 8B --tokens 1T --type B200 --hours 30d --date 2026-01 --outputs chip_hours,hours,mfu
# The state does not fit.
traincost --params 405B --tokens 1T --type H100 --chips 8 --mfu 40% --goodput 95% --date 2025-01 \
    --outputs hours,memory_gb
for wrong in '--mfu 1.2' '--mfu 40' '--precision fp8' '--active-params 9B' '--layers 32' '--hours 1000 --mfu 9%'; do
    traincost --type A100 --chips 64 --params 8B --tokens 1T $wrong 2>&1
    echo "status $?"
done
