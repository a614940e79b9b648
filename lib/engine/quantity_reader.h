/* The reader of a quantity's text, which its files share: what stands there, and the number that begins it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_QUANTITY_READER_H
#define LIB_QUANTITY_READER_H

#include "engine/quantity.h"

struct quantity_reader {
    const char *text;
    const char *at;
    const struct quantity_rule *rule;
    traincost_error *error;
    bool in_call; /* a comma then parts two numbers */
};

/* A number as it was read. */
struct read_number {
    double raw;              /* as its digits say, multiplied out */
    double written, telling; /* the place of its last digit, and of the last that is not 0; 0: it is counted */
    struct unit_found unit;
};

/* Products and squares of such numbers stay finite; nothing that is counted here comes near. */
static const double quantity_largest = 1e30;

/* Says what is wrong with the text at `at`, and returns the status. */
traincost_status quantity_refuse(const struct quantity_reader *r, traincost_status status, const char *at,
                                 const char *reason);

bool reader_letter(char c);
bool reader_figure(char c);
void reader_skip(struct quantity_reader *r);
/* Whether the word stands there, after blanks; goes past it. */
bool reader_take(struct quantity_reader *r, const char *word);

/* A number with its sign, its multiplier and its unit; a clock, a product of numbers. */
traincost_status reader_number(struct quantity_reader *r, struct read_number *n);

/* The number, or another beside it, in the base unit of its dimension. */
double number_value(const struct read_number *n);
double number_in_base(const struct read_number *n, double value);

#endif
