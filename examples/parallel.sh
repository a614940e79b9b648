#!/bin/sh
# The rows of a file over the cores of this machine, or of those in a file of hosts, with GNU Parallel:
#
#     parallel.sh jobs.csv 8 [OPTION...] >answers.csv
#
# `parallel --sshloginfile hosts --transferfile {}` spreads it further. It is the file in eight parts, each of which can
# be done again by itself.
# SPDX-License-Identifier: GPL-3.0-or-later
rows=$1
parts=$2
shift 2
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
seq -f %03g "$parts" | parallel --quote --halt soon,fail=0 \
    traincost batch "$rows" --part "{#}/$parts" --resume "$folder/{}" "$@"
traincost batch --merge "$folder"/*
