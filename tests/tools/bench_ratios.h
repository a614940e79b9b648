/* Ratios that the benchmark finds, beside their targets and those of the last time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_RATIOS_H
#define TESTS_BENCH_RATIOS_H

#include <stdbool.h>

/* Reads what was kept; a file that is not there keeps nothing. */
void ratios_read(const char *path);

/* Prints a line: the ratio, whether the target is met, and what it was last time. */
void ratio_at_least(const char *what, double ratio, double target);
void ratio_at_most(const char *what, double ratio, double target);

/* Keeps what was told for the next time; false where it cannot. */
bool ratios_write(const char *path);

#endif
