# A name of several chips takes the usual one and says so.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 8xA100 --hours 10 --price 1 --outputs rental_usd
