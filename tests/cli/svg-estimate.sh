traincost deepseek-r1 --format svg
