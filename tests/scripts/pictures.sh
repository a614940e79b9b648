#!/bin/sh
# Pictures at their extremes: SVG that a renderer takes, terminals of any width, and nothing that a terminal or a
# browser would obey. Their bytes are in tests/cli.
# SPDX-License-Identifier: GPL-3.0-or-later
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
renderer=$(command -v rsvg-convert) || echo 'skipped: no rsvg-convert'

wrong() { echo "$1: traincost $line"; bad=1; }
picture() { # OPTION...
    line=$*
    traincost "$@" -o "$tmp/p.svg" 2>"$tmp/err"
    [ $? -le 1 ] || { wrong 'failed'; cat "$tmp/err"; return; }
    traincost "$@" --plot >"$tmp/p.txt" 2>"$tmp/err"
    [ $? -le 1 ] || { wrong 'failed with --plot'; return; }
    grep -q '<title>.*</title>' "$tmp/p.svg" && grep -q '^<desc>' "$tmp/p.svg" || wrong 'no title or description'
    grep -nE '(nan|inf)[" ]' "$tmp/p.svg" && wrong 'a place that is no number'
    awk 'length > 80' "$tmp/p.txt" | grep . && wrong 'over 80 columns'
    LC_ALL=C grep -n '[^ -~]' "$tmp/p.txt" && wrong 'more than plain ASCII'
    [ -z "$renderer" ] && return
    "$renderer" "$tmp/p.svg" -o "$tmp/p.png" 2>"$tmp/err" && [ ! -s "$tmp/err" ] && [ -s "$tmp/p.png" ] ||
        { wrong 'not rendered'; cat "$tmp/err"; }
}
picture check deepseek-r1
picture check openai-gpt-4
picture check bloom-176b
picture check kimi-k2-thinking
picture check bert-large
picture check 512xH800 --hours 278 --claim 1
picture check 512xH800 --hours 278 --claim 1e15
picture check 512xH800 --hours 278 --claim '<3k' --claim-energy 3MWh --claim-co2 1t
picture 512xH800 --hours 198
picture 512xH800 --hours 198 --price 2 --outputs rent
picture 512xH800 --hours 198 --outputs mfu,hours
picture 512xH800 --hours '1e-6..1e6' --price '1e-3..1e3'
picture 1xH800 --hours 1e-9
picture deepseek-r1 --quantiles 50
picture chips
picture chips H100
picture chips tpu-v7
picture chips k80 --term spot
picture claims
picture compare deepseek-r1 openai-gpt-4 deepseek-v3
for n in 1 2; do # names that no row has room for stand whole where the pointer rests
    printf 'name: A run whose name is far longer than what any row of a picture can hold, %d\ncluster: 64xH100\nhours: %d\n' $n $n >"$tmp/run$n.yaml"
done
picture compare "$tmp/run1.yaml" "$tmp/run2.yaml"
grep -q '<text[^>]*><title>A run whose name .* 2</title>' "$tmp/p.svg" || wrong 'a long name is not told whole'
picture compare 512xH800 512xH800 --hours 10 --price 2
picture compare --type all --params 7B --tokens 1T --chips 512
picture sweep --vary chips=256..4096 --type H100 --params 70B --tokens 15T --budget 20M
picture sweep --vary chips=256..4096 --vary tokens=1T..15T --type H100 --params 70B --budget 1e-3
picture sweep --vary type=H100,H200,A100 --chips 1024 --params 70B --tokens 15T --budget 1e12
picture sweep --vary hours=1,1 512xH100

stages=''
for stage in $(seq 40); do stages="$stages --stage name=s$stage,512xH800,hours=$stage,price=2..$((stage + 2))"; done
# shellcheck disable=SC2086
picture $stages
long=$(printf 'A name of many letters %.0s' 1 2 3 4 5 6 7 8 9)
picture 512xH800 --hours 198 --name "$long"
picture check 512xH800 --hours 198 --claim 1M --name "$long$long"

# What a terminal, a browser or XML would obey is not there; what looks like mark-up is text.
name=$(printf 'a\033[31m \302\233b \342\200\256c <script>alert(1)</script> "d" & \377e')
traincost 512xH800 --hours 1 --name "$name" -o "$tmp/n.svg" || bad=1
traincost 512xH800 --hours 1 --name "$name" --plot >"$tmp/n.txt" || bad=1
LC_ALL=C grep -c "$(printf '\033\\|\342\200\256\\|\302\233\\|\377')" "$tmp/n.svg" "$tmp/n.txt" | grep -v ':0$' && bad=1
grep -q '<script' "$tmp/n.svg" && { echo 'mark-up of a name'; bad=1; }
grep -q '&lt;script&gt;' "$tmp/n.svg" || { echo 'no text of a name'; bad=1; }
[ -z "$renderer" ] || "$renderer" "$tmp/n.svg" -o "$tmp/n.png" || bad=1
exit $bad
