# No colour and no character beyond ASCII where the output is no terminal, whatever the environment says.
# SPDX-License-Identifier: GPL-3.0-or-later
LC_ALL=C.UTF-8 TERM=xterm-256color traincost 8xH800 --hours 1 --date 2025-01 --explain >"$scratch/a"
NO_COLOR=1 TERM=dumb traincost 8xH800 --hours 1 --date 2025-01 --explain >"$scratch/b"
cmp "$scratch/a" "$scratch/b" && echo same
tr -d '\n -~' <"$scratch/a" | wc -c
