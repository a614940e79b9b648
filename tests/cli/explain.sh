# SPDX-License-Identifier: GPL-3.0-or-later
traincost 512xH800 --hours 198 --price 1.5..2.5 --date 2025-01 --explain
# A place of several grids has a range that they fill.
traincost 8xH100 --hours 1 --region Oregon --date 2024-06 --outputs co2_kg --explain | grep -A 2 '^  carbon-intensity'
