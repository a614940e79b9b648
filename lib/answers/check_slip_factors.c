/* Every factor by which a figure of this run is usually wrong, with its name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_slip_factors.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct factor_words {
    const char *high, *low; /* what makes a figure too high, and too low; NULL: it does not */
};

/* In the order of slip_figure. */
static const struct factor_words server_words[SLIP_FIGURES] = {
    {"price per %s taken for one chip", "%ss counted as one chip each"},
    {"%ss counted as one chip each", "hours of %ss taken for chip-hours"},
    {"power of %s taken for one chip", "power of one chip taken for %s"},
    {"power of %s taken for one chip", "power of one chip taken for %s"},
    {NULL, NULL},
};
static const struct factor_words thousand_words[SLIP_FIGURES] = {
    {"thousands taken for millions", "millions taken for thousands"},
    {"thousands taken for millions", "millions taken for thousands"},
    {"a unit one step too high, as MWh for kWh", "a unit one step too low, as kWh for MWh"},
    {"a unit one step too high, as t for kg", "a unit one step too low, as kg for t or g for kg"},
    {"thousands taken for millions", "millions taken for thousands"},
};
static const struct factor_words clock_words = {
    "hours summed over the chips taken for wall-clock hours",
    "wall-clock hours and hours summed over the chips taken for one another"};
static const struct factor_words sparse_words = {"dense peak taken for the one with sparsity",
                                                 "peak with sparsity taken for the dense one"};
static const struct factor_words forward_words = {
    "the whole pass taken for the forward pass alone",
    "forward pass alone: 2 FLOP a parameter and token in place of 6"};
static const struct factor_words recomputed_words = {
    "recomputation counted: 8 FLOP a parameter and token in place of 6", NULL};
static const struct factor_words trillion_words = {NULL, "figure per trillion tokens taken for the whole run"};

static void factor_add(struct traincost_report *report, struct slip_factors *list, double factor,
                       struct factor_words words)
{
    if (!(factor > 1.05) || list->count == SLIP_FACTORS || report->failed)
        return;
    for (size_t i = 0; i < list->count; i++)
        if (fabs(list->items[i].factor / factor - 1) < 1e-6)
            return; /* the first name of a factor is the likelier one */
    list->items[list->count++] = (struct slip_factor){factor, words.high, words.low, 1, false};
}

static struct slip_factor *last_factor(struct slip_factors *list, size_t before)
{
    return list->count > before ? &list->items[list->count - 1] : NULL;
}

/* ---- chips of a device ---- */

/* Chips that are two of what others count: dies that rent and register as one each, GPUs of a board, cores. */
static const struct {
    const char *id, *part;
} doubles[] = {{"mi250", "die"},       {"mi250x", "die"},   {"ascend-910c", "die"}, {"k80", "board of 2 GPUs"},
               {"tpu-v2", "core"},     {"tpu-v3", "core"},  {"tpu-v4", "core"},     {"tpu-v5p", "core"},
               {"h100-nvl", "pair of 2 boards"}};

static void add_doubles(struct traincost_report *report, const traincost_chip *chip, enum slip_figure figure,
                        struct slip_factors *list)
{
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        if (strcmp(doubles[i].id, chip->id) != 0)
            continue;
        bool whole = strstr(doubles[i].part, " of 2") != NULL;
        const char *one = report_text(report, (const char *[]){doubles[i].part, "s counted as one chip each",
                                                               NULL});
        const char *other =
            figure == SLIP_MONEY
                ? report_text(report, (const char *[]){"price of one ", doubles[i].part,
                                                       " taken for the whole chip", NULL})
                : report_text(report,
                              (const char *[]){"one ", doubles[i].part, " taken for the whole chip", NULL});
        factor_add(report, list, 2, whole ? (struct factor_words){other, one} : (struct factor_words){one, other});
    }
}

/* "8-chip server"; a server of 72 is a rack. */
static void add_devices(struct traincost_report *report, const traincost_chip *chip, enum slip_figure figure,
                        struct slip_factors *list)
{
    bool tpu = !strcmp(chip->kind, "tpu");
    double sizes[2] = {chip->chips_per_server, tpu && chip->chips_per_server != 4 ? 4 : 0};
    for (size_t i = 0; i < 2; i++) {
        char device[48], high[128], low[128];
        bool power = figure == SLIP_ENERGY || figure == SLIP_CARBON;
        if (sizes[i] < 2 || !server_words[figure].high)
            continue;
        snprintf(device, sizeof device, "%s%.0f-chip %s", !power ? "" : sizes[i] == 8 ? "an " : "a ", sizes[i],
                 sizes[i] > 16 ? "rack" : tpu ? "device" : "server");
        snprintf(high, sizeof high, server_words[figure].high, device);
        snprintf(low, sizeof low, server_words[figure].low, device);
        factor_add(report, list, sizes[i],
                   (struct factor_words){report_text(report, (const char *[]){high, NULL}),
                                         report_text(report, (const char *[]){low, NULL})});
    }
}

/* ---- of the run ---- */

static double most_tokens(const traincost_scenario *run)
{
    double most = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated tokens = stated_parameter(run, s, PARAMETER_TOKENS);
        if (tokens.given && tokens.value > most)
            most = tokens.value;
    }
    return most;
}

