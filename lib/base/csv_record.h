/* One record of a CSV, cut into cells. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_BASE_CSV_RECORD_H
#define LIB_BASE_CSV_RECORD_H

#include "base/error.h"

#include <stddef.h>

/* Begin with {0}; it is used again for the next record. */
struct csv_record {
    char **cells; /* without their quotes and the blanks at their ends; good until the next record */
    size_t *ends; /* where each ends in what was read */
    size_t count, room;
    char *text;
    size_t size;
};

/* `text` is a record without its line end, as in RFC 4180. Errors: SYNTAX (a quote that does not close, a NUL),
 * NO_MEMORY. */
traincost_status csv_record_read(struct csv_record *record, const char *text, size_t length,
                                 traincost_error *error);
void csv_record_free(struct csv_record *record);

#endif
