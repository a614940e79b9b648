# What is joined moves together; what cannot be is refused, with the reason.
# SPDX-License-Identifier: GPL-3.0-or-later
own() {
    traincost 512xH800 --hours 198 --date 2025-01 --format csv "$@" | grep '^ownership_usd' | cut -d, -f6,14
}
own
own --correlate hardware-price,server-overhead=0.6
own --correlate 'hardware-price,server-overhead=0.6; price,pue=-0.2' --correlate hardware-price,interconnect-overhead=0.6
traincost 512xH800 --hours 198 --date 2025-01 --price 2 --correlate price,pue=0.5 --outputs rental_usd | grep Note
for pairs in '' 'price' 'price,pue' 'price,pue=0.5,tdp' 'price,pue=1.5' 'price,pue=1' 'price,price=0.5' 'price,date=0.5' \
    'price,hardware-pric=0.5' 'price,pue=x' 'price,pue=0.9;pue,tdp=0.9;price,tdp=-0.9'; do
    traincost 512xH800 --hours 198 --correlate "$pairs" 2>&1
done
traincost --stage 8xH100,hours=9,pue=1.1..1.2 --stage 8xH100,hours=9,pue=1.2..1.3 --correlate price,pue=0.5 2>&1
