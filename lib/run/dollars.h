/* Dollars of another year than the day's, by an index of prices. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_DOLLARS_H
#define LIB_DOLLARS_H

#include "catalog/catalog.h"

enum { DOLLARS_TEXT = 8 };

struct dollars {
    char of[DOLLARS_TEXT];           /* "2023", "2023-12"; "": each figure's own day */
    const traincost_rate *to, *from; /* the index of that time, and at the run's date; NULL: as above */
};

/* Reads a year or a month. Errors: SYNTAX. */
traincost_status dollars_read(const char *text, char of[DOLLARS_TEXT], traincost_error *error);

/* Dollars of that year or month, of a run at a day; `of` "" for those of the day. Errors: RANGE, with what there is. */
traincost_status dollars_find(const traincost_catalog *catalog, const char *of, int day, struct dollars *dollars,
                              traincost_error *error);
/* What dollars of that day become; 1 where they stay. */
double dollars_factor(const traincost_catalog *catalog, const struct dollars *dollars, int day);

/* What dollars of the year or month `then` ("": of that day) become; NaN where its index is not known. */
double dollars_of_then(const traincost_catalog *catalog, const char *then, const struct dollars *dollars, int day);

/* "dollars are of 2023: those of 2022 times 1.0153, by the producer price index ...", at that day. */
enum { DOLLARS_NOTE = 640 };
const char *dollars_note(const struct dollars *dollars, int day, char out[DOLLARS_NOTE]);
/* As it is handed out. */
traincost_dollars dollars_public(const struct dollars *dollars);

#endif
