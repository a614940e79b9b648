# SPDX-License-Identifier: GPL-3.0-or-later
traincost chips H100 --date 2024-06
# The tier and the region are in every form.
for format in text csv json svg; do
    traincost chips H100 --format $format >"$scratch/default"
    traincost chips H100 --format $format --tier marketplace --region China >"$scratch/market"
    if [ $format != csv ] && cmp -s "$scratch/default" "$scratch/market"; then echo "$format: the market moves nothing"; fi
done
