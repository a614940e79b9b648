/* Options of an estimate, by key and text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/estimate.h"

#include "base/text.h"
#include "engine/copula.h"
#include "model/outputs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct traincost_options options_default = {
    .engine = {.samples = 65536, .seed = 1, .threads = 1, .sensitivity = true, .keep = true, .level_count = 5},
    .levels = {0.05, 0.25, 0.50, 0.75, 0.95},
    .all_outputs = true,
    .all_analysed = true,
    .all_staged = true,
};

static const traincost_option option_table[] = {
    {"samples", "2048..1e10", "65536", "how many samples"},
    {"seed", "0..2^53", "1", "the same seed gives the same answer"},
    {"threads", "1..256", "1", "how many threads; the answer does not depend on it"},
    {"sampler", "qmc|mc", "qmc", "quasi-random points, or pseudo-random ones, which converge more slowly"},
    {"tolerance", "SHARE", "",
     "samples until the relative standard error of every quantile is below it, as in 0.1%"},
    {"quantiles", "LIST", "5,25,50,75,95", "which quantiles, in percent"},
    {"bins", "0..256", "0", "bins of a histogram of each figure, in JSON"},
    {"outputs", "LIST", "all", "which figures, as in rent,energy"},
    {"sensitivity", "0|1|LIST", "1", "which inputs move each figure, or the figures listed, as Sobol' indices"},
    {"stages", "0|1|LIST", "1", "what each stage gives by itself, or the figures listed, where there are several"},
    {"dollars", "YEAR|MONTH", "",
     "all dollars in those of a year, as in 2023, by the producer price index of data processing; of the day without"},
    {"correlate", "LIST", "",
     "rank correlation of inputs, as in 'rental-price,hardware-price=0.5'; more after ';' (repeatable)"},
};

const traincost_option *traincost_option_at(size_t index)
{
    return index < sizeof option_table / sizeof *option_table ? &option_table[index] : NULL;
}

traincost_options *traincost_options_new(void)
{
    traincost_options *options = malloc(sizeof *options);
    if (options)
        *options = options_default;
    return options;
}

void traincost_options_progress(traincost_options *options, traincost_progress *progress, void *context)
{
    if (!options)
        return;
    options->engine.progress = progress;
    options->engine.progress_context = context;
}

void traincost_options_free(traincost_options *options)
{
    free(options);
}

static traincost_status set_number_option(const char *key, const char *text, enum dimension dimension,
                                          double least, double most, double *value, traincost_error *error)
{
    struct quantity_rule rule = {key, dimension, least, most, false};
    quantity q;
    traincost_status status = quantity_parse(text, &rule, &q, error);
    if (status)
        return status;
    if (!quantity_is_exact(&q))
        return error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': it takes one exact number", key, text);
    if (dimension == DIMENSION_COUNT && q.a != floor(q.a))
        return error_set(error, TRAINCOST_RANGE, "%s '%.60s': it takes a whole number", key, text);
    *value = q.a;
    return TRAINCOST_OK;
}

static traincost_status set_bins(traincost_options *options, const char *text, traincost_error *error)
{
    double bins = 0;
    traincost_status status = set_number_option("bins", text, DIMENSION_COUNT, 0, 256, &bins, error);
    if (status == TRAINCOST_OK)
        options->engine.bins = (size_t)bins;
    return status;
}

static traincost_status set_sampler(traincost_options *options, const char *text, traincost_error *error)
{
    bool pseudo_random = !strcmp(text, "mc");
    if (!pseudo_random && strcmp(text, "qmc") != 0)
        return error_choice(error, "sampler", text, "qmc|mc");
    options->engine.pseudo_random = pseudo_random;
    return TRAINCOST_OK;
}

/* Copies the next item of a list to `item` and moves past it; false at the end. */
static bool next_item(const char **list, const char *between, char item[64])
{
    if (!*list)
        return false;
    size_t n = strcspn(*list, between);
    size_t kept = n < 63 ? n : 63;
    memcpy(item, *list, kept);
    item[kept] = '\0';
    *list = (*list)[n] ? *list + n + 1 : NULL;
    return true;
}

