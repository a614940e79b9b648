traincost check gpt-3-patterson
traincost check llama-1-65b
