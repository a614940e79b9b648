traincost --help
traincost -h >"$scratch/short" && traincost --help | cmp - "$scratch/short"
traincost help chips
# No line is wider than a terminal.
traincost --help | awk 'length > 80 { print "too wide: " $0 }'
