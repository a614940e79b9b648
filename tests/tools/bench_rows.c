/* Rows of `batch`, interleaved with numpy doing the same row in one vectorised call: chip-hours, rent, wear, energy and
 * CO2e from 4,096 samples of nine inputs, three quantiles each. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* popen */
#include "tools/bench_rows.h"
#include "tools/bench_ratios.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <traincost.h>

enum { BENCH_ROWS = 4000, BENCH_ROUNDS = 3 };

static const char numpy_row[] =
    "import time\n"
    "import numpy as np\n"
    "rng = np.random.default_rng(1)\n"
    "def row():\n"
    "    z = rng.standard_normal((9, 4096))\n"
    "    price, part, pue, tariff, grid = (m * np.exp(s * z[i]) for i, (m, s) in enumerate(\n"
    "        [(2.2, .3), (.76, .18), (1.25, .07), (.08, .3), (.38, .2)]))\n"
    "    chip, server, net = (m * np.exp(s * z[5 + i]) for i, (m, s) in enumerate(\n"
    "        [(28e3, .42), (1.65, .14), (1.19, .06)]))\n"
    "    loss, hours = .14 + .024 * z[8], 512. * 198.\n"
    "    energy = hours * 1.26 * part * pue\n"
    "    wear = hours * chip * 10 ** (-loss * 1.2) * loss * 2.3 / 8766\n"
    "    outputs = [np.full(4096, hours), hours * price, wear * server * net + energy * tariff, energy, energy * grid]\n"
    "    return [np.quantile(x, [.05, .5, .95]) for x in outputs]\n"
    "row()\n"
    "t = time.process_time()\n"
    "for _ in range(200): row()\n"
    "print((time.process_time() - t) / 200)\n";

static double numpy_seconds(void)
{
    char command[sizeof numpy_row + 64], line[64] = "";
    snprintf(command, sizeof command, "python3 -c '%s' 2>/dev/null", numpy_row);
    FILE *pipe = popen(command, "r");
    bool read = pipe && fgets(line, sizeof line, pipe);
    return pipe && pclose(pipe) == 0 && read ? strtod(line, NULL) : -1;
}

static double seconds_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Of processor time a row, or with threads of the clock; negative where it fails. */
static double rows_seconds(const char *outputs, const char *threads, clockid_t clock)
{
    static const char *const types[] = {"H100", "H800", "A100", "tpu-v5p", "MI300X", "B200"};
    static char texts[BENCH_ROWS][64];
    static traincost_row rows[BENCH_ROWS];
    static const char header[] = "chips,type,hours,date";
    traincost_options *options = traincost_options_new_for_rows();
    traincost_batch *batch = NULL;
    const char *columns = NULL;
    double seconds = -1;
    for (int i = 0; i < BENCH_ROWS; i++) {
        snprintf(texts[i], sizeof texts[i], "%d,%s,%d,202%d-%02d", 64 + i, types[i % 6], 10 + i % 700, 4 + i % 2,
                 1 + i % 12);
        rows[i] = (traincost_row){.text = texts[i], .length = strlen(texts[i])};
    }
    if (options && (!outputs || traincost_options_set(options, "outputs", outputs, NULL) == TRAINCOST_OK) &&
        traincost_options_set(options, "threads", threads, NULL) == TRAINCOST_OK &&
        traincost_batch_new(NULL, options, &batch, NULL) == TRAINCOST_OK &&
        traincost_batch_columns(batch, header, strlen(header), &columns, NULL) == TRAINCOST_OK &&
        traincost_batch_answer(batch, rows, BENCH_ROWS / 10, NULL) == TRAINCOST_OK) {
        double began = seconds_of(clock);
        if (traincost_batch_answer(batch, rows, BENCH_ROWS, NULL) == TRAINCOST_OK)
            seconds = (seconds_of(clock) - began) / (double)BENCH_ROWS;
    }
    traincost_batch_free(batch);
    traincost_options_free(options);
    return seconds;
}

static double lesser(double a, double b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

void measure_rows(void)
{
    double five = -1, rent = -1, numpy = -1, one = -1, two = -1;
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        five = lesser(five, rows_seconds(NULL, "1", CLOCK_PROCESS_CPUTIME_ID));
        numpy = lesser(numpy, numpy_seconds());
        rent = lesser(rent, rows_seconds("rental_usd", "1", CLOCK_PROCESS_CPUTIME_ID));
        one = lesser(one, rows_seconds(NULL, "1", CLOCK_MONOTONIC));
        two = lesser(two, rows_seconds(NULL, "2", CLOCK_MONOTONIC));
    }
    puts("\nrows of batch, 4,096 samples, processor time\n");
    printf("%-44s %8.4f ms\n", "five outputs", 1e3 * five);
    if (numpy > 0)
        printf("%-44s %8.4f ms\n", "the same by numpy, one vectorised call", 1e3 * numpy);
    printf("%-44s %8.4f ms\n\n", "rent alone", 1e3 * rent);
    if (numpy > 0)
        ratio_at_least("numpy over a row of five outputs", numpy / five, 9);
    else
        puts("numpy is not here");
    ratio_at_least("rows of rent a second", 1 / rent, 50000);
    ratio_at_least("two threads as fast as one over rows", one / two, 1.9);
}
