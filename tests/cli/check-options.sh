# From options alone: consistent, low, high, impossible, unchecked, and the status of each.
# SPDX-License-Identifier: GPL-3.0-or-later
say() {
    echo "\$ traincost check $*"
    traincost check "$@" | sed '/^$/,$d'
    traincost check "$@" >/dev/null
    echo "status $?"
}
run='512xH800 --hours 278 --date 2025-01'
say $run --claim 294k --claim-price 2
say $run --claim 100k
say $run --claim 2.5M
say $run --claim 3k
say $run --claim '>100M' --counts development
say $run --claim '<1M' --counts with_base
say $run --claim 569k --claim-price 2
say $run --claim-energy 170MWh --claim-co2 120t --region China
say 648xH800 --hours 278 --claim-chip-hours 142k
say --type H800 --claim '~4.6M' --date 2025-11
