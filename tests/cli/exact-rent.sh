# Every quantile of the rent is 202752, and its error 0.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost --chips 512 --type H800 --hours 198 --price 2 --outputs rental_usd --format csv
# To the cent, also below a power of ten.
traincost --type h800-sxm --chip-hours 5k --price 1.995439 --outputs rental_usd | head -n 4
