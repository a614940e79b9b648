# The text of an estimate is at most 80 columns wide, that of the catalogue 120, whatever the length of names and
# notes; an address is never broken.
narrow() { # COLUMNS
    awk -v columns="$1" 'length > columns && !/https?:/ { print "too wide: " $0 }'
}
{
    traincost examples/deepseek-r1.yaml --explain
    traincost --name 'a name that goes on and on, past the end of the line, and is not yet done at its end' \
        1_000_000xtpu-v5p --hours 100wk --price '$10k..$90k' --explain
    traincost 1xH100 --hours 0.001 --price 1e-6 --explain
} | narrow 80
{
    traincost chips
    traincost chips H100
} | narrow 120
echo done
