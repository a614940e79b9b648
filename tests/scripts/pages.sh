#!/bin/sh
# Pages in a browser without a screen: the script ran to its end, no console line, no sideways scroll on a phone, the
# figures of the JSON, readable in the dark, sliders, sorting and search; the page's own policy refuses a script and a
# fetch that were put into it, and without it they are not refused, so that the test can fail.
# SPDX-License-Identifier: GPL-3.0-or-later
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    { echo 'skipped: no chromium'; exit 0; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
HOME=$tmp # the browser's own files
export HOME

open_page() { # FILE OPTION...
    file=$1
    shift
    timeout 60 "$browser" --headless --no-sandbox --disable-gpu --virtual-time-budget=8000 "$@" --dump-dom \
        "file://$file" 2>"$tmp/log"
}
# The page in a frame as wide as a phone, and what was found there.
look_into() { # FILE OPTION...
    {
        sed 's/"PAGE".*//; /atob(/q' tests/tools/page_frame.html
        printf '"'
        base64 -w0 <"$1"
        sed -n 's/.*"PAGE"/"/p' tests/tools/page_frame.html
        sed '1,/"PAGE"/d' tests/tools/page_frame.html
    } >"$tmp/frame.html"
    shift
    open_page "$tmp/frame.html" "$@" | sed -n '/<pre id="report">/,/<\/pre>/p' | sed 's/<[^>]*>//g' >"$tmp/report"
}
expect() { # NAME FACT...
    name=$1
    shift
    for fact; do
        grep -qxF "$fact" "$tmp/report" && continue
        echo "$name: not '$fact', but:"
        cat "$tmp/report"
        bad=1
    done
}

page() { # NAME OPTION...
    name=$1
    shift
    traincost "$@" -o "$tmp/$name.html"
    [ $? -le 1 ] || { echo "failed: traincost $*"; bad=1; return; }
    traincost "$@" --format html >"$tmp/again.html"
    cmp "$tmp/$name.html" "$tmp/again.html" || bad=1
    # The answer in the page is that of the command, but for bins that only pictures need.
    bins=''
    [ "$1" = compare ] && bins='--bins 96'
    # shellcheck disable=SC2086
    traincost "$@" $bins --format json | sed 's/</\\u003c/g' >"$tmp/json"
    sed -n '/<script type="application\/json"/,/<\/script>/p' "$tmp/$name.html" | sed '1d;$d' |
        cmp - "$tmp/json" || { echo "$name: not the JSON of the command"; bad=1; }
    open_page "$tmp/$name.html" >"$tmp/dom"
    grep -q 'data-ran="to its end"' "$tmp/dom" || { echo "$name: the script did not run to its end"; bad=1; }
    grep 'CONSOLE' "$tmp/log" && { echo "$name: lines on the console"; bad=1; }
    look_into "$tmp/$name.html" --blink-settings=preferredColorScheme=0 # dark
    expect "$name" 'ran: to its end' 'sideways: no' 'sideways, all open: no' 'figures: as in the JSON' 'dark: true' \
        'contrast: enough' 'formats: agree' 'moved: true' 'reset: true' 'injected script: refused' \
        'injected fetch: refused'
}
page r1 check deepseek-r1
page bloom check bloom-176b
page slip check xlnet-large-turner
grep -q 'What the claim implies' "$tmp/r1.html" && grep -q 'What may have happened' "$tmp/slip.html" ||
    { echo 'a page lacks what the claim implies, or a slip'; bad=1; }
page estimate deepseek-r1
page price 512xH800 --hours 198 --price 2..3 --name 'a </script><img src=x onerror=alert(1)> "name" & more'
page compare compare deepseek-r1 openai-gpt-4
expect compare 'sorted: true' 'turned: true' 'found: true'
page types compare --type H100,MI300X,tpu-v5p --params 70B --tokens 15T --chips 4096
page h100 chips H100
expect h100 'sorted: true' 'turned: true' 'found: true'
page claims claims
expect claims 'sorted: true' 'turned: true' 'found: true'
look_into "$tmp/claims.html" --blink-settings=preferredColorScheme=1
expect 'claims by day' 'dark: false' 'contrast: enough'
page sweep sweep --vary chips=256..1024 --steps 3 --type H100 --params 70B --tokens 15T

# Nothing is fetched: no address but those that a reader may follow.
for file in "$tmp"/*.html; do
    case $file in *frame.html) continue ;; esac
    sed '/<script/,/<\/script>/d' "$file" >"$tmp/still"
    grep -oE '<[^>]*>' "$tmp/still" | grep -v '^<a ' | grep -E ' (src|srcset|href|xlink:href|action|data|poster)='
    sed -n '/<style/,/<\/style>/p' "$tmp/still" | grep -E 'url[(]|@import'
done | grep . && bad=1

look_into "$tmp/r1.html" --blink-settings=preferredColorScheme=1
expect 'r1 by day' 'dark: false' 'contrast: enough'

# Without the policy both go through, and what is wrong is found.
sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' "$tmp/r1.html" >"$tmp/open.html"
look_into "$tmp/open.html"
expect 'without its policy' 'injected script: ran' 'injected fetch: no'
sed 's/<data value="2/<data value="3/' "$tmp/r1.html" >"$tmp/wrong.html"
look_into "$tmp/wrong.html"
grep -q '^figures: [0-9]* of' "$tmp/report" || { echo 'a wrong figure is not seen'; bad=1; }
sed 's/<h1>/<h1 style="width:900px">/' "$tmp/r1.html" >"$tmp/broad.html"
look_into "$tmp/broad.html"
grep -q '^sideways: [0-9]* over' "$tmp/report" || { echo 'a sideways scroll is not seen'; bad=1; }
exit $bad
