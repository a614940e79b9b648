traincost 512xH800 --hours 198 --price 1.5..2.5 --date 2025-01 --explain
