# Shows a command that must be refused: its message, and whatever is not as it should be.
# SPDX-License-Identifier: GPL-3.0-or-later
refused() {
    echo "\$ traincost $*"
    traincost "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
    cat "$scratch/err"
    [ -s "$scratch/err" ] || echo 'NO MESSAGE'
    [ -s "$scratch/out" ] && echo 'SOMETHING ON STANDARD OUTPUT'
    [ $status -eq 2 ] || echo "STATUS $status"
}
