/* The table of outputs in text: a row each, a column a quantile. */
#ifndef CLI_OUTPUT_TABLE_H
#define CLI_OUTPUT_TABLE_H

#include "display.h"
#include "render/render_estimate.h"

struct output_row_kind;

enum {
    LABEL_COLUMNS = 21,
    LEAST_COLUMN = 10,
    MOST_LEVELS = (DISPLAY_WIDTH - LABEL_COLUMNS) / LEAST_COLUMN,
    REMARK = 80,
};

struct output_row {
    const struct output_row_kind *kind; /* NULL: by its key */
    const char *key;
    char figures[MOST_LEVELS][DISPLAY_FIGURE];
    char remark[REMARK];
};

struct output_table {
    const struct output *output;
    const struct estimate_view *view;
    size_t levels[MOST_LEVELS]; /* which quantiles are shown */
    size_t level_count;
    size_t column; /* their width */
    struct output_row *rows;
    size_t count;
};

bool is_level(double level, double wanted);
bool figure_is_exact(const traincost_output *figure);
/* The figure of that level to the digits that its error supports. */
void show_output(const traincost_output *figure, size_t level, char out[DISPLAY_FIGURE]);

/* Chooses the quantiles that fit, makes the rows, and prints them: in this order. */
void choose_table_levels(struct output_table *t);
void fill_output_rows(struct output_table *t);
void print_output_rows(const struct output_table *t);

#endif
