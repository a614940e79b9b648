/* A CSV row cell by cell. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/to_csv.h"

#include <math.h>
#include <string.h>

static void next_cell(struct csv_row *row)
{
    if (row->begun)
        putc(',', row->out);
    row->begun = true;
}

void csv_text(struct csv_row *row, const char *text)
{
    next_cell(row);
    if (!text)
        return;
    /* A spreadsheet would take these for the beginning of a formula, and do what it says. */
    bool formula = *text && strchr("=+-@\t", *text);
    /* Only what needs quotes gets them: libcsv would quote every cell. */
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    fputs(quoted ? "\"" : "", row->out);
    fputs(formula ? "'" : "", row->out);
    for (; *text; text++)
        fputs(*text == '"' ? "\"\"" : (char[]){*text, '\0'}, row->out);
    fputs(quoted ? "\"" : "", row->out);
}

/* The locale may be the host program's: whatever it writes for the point becomes one. */
static void put_number(FILE *out, double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.10g", value);
    bool point = false;
    for (const char *at = text; *at; at++) {
        bool plain = strchr("0123456789+-e", *at) != NULL;
        if (plain || !point)
            putc(plain ? *at : '.', out);
        point = point || !plain;
    }
}

void csv_number(struct csv_row *row, double value)
{
    next_cell(row);
    if (isfinite(value))
        put_number(row->out, value);
}

void csv_figure(struct csv_row *row, double value)
{
    csv_number(row, value != 0 ? value : NAN);
}

void csv_end(struct csv_row *row)
{
    fputs("\r\n", row->out);
    row->begun = false;
}
