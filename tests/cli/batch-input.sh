# What rows may be and what they may not: where the text of a batch begins, how long it is, which part of it is asked for.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
cd "$scratch" || exit 1
only='--outputs rental_usd --quantiles 50 --price 2'
rows() { # TEXT: as printf takes it
    printf '%s\n' "$1"
    # shellcheck disable=SC2059
    printf "$1" >rows
    # shellcheck disable=SC2086
    traincost batch rows $only 2>&1 | tr '\200-\377' '?'
}
rows '\376\377\0c\0h'
rows '\377x,type,hours\n8,H100,1\n'
rows '\376x,type,hours\n8,H100,1\n'
rows '\0c\0h\0i'
rows 'c'
rows '\357\273\277chips,type,hours\n8,H100,1\n'
rows ' \r\n\n chips,type,hours\n8,H100,1\n'
rows 'chips,type,hours'
rows 'chips,type,hours\n'
rows 'chips,type,hours\r\n8,H100,1\r\n'
rows '[\n  {"chips": 8}]\n'
rows '[{"chips": 8}]\n'
rows '[chips],type,hours\n8,H100,1\n'
rows '['
rows '{\n "chips": 8}\n'
rows '{ \t\r\n "chips": 8}\n'
rows '{'
rows '{"chips": 8, "type": "H100", "hours": 1}'
rows '{"chips": 8, "type": "H100", "hours": 1}\n\n[1]\n"x"\n'
refused batch . $only
printf 'chips,type,hours\n8,H100,1\n8,H100,2\n8,H100,3\n' >rows
# shellcheck disable=SC2086
traincost batch rows $only --part 2/3
for part in 1/ 1/a /2 a/2 0/2 3/2 1/2x 1,2 2 1/:; do
    refused batch rows $only --part $part
done
# shellcheck disable=SC2086
traincost batch rows $only --total --part 1/1
printf '{"chips": 8, "type": "H100", "hours": 1}\n' | traincost batch $only --format json
# More rows than are answered at a time, and a first line that is too long.
awk 'BEGIN { print "chips,type,hours"; for (i = 1; i <= 1030; i++) print "8,H100," i }' >rows
traincost batch rows $only | sed -n '2p; 1025p; $p'
head -c 33554500 /dev/zero | tr '\0' a >rows
refused batch rows $only

# What others call a key that a row of JSON needs; with that key, or with one for all rows, it is the row's own.
for row in '{"gpus": 8, "type": "H100", "hours": 10}' '{"chips": 8, "gpu_type": "H100", "hours": 10}' \
    '{"gpus": 1, "chips": 8, "type": "H100", "hours": 10}' '{"gpus": 8, "cluster": "8xH100", "hours": 10}'; do
    echo "\$ $row"
    echo "$row" | traincost batch --outputs chip_hours --samples 2048 2>&1
done
echo '{"gpus": 1, "type": "H100", "hours": 10}' | traincost batch --chips 8 --outputs chip_hours --samples 2048
