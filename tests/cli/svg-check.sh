traincost check deepseek-r1 --format svg
