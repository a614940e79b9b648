# A name of several chips takes the usual one and says so.
traincost 8xA100 --hours 10 --price 1 --outputs rental_usd
