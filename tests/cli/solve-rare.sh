# What is looked for at its ends: whole chips, nothing that does, every scope, a sweep of whole numbers.
# SPDX-License-Identifier: GPL-3.0-or-later
say() {
    echo "\$ traincost $*"
    traincost "$@" --samples 2048 2>&1 || echo "= $?"
}
work='--type H100 --params 7B --tokens 1T'
# shellcheck disable=SC2086
{
    say solve chips $work --deadline 30d --outputs hours
    say solve chips $work --deadline 1s --outputs hours
    say solve chips $work --deadline 90000d --outputs hours
    say solve chips $work --deadline 30d --budget 1
    say solve chips $work --budget 100k --scope buy --outputs rent
    say solve chips $work --deadline 30d --hours 5
    say solve chips --type H100 --hours 10 --price 2 --budget 2000 --outputs rent
    say solve chips --type H100 --hours 10 --price 2 --budget 1 --outputs rent
    say solve hours 8xH100 --budget 1e-6 --price 2 --outputs rent
    say solve hours 8xH100 --budget 1e12 --price 2 --outputs rent
    say solve hours 8xH100 --budget 1k --scope buy --outputs rent
    say solve hours 8xH100 --budget 1k --scope hours
    say solve hours 8xH100 --budget 1k --scope electricity --outputs rent
    say solve hours 8xH100 --budget 1k --scope develop --outputs rent
    say solve hours 8xH100 --budget 1k --scope own --confidence 50% --outputs rent
    say solve tokens 8xH100 --params 7B --budget 1k --price 2 --outputs rent
    say solve tokens 8xH100 --params 7B --budget 1e15 --price 2 --outputs rent
    say solve params 8xH100 --tokens 1T --budget 1k --price 2 --outputs rent
    say solve flop 8xH100 --budget 1k --price 2 --outputs rent
    say solve rental-price 8xH100 --hours 10 --budget 1k --outputs rent
    say solve rental-price 8xH100 --hours 10..20 --budget EUR1k --outputs rent --dollars 2020
    say solve hours --stage 8xH100 --stage 8xA100,hours=5 --budget 1k --price 2 --outputs rent
    say solve hours 8xH100 --budget 1k --price 2 --quantiles 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20 --outputs rent --format csv
    say sweep --vary chips=1..2.5 --steps 3 $work --price 2 --outputs rent
    say sweep --vary chips=1..8 --steps 3 $work --price 2 --outputs hours
    say sweep --vary epochs=1..3 --steps 3 8xH100 --params 7B --tokens 1B --price 2 --outputs rent
    say sweep --vary precision=bf16,fp8 8xH100 --params 7B --tokens 1B --price 2 --outputs rent
    say sweep --vary operator=other,google --vary hours=1,2 8xH100 --outputs energy
    say sweep --vary 'price=€1,€2' --vary hours=1..3 --steps 3 8xH100 --outputs rent
    say sweep --vary price=EUR1..2 --steps 2 8xH100 --hours 10 --outputs rent
    say sweep --vary depreciation=0.1..0.2 --steps 2 8xH100 --hours 10 --outputs wear
    say sweep --vary rental-price=1e-3..1e3 --steps 4 8xH100 --hours 10 --outputs rent --spacing log
    say sweep --vary hours=0..10 --steps 3 8xH100 --price 2 --outputs rent
    say sweep --vary hours=0..10 --steps 3 --spacing log 8xH100 --price 2 --outputs rent
    say compare --type all --flop 1e20 --chips 8 --by hours --outputs hours --format csv | grep cheapest
    say compare --type every --flop 1e20 --chips 8 --by buy --outputs buy --format csv | grep cheapest
    say compare --type H100,A100 8xV100 --hours 10 --params 1B --price 2
    say compare --type H100,A100 --stage name=a,chips=8,flop=1e20 --stage name=b,8xV100,hours=5 --price 2
    say compare --type H100,NoChip --flop 1e20 --chips 8
    say compare --type H100 --flop 1e20 --chips 8 --by nothing
    say compare --type H100,H100 --flop 1e20 --chips 8
}
