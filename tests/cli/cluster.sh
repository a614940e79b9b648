# Three ways to write the cluster, and the command's name: one answer.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 512xH800 --hours 198 --price 2 >"$scratch/one"
traincost '512×H800' --hours 198 --price 2 >"$scratch/two"
traincost estimate --hours 198 --price 2 --type H800 --chips 512 >"$scratch/three"
cmp "$scratch/one" "$scratch/two" && cmp "$scratch/one" "$scratch/three" && echo one answer
