traincost compare deepseek-r1 openai-gpt-4 --plot
