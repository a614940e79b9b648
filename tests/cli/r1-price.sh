# 147,336 chip-hours at 2 dollars: $294,672.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost examples/deepseek-r1.yaml --rental-price 2 --outputs chip_hours,rental_usd --format csv
