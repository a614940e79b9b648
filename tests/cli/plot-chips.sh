traincost chips mi300x --plot
