# What cannot be solved for.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
refused solve hours --type H100 --chips 8 --deadline 10d --scope own
refused solve hours --type H100 --budget 1M --scope buy
refused solve hours 8xH100 --budget 1e15 --price 1e-6
refused solve bananas 8xH100 --budget 1k
refused solve hours 8xH100
refused solve hours 8xH100 --hours 5 --price 2 --budget 0
