# The same at the market's prices.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost --chips 512 --type H800 --hours 198 --date 2025-01
