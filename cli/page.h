/* A page of text: paragraphs and tables that fit the width of the output, or the same as Markdown. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include "output.h"

#include <stdbool.h>
#include <stddef.h>

/* A line that is read first: bold on a terminal. */
void page_title(const struct output *output, const char *text);

/* An empty line. */
void page_gap(const struct output *output);

/* A paragraph after `lead`, the lines that follow the first indented by `indent`. Nothing where it is empty. */
void page_paragraph(const struct output *output, const char *lead, const char *text, size_t indent);

/* The same, with its blanks as they stand where it fits. */
void page_line(const struct output *output, const char *lead, const char *text, size_t indent);

enum { GRID_COLUMNS = 24 };

/* How a column is shown. */
enum grid_manner {
    GRID_LEFT = 0,
    GRID_RIGHT = 1,
    GRID_WRAPS = 2, /* narrower than its text where the page is */
};

struct grid_shape {
    enum grid_manner manner;
    int spare; /* 0: it stays; where the page is too narrow the highest goes first */
    size_t width;
    bool gone;
};

/* A table that is filled cell by cell, and printed once. */
struct grid {
    struct grid_shape columns[GRID_COLUMNS];
    size_t column_count;
    size_t indent, gap;
    char **cells; /* by rows; NULL: empty. The first row has the titles */
    size_t cell_count, room;
    bool failed; /* memory ran out */
};

void grid_begin(struct grid *grid, size_t indent);
void grid_column(struct grid *grid, const char *title, enum grid_manner manner, int spare);
/* The next cell; past the last column the next row begins. */
void grid_cell(struct grid *grid, const char *text);
/* Empty cells up to the end of a row that was begun; an empty line. */
void grid_end_row(struct grid *grid);
void grid_gap(struct grid *grid);
/* Without printing. */
void grid_free(struct grid *grid);
/* Prints and frees it; which columns went stays. False where memory ran out. */
bool grid_print(struct grid *grid, const struct output *output);

#endif
