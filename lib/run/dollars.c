/* Cottier et al. (arXiv 2405.21015) bring costs to the dollars of one year by the producer price index of data
 * processing: so does this. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/dollars.h"

#include "base/text.h"
#include "base/text_date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char index_key[] = "data-processing-prices";
static const char index_series[] = "PCU518210518210";

traincost_status dollars_read(const char *text, char of[DOLLARS_TEXT], traincost_error *error)
{
    char plain[TEXT_DATE];
    const char *wrong = text_plain_date(text, plain);
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "dollars '%.60s': %s", text, wrong);
    size_t length = strlen(plain);
    if (length >= DOLLARS_TEXT)
        return error_set(error, TRAINCOST_SYNTAX, "dollars '%.60s': write a year, as in 2023, or a month, as in 2023-12", text);
    memcpy(of, plain, length + 1);
    return TRAINCOST_OK;
}

static bool is_index(const traincost_rate *rate)
{
    return !strcmp(rate->key, index_key) && !strcmp(rate->currency, "USD");
}

static traincost_status lacks_index(const traincost_catalog *catalog, const char *of, traincost_error *error)
{
    struct text_buffer known = {0};
    const traincost_rate *rate;
    for (size_t i = 0; (rate = traincost_catalog_rate(catalog, i)); i++)
        if (is_index(rate)) {
            text_add(&known, known.length ? ", " : "");
            text_add(&known, rate->date);
        }
    if (known.failed) {
        free(known.text);
        return error_no_memory(error);
    }
    error_set(error, TRAINCOST_RANGE, "dollars '%s': the index of data processing prices is known of %s", of,
              known.length ? known.text : "no year");
    free(known.text);
    return TRAINCOST_RANGE;
}

/* The one of that date, else of a month in that year. */
static const traincost_rate *index_of(const traincost_catalog *catalog, const char *of)
{
    const traincost_rate *rate, *found = NULL;
    size_t length = strlen(of);
    for (size_t i = 0; (rate = traincost_catalog_rate(catalog, i)); i++)
        if (is_index(rate) && !strncmp(rate->date, of, length) && (!found || !rate->date[length]))
            found = rate;
    return found;
}

/* The one of the day's month, else of its year, else the nearest. */
static const traincost_rate *index_at(const traincost_catalog *catalog, int day)
{
    return catalog_find_rate(catalog, index_key, "USD", day);
}

traincost_status dollars_find(const traincost_catalog *catalog, const char *of, int day, struct dollars *dollars,
                              traincost_error *error)
{
    *dollars = (struct dollars){.to = NULL};
    if (!*of)
        return TRAINCOST_OK;
    *dollars = (struct dollars){.to = index_of(catalog, of), .from = index_at(catalog, day)};
    if (!dollars->to)
        return lacks_index(catalog, of, error);
    snprintf(dollars->of, sizeof dollars->of, "%s", of);
    return TRAINCOST_OK;
}

double dollars_factor(const traincost_catalog *catalog, const struct dollars *dollars, int day)
{
    return dollars->to ? dollars->to->value / index_at(catalog, day)->value : 1;
}

double dollars_of_then(const traincost_catalog *catalog, const char *then, const struct dollars *dollars, int day)
{
    const traincost_rate *stated = *then ? index_of(catalog, then) : NULL;
    if (!*then)
        return dollars_factor(catalog, dollars, day);
    return stated ? (dollars->to ? dollars->to : index_at(catalog, day))->value / stated->value : NAN;
}

const char *dollars_note(const struct dollars *dollars, int day, char out[DOLLARS_NOTE])
{
    const traincost_rate *to = dollars->to, *from = dollars->from;
    char factor[TEXT_NUMBER], to_value[TEXT_NUMBER], from_value[TEXT_NUMBER], date[TEXT_DATE];
    bool alone = strcmp(dollars->of, to->date) != 0;
    text_print_digits(to->value / from->value, 5, factor);
    text_print_number(to->value, to_value);
    text_print_number(from->value, from_value);
    text_print_date(day, date);
    bool near = strncmp(from->date, date, strlen(from->date)) != 0;
    date[7] = '\0';
    snprintf(out, DOLLARS_NOTE,
             "dollars are of %s: those of %s times %s, by the producer price index of data processing (%s: %s in %s%s, "
             "%s in %s%s%s; %.120s)",
             dollars->of, near ? date : from->date, factor, index_series, to_value, to->date,
             alone ? ", all that is known of that year" : "", from_value, from->date,
             near ? ", the nearest that is known to " : "", near ? date : "", to->source);
    return out;
}

traincost_dollars dollars_public(const struct dollars *dollars)
{
    const traincost_rate *to = dollars->to, *from = dollars->from;
    return (traincost_dollars){dollars->of, index_series, to->date,  from->date, to->value, from->value,
                               to->value / from->value,   to->source};
}
