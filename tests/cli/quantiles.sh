traincost 512xH800 --hours 198 --date 2025-01 --quantiles 2.5,50,97.5 --outputs rental_usd,energy_kwh
traincost 512xH800 --hours 198 --date 2025-01 --quantiles 2.5,50,97.5 --outputs rental_usd,energy_kwh --format csv
