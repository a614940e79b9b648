# Each output with each input at the ends of its range; the sensitivity of the outputs asked for alone.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 100xH100 --hours 100..200 --price 2..3 --outputs rental_usd,energy_kwh --sensitivity rental_usd --format json |
    sed -n '/"sensitivity"/,/"stages"/p'
