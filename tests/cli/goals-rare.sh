# Goals, rankings and claims at the ends of what they take; where a run is.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
say() {
    echo "\$ traincost $*"
    traincost "$@" --samples 2048 2>&1 || echo "= $?"
}
for claim in '--claim-mfu 5%' '--claim-mfu 90%' '--claim-hours 1' '--claim-hours 1e5' '--claim-throughput 10' '--claim-throughput 1e6'; do
    # shellcheck disable=SC2086
    say check 64xH100 --params 7B --tokens 1T $claim --format csv
done
say check 8xH100 --tokens 1T --claim-mfu 40% --format csv
say check 8xH100 --flop 1e20 --claim-mfu 40% --format csv
say check 8xH100 --active-params 3B --claim-mfu 40% --format csv
say check --type H100 --claim 100 --claim-price 2 --format csv
say check 8xH100 --hours 10 --claim-price 2 --claim 100 --format csv
say solve hours 8xH100 --base deepseek-v3 --scope rent-with-base --budget 1k --outputs rent
say solve hours 8xH100 --base deepseek-v3 --scope own-with-base --budget 50M --outputs rent --format csv
say solve chips --type H100 --params 7B --tokens 1T --budget 1k --scope electricity --outputs rent --format csv
say solve chips --type H100 --params 7B --tokens 1T --deadline 100h --confidence 1% --format csv
say solve chips --type H100 --params 7B --tokens 1T --deadline 72h --confidence 99% --format csv
say solve tokens 8xH100 --params 1 --budget 1e15 --price 1e-6 --outputs rent --format csv
say solve rental-price 8xH100 --hours 1e-9 --budget 1e15 --outputs rent --format csv
say solve break-even 8xH100 --min-hold 60 --outputs rent --format csv
say solve break-even 8xH100 --price 4 --resale 99% --use 100% --outputs rent --format csv
say compare --type H100,A100,V100 --flop 1e20 --chips 8 --by buy --format csv --outputs buy
say compare --type H100,A100,V100 --flop 1e20 --chips 8 --term spot --tier hyperscaler --format csv --outputs rent
say compare --type H100,A100,V100 --flop 1e20 --chips 8 --by energy
say compare --type all --chips 8 --hours 10 | sed -n '1,5p; /^Left out/,/^  ascend/p'
say compare --type H100,A100 --stage flop=1e20,chips=8 --stage 8xV100,hours=5 --stage name=third,8xT4,chip-hours=9 --price 2 --outputs rent --format csv
say compare --type H100,A100 --flop 1e20
say 8xH100 --params 30B-A3B --tokens 1B --method rl --price 2 --outputs hours --format csv
say 8xH100 --params 30B --tokens 1B --method rl --price 2 --outputs hours --format csv
say 8xH100 --params 7B --trainable-params 10M --tokens 1B --price 2 --outputs hours --format csv
say 8xH100 --hours 10 --operator ovhcloud --outputs energy --format csv
say 8xH100 --hours 10 --operator google --region us-central1 --outputs energy,co2 --format csv
say 8xH100 --hours 10 --region Bavaria --outputs energy,co2
say 8xH100 --hours 10 --region Frnce --outputs energy,co2
say 8xH100 --hours 10 --region EU --outputs co2 --format csv
say 5000xH100 --params 70B --tokens 15T --price 2 --outputs hours --format csv
say 8xH100 --hours 10..20 --price 2 --tolerance 0.01% --outputs rent --format csv
