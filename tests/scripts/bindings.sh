#!/bin/sh
# Other languages through traincost_json: the example in Python says what the command says.
# SPDX-License-Identifier: GPL-3.0-or-later
command -v python3 >/dev/null 2>&1 || { echo 'skipped: no python3'; exit 0; }
said=$(LD_LIBRARY_PATH=build python3 examples/estimate.py) || exit 1
verdict=$(traincost check deepseek-r1 --format json | sed -n '/^ "verdict"/s/.*: "\(.*\)".*/\1/p')
bad=0
expect() { # LINE
    echo "$said" | grep -qxF "$1" && return
    echo "the example does not say: $1"
    bad=1
}
expect "its claim of \$294,000: $verdict"
expect "an error: $(traincost 512xH880 --hours 198 2>&1 | sed 's/^traincost: //')"
[ "$(echo "$said" | wc -l)" -eq 3 ] || { echo "$said"; bad=1; }
exit $bad
