# The same at the market's prices.
traincost --chips 512 --type H800 --hours 198 --date 2025-01
