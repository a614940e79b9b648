/* What a number counts, and the units that may stand behind it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_UNITS_H
#define LIB_UNITS_H

#include <stdbool.h>
#include <stddef.h>

/* It decides which units a number may carry. */
enum dimension {
    DIMENSION_COUNT,
    DIMENSION_CHIPS,
    DIMENSION_TOKENS,
    DIMENSION_PARAMS,
    DIMENSION_TIME,      /* in hours */
    DIMENSION_CHIP_TIME, /* in chip-hours */
    DIMENSION_SECONDS,   /* in seconds */
    DIMENSION_YEARS,     /* in years */
    DIMENSION_MONTHS,    /* in months */
    DIMENSION_POWER,
    DIMENSION_ENERGY,
    DIMENSION_MASS,
    DIMENSION_MONEY,
    DIMENSION_MONEY_PER_HOUR,
    DIMENSION_MONEY_PER_KWH,
    DIMENSION_MONEY_PER_KW_MONTH,
    DIMENSION_CARBON,
    DIMENSION_SHARE,
    DIMENSION_RATIO,
    DIMENSION_FLOP,
    DIMENSION_THROUGHPUT, /* in tokens/s, or in TFLOP/s */
    DIMENSIONS
};

/* What a price or a throughput was stated for; what that is in chips the quantity does not know. */
enum unit_per { PER_UNSAID, PER_CHIP, PER_SERVER };
/* What a throughput was stated in; RATE_UNSAID is a bare number. */
enum unit_rate { RATE_UNSAID, RATE_TOKENS, RATE_TFLOP };

/* Currencies by their ISO codes; 0 is USD. */
enum { CURRENCY_USD, CURRENCIES = 12 };
extern const char *const currency_codes[CURRENCIES];

/* What stood behind a number: value x times / over is in the base unit. */
struct unit_found {
    double multiplier; /* of k, M, million; 1 where there was none */
    double times, over;
    double per_times, per_over; /* of what follows "per": a month, an MWh */
    int currency;               /* of money: CURRENCY_... ; -1 where none was named */
    enum unit_per per;
    bool has_multiplier, has_unit, has_per, is_percent;
    enum unit_rate rate; /* of a throughput */
    bool may_be_yen;
};

extern const struct unit_found unit_none;

/* Reads what stands at `text`, after blanks: a multiplier, a unit, both or nothing; `found` keeps what was there
 * before (a sign in front of the number). Returns the bytes taken, or -1 for something that is no unit of that
 * dimension, of which `*wrong` is the start. */
int unit_read(enum dimension dimension, const char *text, struct unit_found *found, const char **wrong);

/* A currency's sign or code in front of a number; returns the bytes taken, 0 where there is none. */
size_t unit_currency(const char *text, struct unit_found *found);

/* One unit of time, in hours as times / over; `in_compound` takes "m" for minutes. Returns the bytes taken. */
size_t unit_time(const char *text, bool in_compound, struct unit_found *found);

bool dimension_is_money(enum dimension dimension);
bool dimension_is_time(enum dimension dimension);
/* "a power"; and what to write, with every unit that is taken. */
const char *dimension_name(enum dimension dimension);
const char *dimension_usage(enum dimension dimension);

#endif
