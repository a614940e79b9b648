# What never pays back, and what is cheaper from the first months on.
# SPDX-License-Identifier: GPL-3.0-or-later
even() {
    echo "\$ traincost solve break-even 8xH100 $*"
    traincost solve break-even 8xH100 --samples 2048 "$@"
}
even --rental-price 0.01
even --rental-price 50
