#!/bin/sh
# Commands under valgrind: no read of what was not written, nothing left behind.
# SPDX-License-Identifier: GPL-3.0-or-later
. tests/sanitized.sh
nm build/traincost | grep -q -e __asan_ -e __tsan_ && { echo 'skipped: valgrind does not run what a sanitizer built'; exit 0; }
command -v valgrind >/dev/null 2>&1 || { echo 'skipped: no valgrind'; exit 0; }
check='valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=all'
quietly $check build/traincost 512xH800 --hours 198 --samples 2048 --format json
quietly $check build/traincost chips H100
exit $bad
