traincost claims --plot
