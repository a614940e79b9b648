# Parts of a batch that are put together, and what is no part.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
. "$root/tests/refused.sh"
printf 'chips,type,hours,price\n8,H100,1,2\n8,H100,2,2\n8,H100,3,2\n' >rows.csv
for part in 1 2; do
    traincost batch rows.csv --part $part/2 --outputs rental_usd --quantiles 50% >$part.csv
done
traincost batch --merge 1.csv 2.csv
printf 'chips,type,hours,price,other\n' >other.csv
head -c 40 1.csv >cut.csv
: >empty.csv
refused batch --merge
refused batch --merge 1.csv other.csv
refused batch --merge 1.csv cut.csv
refused batch --merge empty.csv 1.csv
refused batch --merge 2.csv 2.csv 1.csv
traincost batch --merge 1.csv nowhere.csv
echo "status $?"
traincost batch --merge 1.csv .
echo "status $?"
