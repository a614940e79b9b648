# A stage states its own; what it does not state holds for the run.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost --date 2025-01 --price 2 --stage 'name=R1-Zero,chips=512,type=H800,hours=198' \
    --stage '64xH100,hours=8wk,rental-price=uniform(2, 3)' --stage 'name=data,type=H800,chip-hours=5k'
