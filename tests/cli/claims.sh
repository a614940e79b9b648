traincost claims
