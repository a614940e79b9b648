traincost chips mi300x --format svg
