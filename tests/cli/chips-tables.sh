# All chips as a table and as a page: the columns, and rows of two.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost chips --date 2024-01 --format csv >"$scratch/csv"
grep -c . "$scratch/csv"
head -n 1 "$scratch/csv"
sed -n -e '/^h100-sxm,/p' -e '/^tpu-v2,/p' "$scratch/csv" | cut -d, -f1-20
traincost chips --date 2024-01 --format html | sed -e '/<script/,/<\/script>/d' -e '/<svg/,/<\/svg>/d' >"$scratch/html"
grep -c '<tr>' "$scratch/html"
grep -e '<thead>' -e '>h100-sxm<' -e '>tpu-v2<' "$scratch/html"
