traincost deepseek-r1 --plot