static traincost_status set_quantiles(traincost_options *options, const char *text, traincost_error *error)
{
    char item[64];
    size_t count = 0;
    double levels[OPTION_LEVELS];
    for (const char *list = text; next_item(&list, ",", item);) {
        double percent = 0;
        if (count == OPTION_LEVELS)
            return error_limit(error, LIMIT_LEVELS, "quantiles of an estimate");
        char *sign = strchr(item, '%');
        if (sign && !sign[1])
            *sign = '\0';
        traincost_status status =
            set_number_option("quantiles", item, DIMENSION_RATIO, 0, 100, &percent, error);
        if (status)
            return status;
        if (percent <= 0 || percent >= 100 || (count > 0 && percent / 100 <= levels[count - 1]))
            return error_set(error, TRAINCOST_RANGE, "quantiles '%.60s': they rise, between 0 and 100", text);
        levels[count++] = percent / 100;
    }
    memcpy(options->levels, levels, sizeof levels);
    options->engine.level_count = count;
    return TRAINCOST_OK;
}

static traincost_status read_outputs(const char *text, bool *all, bool asked[MODEL_OUTPUTS],
                                     traincost_error *error)
{
    char item[64];
    bool found[MODEL_OUTPUTS] = {false};
    for (const char *list = text; next_item(&list, ",", item);) {
        enum model_output output;
        traincost_status status = output_need("output", item, &output, error);
        if (status)
            return status;
        found[output] = true;
    }
    memcpy(asked, found, sizeof found);
    *all = false;
    return TRAINCOST_OK;
}

/* "0" and "1" are none and all. */
static traincost_status read_some(const char *key, const char *text, bool *all, bool some[MODEL_OUTPUTS],
                                  traincost_error *error)
{
    bool number = text[0] && text[strspn(text, "0123456789.")] == '\0', none = !strcmp(text, "0");
    if (number && !none && strcmp(text, "1") != 0)
        return error_set(error, TRAINCOST_RANGE, "%s '%.60s': it is 0, 1 or a list of outputs", key, text);
    if (!number)
        return read_outputs(text, all, some, error);
    memset(some, 0, MODEL_OUTPUTS * sizeof *some);
    *all = !none;
    return TRAINCOST_OK;
}

static traincost_status set_sensitivity(traincost_options *options, const char *text, traincost_error *error)
{
    traincost_status status = read_some("sensitivity", text, &options->all_analysed, options->analysed, error);
    if (status == TRAINCOST_OK)
        options->engine.sensitivity = strcmp(text, "0") != 0;
    return status;
}

/* ---- correlations ---- */

static bool same_pair(const struct correlation *x, const struct correlation *y)
{
    return (x->a == y->a && x->b == y->b) || (x->a == y->b && x->b == y->a);
}

/* Whether there are numbers that are correlated so. */
static bool can_be(const struct correlation *pairs, size_t count)
{
    double matrix[PARAMETERS * PARAMETERS] = {0};
    for (size_t i = 0; i < PARAMETERS; i++)
        matrix[i * PARAMETERS + i] = 1;
    for (size_t c = 0; c < count; c++)
        matrix[pairs[c].a * PARAMETERS + pairs[c].b] = matrix[pairs[c].b * PARAMETERS + pairs[c].a] =
            copula_normal_correlation(pairs[c].rank);
    return copula_factor(matrix, PARAMETERS);
}

static traincost_status need_quantity(const char *item, const char *key, enum parameter *parameter,
                                      traincost_error *error)
{
    traincost_status status = parameter_need(key, parameter, error);
    if (status == TRAINCOST_OK && parameter_table[*parameter].kind != KIND_QUANTITY)
        return error_set(error, TRAINCOST_SYNTAX, "correlate '%.60s': %s is no number", item, key);
    return status;
}

static char *trimmed(char *text)
{
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        text[--length] = '\0';
    return text;
}

