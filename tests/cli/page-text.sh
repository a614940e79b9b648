# What pages say: their tables, lists and headings, and where each figure stands in the JSON. Pictures, JSON, style and
# script are recorded or tested elsewhere.
# SPDX-License-Identifier: GPL-3.0-or-later
page() {
    echo "\$ traincost $*"
    traincost "$@" --format html >"$scratch/page"
    status=$?
    sed '1,/<body>/d; /<script/,/<\/script>/d; /<svg/,/<\/svg>/d' "$scratch/page"
    echo "status $status"
}
page --stage name=a,512xH800,hours=198 --stage 'name=<b>,type=H800,chip-hours=5k' --price 2..3 --budget 300k \
    --quantiles 1%,50%,95% --outputs rental_usd,hours --samples 2048
page check 2048xH800 --hours 1300 --price 2 --claim 5.576M --claim-energy 3GWh --claim-chip-hours 2.6M --claim-mfu 40% \
    --power 600W --pue 1.1..1.2 --electricity-price 0.08 --carbon-intensity 0.4 --params 37B --tokens 14.8T --samples 2048
page compare 8xH100 8xH800 --hours 10 --price 1..3 --outputs rental_usd,energy_kwh --samples 2048
page chips tpu-v2
page sweep --vary hours=10..40 --steps 3 --chips 64 --type H100 --price 2..3 --budget 4k --outputs rent,hours --samples 2048
page sweep --vary type=H100,H800 --vary hours=10,20 --chips 8 --price 2..3 --outputs rental_usd --samples 2048
