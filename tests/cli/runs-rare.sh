# Clusters, models, prices and times as few write them, and what is said where they cannot be meant.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
say() {
    echo "\$ traincost $*"
    traincost "$@" --samples 2048 2>&1 || echo "= $?"
}
for cluster in H100:8 'H100:8:2' 'H100:' ':8' v5p-64 v5p- v5p-abc v5p-99999999 v2-8 v3-32 v4-8 v5litepod-16 4xDGX 'DGX H100' '2xDGX H100' \
    '4xDGX T4' 'NVL72' '2x GB200 NVL72' 'HGX B200' '2x8xH100' 'xH100' '8xx' '8 x' 'x8' '8H100' '8.5xH100' '1..2xH100' '~8xH100' '4xp5.48xlarge' \
    'p5.49xlarge' '8xH1O0' 'eightxH100' '8xA100-80GB' '8xa100 80 gb' '8,H100' ''; do
    say "$cluster" --hours 1 --price 2 --outputs chip_hours --format csv
done
for params in 8x7B 8x7 7x 30B-A3B 30B-A3 30B-a3b 30B-B3B 30B- 30B-A 30B-A40B 70b 70 1T-A32B; do
    say 8xH100 --params "$params" --tokens 1B --price 2 --outputs chip_hours --quantiles 50 --format csv
done
for price in '€2' 'EUR 2' '2 eur' '£1.5' '¥15' 'CNY 15' '16/server' '$16/server' '2/GPU-hour' '200 cents' 'USD' '2..3 EUR' 'XYZ 2'; do
    say 8xH100 --hours 1 --price "$price" --outputs rental_usd --quantiles 50 --format csv
done
say 8xT4 --hours 1 --price '16/server' --outputs rental_usd --format csv
say --stage '8xH100,hours=1,price=€2,date=2023-05' --stage '8xH100,hours=1,price=€2,date=1990' --outputs rental_usd --format csv
say 8xH100 --hours 1 --hardware-price 250k --outputs buy
say 8xH100 --hours 1 --hardware-price 250k/server --outputs buy --format csv
say 8xH100 --hours 1 --price 50 --outputs rent
say 8xH100 --hours 1 --tdp 10kW --outputs energy
say 8xH100 --hours 1 --hardware-price 1 --outputs buy
say 8xH100 --steps 1000 --step-time 2s --price 2 --outputs hours,rent
say 8xH100 --tokens 1B --batch-tokens 1M --step-time 2s --price 2 --outputs hours,rent
say 8xH100 --tokens 1B --batch-tokens 1M --steps 10 --step-time 2s --price 2 --outputs hours
say 8xH100 --steps 1000 --price 2 --outputs hours
say 8xH100 --tokens 1B --throughput 3000 --hours 9 --price 2 --outputs hours
say 8xH100 --tokens 1B --params 1B --throughput 3000 --mfu 40% --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --method lora --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --method qlora --trainable-params 40M --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --method rl --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --sequence-length 8k --layers 32 --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --sequence-length 8k --layers 32 --hidden 4096 --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --layers 32 --price 2 --outputs hours
say 8xV100 --tokens 1B --params 7B --precision fp8 --price 2 --outputs hours
say 8xH100 --tokens 1B --params 7B --mfu 90% --hours 1 --price 2 --outputs hours
say 1xH100 --params 700B --tokens 1B --price 2 --outputs hours
say 8xH100 --hours 10 --hours-are training --goodput 50% --price 2 --outputs rent,hours
say 8xH100 --hours 10 --dollars 1900 --outputs rent
say 8xH100 --hours 10 --dollars 2020-13 --outputs rent
say 8xH100 --hours 10 --dollars 2020 --price 2 --outputs rent
for list in 'price,hours=0.5' 'rental-price,hours=0.5;hours,rental-price=0.6' 'hours' 'hours,price' 'hours=0.5' 'hours,price=2' 'hours,price=' 'hours,hours=1' \
    'hours,nothing=0.5' 'hours,price,pue=0.5' ' hours , price = 0.5 ' 'pue,region=0.5' 'mfu,price=0.5'; do
    say 8xH100 --hours 1..2 --price 1..2 --correlate "$list" --outputs rental_usd --format csv
done
