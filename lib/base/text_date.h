/* Dates as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_TEXT_DATE_H
#define LIB_TEXT_DATE_H

/* Dates are days since 1970-01-01. `YYYY-MM-DD` is that day, `YYYY-MM` the first of its month, `YYYY` the
 * first of July. Returns NULL, or why it is not a date. */
const char *text_date(const char *text, int *day);
/* The same, but a month stands for its middle, the 15th: where something is looked up by its date. */
const char *text_date_middle(const char *text, int *day);
#define TEXT_DAYS_A_YEAR 365.25
#define TEXT_DATE 16
char *text_print_date(int day, char out[TEXT_DATE]);

/* A date as people write it ("January 2025", "17 Sept. 2025", "September 17, 2025", "2025/9/17") as one of the three
 * forms above, which are left as they are. Returns NULL, or why it is not a date. */
const char *text_plain_date(const char *text, char plain[TEXT_DATE]);
/* The day of such a date, a month standing for its middle. */
const char *text_day_asked(const char *text, int *day);

#endif
