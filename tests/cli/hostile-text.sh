# What a terminal would obey never reaches it: escapes, C1 bytes alone and as UTF-8, writing that turns, what has no
# width, what is not UTF-8. In a list, a heading, a stage, a value, a note, a message, a picture.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
bad=$(printf 'E\033[31mS \302\233C1 \233lone \342\200\256turn \342\200\250line \342\200\213none \377byte')
printf 'id,name,aliases,vendor,kind,family,released,bf16,memory_gb,tdp_w,source,checked,note\n' >own.csv
printf 'zz9,"%s",,Zeta,gpu,f,2025-01-01,100,80,300,https://e.org/,2025-01-01,"%s"\n' \
    "$(printf 'E\033[31mS \302\233C1 \342\200\256turn')" "$(printf 'note \033[2J')" >>own.csv
printf 'name: "%s"\nstages:\n  - {name: "a\342\200\256b\302\233", type: H100, chips: 8, hours: 3}\n  - {type: H100, chips: 8, hours: 3}\n' \
    "$(printf 'turn \342\200\256 it')" >run.yaml
{
    traincost chips zz9 --catalog own.csv
    traincost 8xzz9 --hours 3 --catalog own.csv --explain
    traincost run.yaml
    traincost run.yaml --plot
    traincost run.yaml --format markdown
    traincost run.yaml --format svg
    traincost --stage "name=$bad,8xH100,hours=3" --stage 8xH100,hours=2
    traincost sweep 8xH100 --vary "hours=1,$bad"
    traincost sweep 8xH100 --hours 3 --vary "type=$bad,H100"
    traincost check 8xH100 --hours 3 --claim 30 --name "$bad"
    traincost "$bad"
    traincost 8xH100 --hours "$bad"
    traincost 8xH100 "--$bad" 3
    traincost 8xH100 --hours 3 -o "no/$bad"
} >all 2>&1
# Nothing but printable ASCII, UTF-8 of letters and line ends is left.
LC_ALL=C tr -d '\n -~' <all | LC_ALL=C grep -aoE "$(printf '[\001-\037\177]|\302[\200-\237]|\342\200[\213-\217\250-\256]|\233|\377')" | od -c | head -3
LC_ALL=C.UTF-8 iconv -f UTF-8 -t UTF-8 all >/dev/null && echo 'all of it is text'
grep -c 'E?\[31mS' all
# A cell of text that a spreadsheet would run is no formula.
printf 'name: other\ntype: H100\nchip-hours: 4\n' >other.yaml
for name in '=1+1' '@SUM(A1)' '+1' "$(printf '\ttab')" 'a, b'; do
    cp other.yaml "$name"
    traincost compare "$name" other.yaml --outputs rental_usd --samples 2048 --format csv | sed -n 's/,run.*//; 2p'
done
