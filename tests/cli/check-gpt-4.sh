traincost check openai-gpt-4 --explain
