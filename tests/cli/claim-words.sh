# A claim in the words of a reporter, and how it is told again.
# SPDX-License-Identifier: GPL-3.0-or-later
for claim in 'far more than $100 million' 'up to 300k' '$100M+' 'nearly $300,000' '$2-3M' '2…3 million' '2M to 3M' 'tens of millions'; do
    echo "\$ $claim"
    traincost check 512xH800 --hours 198 --samples 2048 --claim "$claim" 2>&1 | head -n 2
done
