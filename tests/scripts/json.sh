#!/bin/sh
# JSON of the command against its schema, and broken JSON to see that the schema bites.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
$cc -std=c11 -Wall -Wextra -O1 tests/tools/validate_json.c $(pkg-config --cflags --libs jansson) -o "$tmp/validate" || exit 1
bad=0
valid() { # OPTION...
    traincost "$@" --format json >"$tmp/json" || { echo "failed: traincost $*"; bad=1; }
    "$tmp/validate" lib/json/schemas/estimate.schema.json <"$tmp/json" && return
    echo "not as in the schema: traincost $* --format json"
    bad=1
}
valid --chips 512 --type H800 --hours 198 --price 2
valid 512xH800 --hours 198 --date 2025-01
valid 512xH800 --hours 198 --explain
valid 8..16xH100 --hours '~100' --power 700W --pue '1.1..1.4'
valid 1024xtpu-v4 --hours 8wk --operator hyperscaler --region US-Iowa --name 'a "name" with \ and é'
valid 512xA100 --chip-hours 1M --outputs rental_usd,hours --quantiles 2.5,50,97.5
valid 512xA100 --hours 10 --outputs rental_usd,energy_kwh --quantiles 1,99.9
valid --type H800 --chip-hours 5k
valid 512xH800 --hours 198 --budget 1M --confidence 80%
valid --stage name=a,512xH800,hours=198 --stage name=b,type=H800,chip-hours=5k --stage 64xMI300X,hours=3
valid 512xH800 --hours 198 --bins 32
valid 512xH800 --hours 198 --samples 2048 --sampler mc --seed 7
for file in examples/*.yaml; do
    [ -f "$file" ] && valid "$file"
done

# Checks, whatever their verdict; the list of all claims is a list of such.
valid_check() { # OPTION...
    traincost check "$@" --format json >"$tmp/json"
    [ $? -le 1 ] && "$tmp/validate" lib/json/schemas/check.schema.json <"$tmp/json" && return
    echo "not as in the schema: traincost check $* --format json"
    bad=1
}
valid_check deepseek-r1
valid_check openai-gpt-4
valid_check kimi-k2-thinking
valid_check bert-large
valid_check falcon-180b-epoch
valid_check gpt-3-patterson
valid_check 512xH800 --hours 278 --claim '<3k' --claim-energy 3MWh --claim-co2 1t --claim-chip-hours 142k --claim-mfu 40%
traincost claims --samples 2048 --format json | "$tmp/validate" lib/json/schemas/check.schema.json claims || bad=1

valid_solve() { # OPTION...
    traincost solve "$@" --samples 2048 --format json >"$tmp/json" &&
        "$tmp/validate" lib/json/schemas/solve.schema.json <"$tmp/json" && return
    echo "not as in the schema: traincost solve $* --format json"
    bad=1
}
valid_solve hours 512xH800 --budget 1M
valid_solve chips --type H100 --params 70B --tokens 15T --deadline 90d
valid_solve rental-price deepseek-r1 --budget 294k --confidence 50%
valid_solve break-even 512xH800 --use 50%..90% --years 2.5
valid_solve break-even --type V100 --price 0.01

valid_other() { # SCHEMA OPTION...
    schema=$1
    shift
    traincost "$@" --format json >"$tmp/json" && "$tmp/validate" "lib/json/schemas/$schema.schema.json" <"$tmp/json" && return
    echo "not as in the schema: traincost $* --format json"
    bad=1
}
valid_other compare compare deepseek-r1 openai-gpt-4 --samples 2048
valid_other compare compare --type all --params 70B --tokens 15T --chips 512 --samples 2048 --outputs rental_usd
valid_other sweep sweep 512xH800 --hours 198 --vary price=1..4 --vary type=H100,H200 --samples 2048
valid_other sweep sweep 512xH800 --hours 198 --vary date=2022,2023 --dollars 2023 --samples 2048
valid_other chips chips
valid_other chips chips H800 --date 2025-01
valid_other chips chips H100 --tier hyperscaler --region China
grep -q '"tier": "hyperscaler"' "$tmp/json" && traincost chips H100 --format json | cmp -s - "$tmp/json" &&
    { echo 'chips --format json: the tier and the region move nothing'; bad=1; }

# An error is JSON too, on standard output, and a line on standard error.
invalid() { # OPTION...
    traincost "$@" --format json >"$tmp/json" 2>"$tmp/err"
    [ $? -ge 2 ] && [ -s "$tmp/err" ] && "$tmp/validate" lib/json/schemas/error.schema.json <"$tmp/json" && return
    echo "no error as JSON: traincost $* --format json"
    bad=1
}
invalid 512xH880 --hours 198
invalid 512xH800 --hours 3kWh
invalid 512xH800
invalid no-such-run
invalid no/such/file.yaml
invalid --no-such-option
invalid check 512xH800 --hours 3
invalid compare deepseek-r1

# Each of these edits must be refused.
traincost 512xH800 --hours 198 --price 2 --samples 2048 --format json >"$tmp/good"
differs_if() { # SED-EXPRESSION
    sed "$1" "$tmp/good" >"$tmp/json"
    if cmp -s "$tmp/good" "$tmp/json"; then
        echo "the edit $1 changes nothing"
        bad=1
    elif "$tmp/validate" lib/json/schemas/estimate.schema.json <"$tmp/json" >/dev/null; then
        echo "the schema accepts $1"
        bad=1
    fi
}
differs_if 's/"seed"/"sead"/'
differs_if 's/"unit": *"USD"/"unit": "EUR"/'
differs_if 's/"rental_usd"/"rent"/'
differs_if 's/"given": *true/"given": "yes"/'
differs_if 's/"p50":/"p5O":/'
differs_if 's/"date": *"/"date": "x/'
exit $bad
