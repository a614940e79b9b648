# What cannot be meant, by command: each is refused with what would be right.
# SPDX-License-Identifier: GPL-3.0-or-later
refused() {
    echo "\$ traincost $*"
    traincost "$@" 2>&1
    echo "= $?"
}
cd "$scratch" || exit 1
printf 'chips,type,hours\n8,H100,10\n' >rows.csv
printf '{"chips": 8, "type": "H100", "hours": 10}\n' >rows.jsonl
printf ' \n\n\t\n' >blank.csv
printf '\377\376c\0h\0' >utf16.csv
printf 'chips,ty\0pe\n' >nul.csv
refused batch rows.csv others.csv
refused batch absent.csv
refused batch blank.csv
refused batch utf16.csv
refused batch nul.csv
refused batch rows.csv --format json
refused batch rows.jsonl --format csv
refused batch rows.csv --part 2
refused batch rows.csv --part 3/2
refused batch rows.csv --total --part 1/2
refused batch rows.csv --hours 3kWh
refused batch --merge rows.csv absent.csv
refused prices import csv
refused prices imports csv rows.csv --date 2026-10
refused prices import csv rows.csv
refused show
refused show deepseek-r1 mpt-7b
refused show deepseek-r2
refused chips H100 A100
refused chips H1000
refused 8xH100 --hours
refused 8xH100 -o
refused help houers
refused check 8xH100 --hours 10
refused compare 8xH100
refused sweep 8xH100 --hours 10
