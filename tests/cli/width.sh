# Text fits the page, whatever the length of names and notes; an address is never broken. 80 columns in a pipe.
# SPDX-License-Identifier: GPL-3.0-or-later
narrow() { # COLUMNS
    tr -d '\r' | sed 's/\x1b\[[0-9;]*m//g' | awk -v columns="$1" 'length > columns && !/https?:/ { print "too wide: " $0 }'
}
{
    traincost examples/deepseek-r1.yaml --explain
    traincost --name 'a name that goes on and on, past the end of the line, and is not yet done at its end' \
        1_000_000xtpu-v5p --hours 100wk --price '$10k..$90k' --explain
    traincost 1xH100 --hours 0.001 --price 1e-6 --explain
    traincost chips
    traincost chips H100
    traincost claims --samples 2048
    traincost compare deepseek-r1 openai-gpt-4 --samples 2048
} | narrow 80
# On a terminal from 60 to 120 columns, all published claims among them; a longer one says its verdict again.
command -v script >/dev/null || { echo done; exit; }
cat >"$scratch/all" <<'END'
stty cols "$1" rows 24
export TERM=xterm LC_ALL=C
exec 2>>"$2" # where no progress is drawn, however slow the machine
for id in $(traincost claims --samples 2048 --format csv | cut -d, -f1 | tail -n +2); do
    traincost check "$id" --samples 2048
done
traincost deepseek-r1 --samples 2048 --explain
traincost compare deepseek-r1 openai-gpt-4 --samples 2048
traincost compare --type H100,MI300X --params 70B --tokens 15T --chips 1024 --samples 2048
traincost sweep 512xH800 --vary hours=100..300 --vary chips=256..4096 --samples 2048
traincost solve break-even 512xH800 --samples 2048
traincost chips
traincost chips H100
traincost claims --samples 2048
END
for columns in 60 80 120; do
    script -qec "sh '$scratch/all' $columns '$scratch/errors'" /dev/null </dev/null | narrow $columns
done
cat "$scratch/errors"
script -qec "stty cols 80 rows 24; traincost check deepseek-r1 2>/dev/null" /dev/null </dev/null | tr -d '\r' |
    sed 's/\x1b\[[0-9;]*m//g' | tail -n 3 | head -n 1
echo done
