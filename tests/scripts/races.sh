#!/bin/sh
# The engine and a command on several threads under the thread sanitizer.
# SPDX-License-Identifier: GPL-3.0-or-later
. tests/sanitized.sh
works -fsanitize=thread || { echo 'skipped: no thread sanitizer'; exit 0; }
built -fsanitize=thread build/tsan unit-tests || exit 1
quietly $b/traincost 512xH800 --hours 198 --threads 4
many_rows 30 >"$tmp/rows.csv"
ended 1 $b/traincost batch "$tmp/rows.csv" --threads 2
ended 1 $b/traincost batch "$tmp/rows.csv" --threads 2 --total --outputs rent,energy
quietly $b/traincost claims openai --threads 2
CK_FORK=no CK_DEFAULT_TIMEOUT=0 quietly $o/unit-tests engine
exit $bad
