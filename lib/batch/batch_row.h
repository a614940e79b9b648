/* Many rows: what they share, and what one thread needs for a row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_BATCH_ROW_H
#define LIB_BATCH_ROW_H

#include "answers/estimate.h"
#include "base/csv_record.h"
#include "base/text.h"
#include "engine/sample_cache.h"
#include "run/naming.h"

/* Stated for every row. */
struct batch_statement {
    struct naming naming;
    char *value;
};

/* What one thread uses again for each of its rows. */
struct batch_bench {
    traincost_batch *batch;
    traincost_row *rows;
    traincost_error *error;
    struct csv_record cells;
    struct traincost_options options; /* with its own cache of samples */
    struct default_cache *defaults;
};

struct traincost_batch {
    const traincost_catalog *catalog;
    struct traincost_options options; /* of a row: on one thread */
    struct batch_statement *stated;
    size_t stated_count;
    bool claims;            /* a claim is stated, or a column for one */
    struct naming *columns; /* of a CSV; NULL: rows are JSON */
    size_t column_count;
    struct text_buffer header;
    const char *outputs[MODEL_OUTPUTS]; /* that each row gives, where its inputs do */
    size_t output_count;
    struct batch_bench *benches;
    size_t bench_count;
    struct text_buffer *answers; /* of the rows at hand */
    size_t answer_room;
    struct portfolio *portfolio; /* all rows together; NULL: no total is kept */
    traincost_result **results;  /* of the rows at hand, for the total; as many as there are answers */
    size_t left_out;             /* rows that gave none */
    traincost_error *total_error;
    traincost_status total_status;
    struct text_buffer total;
};

/* A row's answer. */
struct batch_answer {
    traincost_result *result;
    traincost_report *report; /* NULL: nothing is claimed */
};

/* A column or member is somebody's own, unless it is what others call a key that is needed and that nothing else
 * states: that key, or NULL. */
const char *batch_called(const traincost_batch *batch, const char *name);
/* States what holds for every row. */
traincost_status batch_state_all(const traincost_batch *batch, traincost_scenario *run, traincost_error *error);
/* An empty run that shares what was found for others; NULL after an error. */
traincost_scenario *batch_new_run(const struct batch_bench *bench);
/* Estimates the run, and checks what it claims where claims are asked for. The answer is to be freed in any case. */
traincost_status batch_answer_run(const struct batch_bench *bench, const traincost_scenario *run,
                                  struct batch_answer *answer);
void batch_answer_free(struct batch_answer *answer);
/* Hands the result over to the total, where one is kept. */
void batch_keep_result(const struct batch_bench *bench, const traincost_row *row, struct batch_answer *answer);
/* The scope that the verdict is about; NULL where there is none. */
const traincost_scope *batch_scope(const traincost_report *report);

/* Adds the row's answer to `out`, an error too, whose status it gives. */
traincost_status batch_answer_cells(struct batch_bench *bench, const traincost_row *row, struct text_buffer *out);
traincost_status batch_answer_line(struct batch_bench *bench, const traincost_row *row, struct text_buffer *out);

/* Takes the results of `count` rows into the total, and frees them. Where that fails the total says so, once. */
void batch_add_results(traincost_batch *batch, size_t count);

/* A comma and a cell. */
void batch_add_number(struct text_buffer *out, double value);
void batch_add_text(struct text_buffer *out, const char *text);

#endif
