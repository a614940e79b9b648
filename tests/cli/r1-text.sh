traincost examples/deepseek-r1.yaml
