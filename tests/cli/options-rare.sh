# Options that change what is usual one at a time, and texts of odd characters: what each is taken for.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
say() {
    echo "\$ traincost $*"
    { traincost "$@" 2>&1 || echo "= $?"; } | sed "/\"inputs\"/,/^ *],/d"
}
say 8xH100 --hours 10 --price 2..3 --outputs rent --sensitivity 0 --samples 2048
say 8xH100 --hours 10 --price 2..3 --outputs rent --sensitivity rent,nothing
say 8xH100 --hours 10 --price 2..3 --outputs rent --stages 0 --sensitivity rent --samples 2048
say --stage 8xH100,hours=10 --stage 8xH800,hours=5 --price 2 --outputs rent --stages 0 --samples 2048
say --stage 8xH100,hours=10 --stage 8xH800,hours=5 --price 2 --outputs rent --stages rent --format csv --samples 2048
say --stage 8xH100,hours=10 --stage name=x,8xH800,hours=5 --price 2 --outputs rent --format json --samples 2048 --name Both
say 8xH100 --hours 10 --budget abc
say 8xH100 --hours 10 --budget 5 --scope nothing
say 8xH100 --hours 10 --confidence 90%
say 8xH100 --hours 10 --budget 1k --scope energy
say 8xH100 --hours 10 --budget 1k --scope electricity --confidence 0%
say sweep --vary hours=1,2 8xH100 --price 2 --quantiles 10,90 --outputs rent,energy --samples 2048 --format csv
say compare 8xH100 8xA100 --hours 10 --price 2 --quantiles 50 --samples 2048 --outputs rent --format json --bins 2
say compare 8xH100 8xA100 --hours 10 --price 2..3 --samples 2048 --plot --bins 8 --outputs rent
say compare 8xH100 8xA100 --hours 10 --price 2..3 --samples 2048 --plot --quantiles 5,50,95 --outputs rent
say compare - - --hours 10
say compare 8xH100 nothing --hours 10
say compare --type H100,A100 8xH100 8xA100 --flop 1e20
say compare --type , --flop 1e20
say chips H100 --term nothing
say chips H100 --tier nothing
say chips H100 --region Nowhere
say chips H100 --date never
say completion
say completion bash zsh
say completion tcsh
say help nothing
say help help
say help check hours
say version
say show
say prices
say prices import
say solve hours 8xH100 --budget 1k --outputs nothing
say check 8xH100 --hours 10 --claim 1e9 --price 2 --samples 2048 --format csv
say check 8xH100 --hours 10
say check 8xH100 --claim 1k --hours -1
# Names of characters that a terminal or another program could take for something else.
for bytes in '\303\251t\303\251' '\360\237\230\200' '\355\240\200' '\364\220\200\200' '\300\200' '\340\200\200' '\303' '\342\202' '\365\200\200\200' 'a\tb\nc\rd' \
    '\302\205' '\342\200\256x' '\357\277\275' '\344\270\255\346\226\207' '\177' '=1+1' '"q", r'; do
    printf '%s\n' "$bytes"
    # shellcheck disable=SC2059
    name=$(printf "$bytes")
    traincost 8xH100 --hours 1 --price 2 --outputs chip_hours --samples 2048 --name "$name" 2>&1 | sed -n '1s/: .*//p' | od -An -c
    traincost 8xH100 --hours 1 --price 2 --outputs chip_hours --samples 2048 --name "$name" --format svg 2>&1 |
        sed -n 's/<title>\(.*\)<.title>/\1/p' | od -An -c
    traincost sweep --vary hours=1,2 8xH100 --price 2 --outputs rental_usd --samples 2048 --name "$name" --format json 2>&1 |
        sed -n 's/"name": //p' | od -An -c
done
