# What is shown is a scenario file that says the same.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost show deepseek-r1
traincost show DeepSeek-R1 >"$scratch/r1.yaml"
traincost check deepseek-r1 --format csv | cut -d, -f1-17 >"$scratch/a"
traincost check "$scratch/r1.yaml" --format csv | cut -d, -f1-17 >"$scratch/b"
cmp "$scratch/a" "$scratch/b" && echo same
traincost show 2>&1
traincost show R1 2>&1
