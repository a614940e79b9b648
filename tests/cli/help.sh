# SPDX-License-Identifier: GPL-3.0-or-later
traincost --help
traincost help chips
traincost help prices
traincost -h
traincost check -h
for key in price PUE rent outputs; do
    echo "\$ traincost help $key"
    traincost help $key
done
for wrong in 'help puee' 'help nothing-like-it' 'help check pue' 'chek deepseek-r1' '--gpus 8' '8xH100 --days 3' '8xH100 --json'; do
    echo "\$ traincost $wrong"
    # shellcheck disable=SC2086
    traincost $wrong 2>&1
done
# No line is wider than a terminal.
traincost --help | awk 'length > 80 { print "too wide: " $0 }'
