# Options replace what the file says; of two that say the same, the last holds.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost examples/deepseek-r1.yaml --price 1 --price 2 --outputs rental_usd --format csv