/* The figure is that of one stage: its chip-hours, or its chip-hours at the price. */
static void add_stage_shares(struct traincost_report *report, struct slip_factors *list)
{
    const traincost_scenario *run = report->run;
    struct stated total = stated_total(run);
    for (size_t s = 0; run->stage_count > 1 && total.given && s < run->stage_count; s++) {
        double share = stated_chip_hours(run, s).value / total.value;
        const char *name = run->stages[s].name ? run->stages[s].name : "unnamed";
        factor_add(report, list, 1 / share,
                   (struct factor_words){NULL, report_text(report, (const char *[]){
                                                  "hours of one stage taken for the whole run: ", name, NULL})});
    }
}

/* "64*8" that lost its sign: 648 is 64 and 8, which would be 512. The product, or 0. Of nodes there is a power of
 * two, at least 8; else 48 or 512 would be one too. */
static double lost_product(double chips, char text[64])
{
    static const int servers[] = {16, 8, 4, 2};
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
        double base = servers[i] >= 10 ? 100 : 10, nodes = floor(chips / base);
        bool even = nodes >= 8 && nodes < 1e6 && ((int)nodes & ((int)nodes - 1)) == 0;
        if (chips == floor(chips) && even && chips - base * nodes == servers[i]) {
            snprintf(text, 64, "%d*%d read as %d", (int)nodes, servers[i], (int)chips);
            return nodes * servers[i];
        }
    }
    return 0;
}

/* The chips stated are too many for it, so that the figure, which is right, looks too low beside them. */
static void add_lost_sign(struct traincost_report *report, struct slip_factors *list)
{
    const traincost_scenario *run = report->run;
    double total = 0, mended = 0;
    char text[64] = "";
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS), work = stated_chip_hours(run, s);
        double product = chips.given ? lost_product(chips.value, text) : 0;
        total += work.value;
        mended += product > 0 ? work.value * product / chips.value : work.value;
    }
    if (*text)
        factor_add(report, list, total / mended,
                   (struct factor_words){NULL, report_text(report, (const char *[]){text, NULL})});
}

/* Chip-hours over the wall clock: the chips that work at once. */
static double chips_together(const traincost_scenario *run)
{
    double chip_hours = 0, hours = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS);
        struct stated clock = stated_parameter(run, s, PARAMETER_HOURS);
        if (!chips.given)
            return NAN;
        chip_hours += chips.value * (clock.given ? clock.value : 1);
        hours += clock.given ? clock.value : 1;
    }
    return chip_hours / hours;
}

/* ---- compute ---- */

/* The peaks that are at hand when another chip's is taken. */
static const char *const usual_chips[] = {"a100-sxm-80", "h100-sxm", "v100-sxm2-16", "b200", "tpu-v3",
                                          "tpu-v4",      "tpu-v5p",  "mi250x",       "mi300x"};

static double half_peak(const traincost_chip *chip)
{
    return chip->peak[TRAINCOST_BF16] > 0 ? chip->peak[TRAINCOST_BF16] : chip->peak[TRAINCOST_FP16];
}

static void add_peaks(struct traincost_report *report, const traincost_chip *chip, struct slip_factors *list)
{
    for (size_t i = 0; i < sizeof usual_chips / sizeof *usual_chips; i++) {
        const traincost_chip *other;
        if (traincost_catalog_find(report->run->catalog, usual_chips[i], &other, NULL, NULL) != TRAINCOST_OK)
            continue;
        double ratio = half_peak(chip) / half_peak(other);
        const char *words = report_text(report, (const char *[]){"peak of ", other->name, " taken for that of ",
                                                                 chip->name, NULL});
        size_t before = list->count;
        if (ratio > 1)
            factor_add(report, list, ratio, (struct factor_words){words, NULL});
        else
            factor_add(report, list, 1 / ratio, (struct factor_words){NULL, words});
        struct slip_factor *added = last_factor(list, before);
        if (added)
            added->needs = 2; /* of so many chips one is near to any factor */
    }
}

static void add_compute(struct traincost_report *report, const traincost_chip *chip, struct slip_factors *list)
{
    factor_add(report, list, 2, sparse_words);
    factor_add(report, list, 3, forward_words);
    factor_add(report, list, 4 / 3.0, recomputed_words);
    if (chip)
        add_peaks(report, chip, list);
}

/* ---- all ---- */

void slip_factors_find(struct traincost_report *report, enum slip_figure figure, struct slip_factors *list)
{
    const traincost_scenario *run = report->run;
    const struct setting *type = scenario_setting(run, 0, PARAMETER_TYPE);
    const traincost_chip *chip = type ? type->chip : NULL;
    list->count = 0;
    if (figure == SLIP_COMPUTE || !stated_total(run).given)
        add_compute(report, chip, list);
    if (figure != SLIP_COMPUTE && chip) {
        add_doubles(report, chip, figure, list);
        add_devices(report, chip, figure, list);
    }
    factor_add(report, list, 1000, thousand_words[figure]);
    factor_add(report, list, most_tokens(run) / 1e12, trillion_words);
    if (figure == SLIP_COMPUTE)
        return;
    add_stage_shares(report, list);
    add_lost_sign(report, list);
    size_t before = list->count;
    factor_add(report, list, chips_together(run), clock_words);
    if (last_factor(list, before))
        last_factor(list, before)->rare = true;
}