/* "rental-price,hardware-price=0.5"; `item` is cut up. */
static traincost_status read_pair(char *item, struct correlation *pair, traincost_error *error)
{
    char whole[64];
    memcpy(whole, item, sizeof whole);
    char *comma = strchr(item, ','), *equals = strchr(item, '=');
    if (!comma || !equals || comma > equals || strchr(comma + 1, ','))
        return error_set(error, TRAINCOST_SYNTAX,
                         "correlate '%.60s': two parameters and a correlation are needed, as in "
                         "rental-price,hardware-price=0.5",
                         whole);
    *comma = *equals = '\0';
    traincost_status status = need_quantity(whole, trimmed(item), &pair->a, error);
    if (status == TRAINCOST_OK)
        status = need_quantity(whole, trimmed(comma + 1), &pair->b, error);
    if (status == TRAINCOST_OK && pair->a == pair->b)
        return error_set(error, TRAINCOST_CONFLICT, "correlate '%.60s': these are the same parameter", whole);
    if (status == TRAINCOST_OK)
        status =
            set_number_option("correlate", trimmed(equals + 1), DIMENSION_RATIO, -1, 1, &pair->rank, error);
    return status;
}

static traincost_status add_pair(char *item, struct correlation *pairs, size_t *count, traincost_error *error)
{
    struct correlation pair;
    char whole[64];
    size_t c = 0;
    memcpy(whole, item, sizeof whole);
    traincost_status status = read_pair(item, &pair, error);
    if (status)
        return status;
    while (c < *count && !same_pair(&pairs[c], &pair))
        c++;
    if (c == OPTION_CORRELATIONS)
        return error_limit(error, LIMIT_PAIRS, "pairs that are correlated");
    *count += c == *count;
    pairs[c] = pair;
    if (can_be(pairs, *count))
        return TRAINCOST_OK;
    return error_set(error, TRAINCOST_CONFLICT,
                     "correlate '%.60s': no quantities are correlated so, with those stated before: the matrix "
                     "is not positive definite",
                     whole);
}

static traincost_status set_correlations(traincost_options *options, const char *text, traincost_error *error)
{
    char item[64] = "";
    struct correlation pairs[OPTION_CORRELATIONS];
    size_t count = options->correlation_count;
    memcpy(pairs, options->correlations, sizeof pairs);
    for (const char *list = text; next_item(&list, ";", item);) {
        traincost_status status = add_pair(item, pairs, &count, error);
        if (status)
            return status;
    }
    memcpy(options->correlations, pairs, sizeof pairs);
    options->correlation_count = count;
    return TRAINCOST_OK;
}

static traincost_status refuse_option(const char *key, traincost_error *error)
{
    struct text_search search = {.given = key};
    const traincost_option *option;
    for (size_t i = 0; (option = traincost_option_at(i)); i++)
        text_try(&search, option->key);
    return error_unknown(error, "option", key, text_meant(&search), "traincost(1), Engine, has them");
}

traincost_status traincost_options_set(traincost_options *options, const char *key, const char *value,
                                       traincost_error *error)
{
    if (!options || !key || !value)
        return error_null(error, __func__);
    struct engine_settings *engine = &options->engine;
    double number = 0;
    traincost_status status;
    if (!strcmp(key, "samples"))
        return set_number_option(key, value, DIMENSION_COUNT, 2048, 1e10, &engine->samples, error);
    if (!strcmp(key, "seed"))
        return set_number_option(key, value, DIMENSION_COUNT, 0, 9007199254740992.0, &engine->seed, error);
    if (!strcmp(key, "tolerance"))
        return set_number_option(key, value, DIMENSION_SHARE, 1e-6, 1, &engine->tolerance, error);
    if (!strcmp(key, "bins"))
        return set_bins(options, value, error);
    if (!strcmp(key, "sampler"))
        return set_sampler(options, value, error);
    if (!strcmp(key, "quantiles"))
        return set_quantiles(options, value, error);
    if (!strcmp(key, "outputs"))
        return read_outputs(value, &options->all_outputs, options->asked, error);
    if (!strcmp(key, "sensitivity"))
        return set_sensitivity(options, value, error);
    if (!strcmp(key, "stages"))
        return read_some(key, value, &options->all_staged, options->staged, error);
    if (!strcmp(key, "correlate"))
        return set_correlations(options, value, error);
    if (!strcmp(key, "dollars"))
        return dollars_read(value, options->dollars, error);
    if (strcmp(key, "threads") != 0)
        return refuse_option(key, error);
    status = set_number_option(key, value, DIMENSION_COUNT, 1, 256, &number, error);
    if (status == TRAINCOST_OK)
        engine->threads = (int)number;
    return status;
}
