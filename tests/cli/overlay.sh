# A row laid over the catalogue, and one that breaks a rule.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
head -n 1 "$root/lib/catalog/data/chips.csv" >chips.csv
grep '^h800' "$root/lib/catalog/data/chips.csv" | head -n 1 | sed 's/^[^,]*,[^,]*,[^,]*,/zz9,Our ZZ9,zz nine,/' >>chips.csv
traincost 8xZZ9 --hours 10 --price 3 --catalog chips.csv --outputs chip_hours,rental_usd
mkdir folder && mv chips.csv folder/
traincost 8xZZ9 --hours 10 --price 3 --catalog folder --outputs rental_usd --format csv
traincost 8xZZ9 --hours 10 --price 3
sed 's/https:[^,]*//' folder/chips.csv >sourceless.csv
traincost 8xZZ9 --hours 10 --price 3 --catalog sourceless.csv
