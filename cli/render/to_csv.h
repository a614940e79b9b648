/* RFC 4180: a row cell by cell. Numbers do not follow the locale; what is absent is empty. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TO_CSV_H
#define CLI_TO_CSV_H

#include <stdbool.h>
#include <stdio.h>

struct csv_row {
    FILE *out;
    bool begun;
};

void csv_text(struct csv_row *row, const char *text);
void csv_number(struct csv_row *row, double value);
/* Empty where 0: a figure that was never published. */
void csv_figure(struct csv_row *row, double value);
void csv_end(struct csv_row *row);

#endif
