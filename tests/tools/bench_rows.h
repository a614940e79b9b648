/* Rows of `batch` beside numpy doing the same row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H

/* Prints the time of a row, and what it is of numpy's. */
void measure_rows(void);

#endif
