traincost claims --format svg
