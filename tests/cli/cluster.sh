# Three ways to write the cluster, and the command's name: one answer.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 512xH800 --hours 198 --price 2 >"$scratch/one"
traincost '512×H800' --hours 198 --price 2 >"$scratch/two"
traincost estimate --hours 198 --price 2 --type H800 --chips 512 >"$scratch/three"
cmp "$scratch/one" "$scratch/two" && cmp "$scratch/one" "$scratch/three" && echo one answer
# A shell parts what is not quoted.
for words in '8 H100' '1,024 x H100' '8 H100 H200 A100'; do
    # shellcheck disable=SC2086
    traincost $words --hours 10 --price 2 2>&1 | head -n 1
done
