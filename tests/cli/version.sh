traincost --version
traincost -V
