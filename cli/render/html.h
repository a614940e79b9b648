/* Parts of a page: one HTML file that fetches nothing, with its style, its script and the answer as data. What
 * is written is escaped here; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_HTML_H
#define CLI_HTML_H

#include "render/picture.h"

#include <stdbool.h>
#include <stdio.h>
#include <traincost.h>

void html_begin(FILE *out, const char *title);
/* With the answer as JSON, which ends the page. */
void html_end(FILE *out, const char *foot, const char *json);

/* An element with a text; `class` may be "". */
void html_text(FILE *out, const char *element, const char *class, const char *text);
/* A text with its address, where that is one. */
void html_link(FILE *out, const char *url, const char *text);
/* For wide places and for narrow ones. False where memory ran out. */
bool html_figure(FILE *out, struct picture *picture);
/* A part that a reader can fold. */
void html_open(FILE *out, const char *title, bool open);
void html_close(FILE *out);
/* A field that leaves only the rows of the table `id` that have the words typed. */
void html_search(FILE *out, const char *id);

struct html_column {
    const char *title;
    const char
        *class; /* "", "n" of numbers, "k" of a word that is kept whole, "extra": left out in narrow places */
};

struct html_table {
    FILE *out;
    const struct html_column *columns;
    size_t count, at;
    bool begun;                  /* a row */
    const char *followed;        /* the output of the lists below */
    char times[160], stale[160]; /* of the sliders that it follows exactly, and otherwise */
};

/* `class` is "", "sortable", "stack" (a row is a block in narrow places) or several; `id` may be "". */
void html_table_begin(struct html_table *table, FILE *out, const char *class, const char *id,
                      const struct html_column *columns, size_t count);
void html_table_row(struct html_table *table);
void html_table_end(struct html_table *table);

/* The next cell of the row: a text, a link, or a figure that stands at `path` of the JSON. NaN is an empty
 * cell. The text of a figure is made of its value, unless it is given. `scaled` is the result whose sliders
 * move it and `output` its key, or both NULL. */
void html_cell_text(struct html_table *table, const char *text);
void html_cell_link(struct html_table *table, const char *url, const char *text);
struct html_value {
    double value;
    const char *unit, *path, *text;
    const traincost_result *scaled;
    const char *output;
};
void html_cell_value(struct html_table *table, const struct html_value *value);

/* Sliders of the parameters that figures of the result are exactly a product of. */
void html_sliders(FILE *out, const traincost_result *result);

/* The texts that the build makes of page.css and page.js, and the hash of the script. */
extern const char *const html_style[], *const html_script[];
extern const char html_script_hash[];

#endif
