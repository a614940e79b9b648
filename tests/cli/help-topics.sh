# `help KEY`, for keys of each kind: what moves only where it is widened, what has no figure, what is option and output.
# SPDX-License-Identifier: GPL-3.0-or-later
for topic in power epochs tdp flop active-params goodput pue type chip-hours accelerators; do
    echo "\$ traincost help $topic"
    traincost help "$topic"
done
