traincost chips H100 --date 2024-06
