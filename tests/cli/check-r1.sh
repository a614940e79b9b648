traincost check deepseek-r1
