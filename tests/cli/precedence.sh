# Options replace what the file says; of two that say the same, the last holds.
traincost examples/deepseek-r1.yaml --price 1 --price 2 --outputs rental_usd --format csv
