/* Names of outputs, of formats and of quantiles. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/words.h"

#include <math.h>
#include <stdio.h>

const char *const format_names[TRAINCOST_FORMATS] = {
    [TRAINCOST_FP32] = "fp32", [TRAINCOST_TF32] = "tf32", [TRAINCOST_BF16] = "bf16", [TRAINCOST_FP16] = "fp16",
    [TRAINCOST_FP8] = "fp8",   [TRAINCOST_FP4] = "fp4",   [TRAINCOST_INT8] = "int8",
};

const char *output_words(const char *key)
{
    const traincost_output_kind *kind = traincost_output_kind_find(key);
    return kind ? kind->word : key;
}

const char *prices_words(const traincost_result *result, char out[PRICES_WORDS])
{
    char date[DISPLAY_FIGURE];
    const traincost_dollars *dollars = traincost_result_dollars(result);
    display_month(traincost_result_date(result), date);
    snprintf(out, PRICES_WORDS, "%.16s prices%s%.8s%s", date, dollars ? ", in " : "", dollars ? dollars->of : "",
             dollars ? " dollars" : "");
    return out;
}

const char *dollars_words(const traincost_dollars *dollars, char out[DOLLARS_WORDS])
{
    *out = '\0';
    if (dollars)
        snprintf(out, DOLLARS_WORDS,
                 "Dollars are of %.8s, by the producer price index of data processing (%.40s, %.200s).", dollars->of,
                 dollars->index, dollars->source);
    return out;
}

void level_name(double level, char out[LEVEL_NAME])
{
    char percent[DISPLAY_FIGURE];
    display_number(100 * level, 10, false, percent);
    snprintf(out, LEVEL_NAME, "p%.*s", LEVEL_NAME - 2, percent);
}

void level_title(double level, char out[DISPLAY_FIGURE])
{
    char percent[DISPLAY_FIGURE];
    display_number(100 * level, 6, false, percent);
    if (fabs(level - 0.5) < 1e-9)
        snprintf(out, DISPLAY_FIGURE, "median");
    else
        snprintf(out, DISPLAY_FIGURE, "%.*s %%", DISPLAY_FIGURE - 3, percent);
}
