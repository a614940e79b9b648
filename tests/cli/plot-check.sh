traincost check deepseek-r1 --plot
