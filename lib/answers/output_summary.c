/* A figure with its name and unit, and whether it can be told. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/output_summary.h"

#include "base/error.h"

#include <math.h>

traincost_output output_summary(enum model_output output, const struct engine_figure *figure, size_t levels)
{
    const traincost_output_kind *kind = &output_kinds[output];
    return (traincost_output){.key = kind->key,
                              .unit = kind->unit,
                              .help = kind->help,
                              .mean = figure->mean,
                              .mean_se = figure->mean_se,
                              .sd = figure->sd,
                              .levels = levels,
                              .quantile = figure->quantile,
                              .quantile_se = figure->quantile_se,
                              .bins = figure->bins,
                              .bin_edge = figure->bin_edge,
                              .bin_share = figure->bin_share,
                              .sd_se = figure->sd_se};
}

static bool is_finite(const traincost_output *output)
{
    bool finite = isfinite(output->mean) && isfinite(output->sd);
    bool known = !isinf(output->mean_se) && !isinf(output->sd_se); /* NaN: nobody asked for errors */
    for (size_t q = 0; q < output->levels; q++) {
        finite = finite && isfinite(output->quantile[q]);
        known = known && !isinf(output->quantile_se[q]);
    }
    return finite && known;
}

/* Whether the square of its spread is lost beside 0. */
static bool is_lost(const traincost_output *output)
{
    return output->levels && output->sd <= 0 && output->quantile[0] < output->quantile[output->levels - 1];
}

traincost_status output_check(const traincost_output *output, traincost_error *error)
{
    bool finite = is_finite(output);
    if (finite && !is_lost(output))
        return TRAINCOST_OK;
    return error_set(error, TRAINCOST_RANGE, "%s: what is stated makes it too %s to be computed", output->key,
                     finite ? "small" : "large");
}
