/* How well chip-hours from compute hold on published runs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/compute_calibration.h"

#include "base/text_date.h"
#include "defaults/mfu.h"
#include "run/scenario.h"
#include "tools/leave_one_out.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *need(void *memory)
{
    if (memory)
        return memory;
    fputs("calibrate: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

static int start_of_year(int day)
{
    return (int)(floor(day / TEXT_DAYS_A_YEAR) * TEXT_DAYS_A_YEAR);
}

static bool begins_alike(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
    return true;
}

static bool leaves_out(const traincost_throughput *row, const char *id, const char *text, int day,
                        enum leave_out leave)
{
    bool own = begins_alike(row->name, id);
    switch (leave) {
    case LEAVE_RUN:
        return own;
    case LEAVE_ORGANIZATION:
        return own || begins_alike(row->organization, text ? text : "-");
    case LEAVE_FUTURE:
        return own || row->day >= day;
    case LEAVE_NOTHING:
        break;
    }
    return false;
}

/* The catalogue without the rows that are left out; `kept` has room for all. */
static void reduce_throughputs(const traincost_scenario *run, const char *id, enum leave_out leave, traincost_catalog *reduced,
                   traincost_throughput *kept)
{
    const struct setting *date = &run->settings[PARAMETER_DATE];
    size_t count = 0;
    *reduced = catalog_builtin;
    for (size_t i = 0; i < catalog_builtin.rows.throughput_count; i++) {
        const traincost_throughput *row = &catalog_builtin.rows.throughputs[i];
        if (!leaves_out(row, id, run->claim.texts[TEXT_ORGANIZATION], start_of_year(date->day), leave))
            kept[count++] = *row;
    }
    reduced->rows.throughputs = kept;
    reduced->rows.throughput_count = count;
}

static double stated_median(const struct setting *setting)
{
    return setting ? quantity_quantile(&setting->q, 0.5) : NAN;
}

static double published_chip_hours(const traincost_scenario *run, size_t stage)
{
    double given = stated_median(scenario_setting(run, stage, PARAMETER_CHIP_HOURS));
    double product = stated_median(scenario_setting(run, stage, PARAMETER_CHIPS)) *
                     stated_median(scenario_setting(run, stage, PARAMETER_HOURS));
    return isnan(given) ? product : given;
}

/* The stage of a run that states all three; false where none does, or it tells of another run again. */
static bool find_compute_stage(const traincost_scenario *run, const char *text, size_t *stage)
{
    bool again = strstr(text, "telling-of:") != NULL;
    for (*stage = 0; !again && *stage < scenario_stage_count(run); ++*stage)
        if (scenario_setting(run, *stage, PARAMETER_PARAMS) &&
            scenario_setting(run, *stage, PARAMETER_TOKENS) && published_chip_hours(run, *stage) > 0)
            return true;
    return false;
}

/* The same work as a run of its own, whose time is not stated. */
static bool predict_chip_hours(const traincost_scenario *run, size_t stage, const traincost_catalog *catalog, bool chips,
                               struct compute_trial *trial)
{
    static const enum parameter work[] = {PARAMETER_TYPE,   PARAMETER_PARAMS, PARAMETER_ACTIVE_PARAMS,
                                          PARAMETER_TOKENS, PARAMETER_EPOCHS, PARAMETER_PRECISION,
                                          PARAMETER_CHIPS};
    traincost_scenario *plan = need(traincost_scenario_new(catalog, NULL));
    traincost_options *options = need(traincost_options_new());
    traincost_result *result = NULL;
    bool done = !traincost_options_set(options, "outputs", "chip_hours", NULL) &&
                !traincost_options_set(options, "sensitivity", "0", NULL);
    for (size_t i = 0; i < sizeof work / sizeof *work - !chips && done; i++) {
        const struct setting *setting = scenario_setting(run, stage, work[i]);
        done = !setting || !traincost_scenario_set(plan, TRAINCOST_RUN, parameter_table[work[i]].public.key,
                                                   setting->text, NULL);
    }
    done = done && !traincost_estimate(plan, options, &result, NULL);
    if (done) {
        const double *q = traincost_result_find(result, "chip_hours")->quantile;
        trial->p5 = q[0];
        trial->p25 = q[1];
        trial->p50 = q[2];
        trial->p75 = q[3];
        trial->p95 = q[4];
        trial->chip_hours = published_chip_hours(run, stage);
    }
    traincost_result_free(result);
    traincost_options_free(options);
    traincost_scenario_free(plan);
    return done;
}

static void describe_trial(const traincost_scenario *run, size_t stage, struct compute_trial *trial)
{
    const struct setting *active = scenario_setting(run, stage, PARAMETER_ACTIVE_PARAMS);
    const struct setting *chips = scenario_setting(run, stage, PARAMETER_CHIPS);
    const struct setting *date = &run->settings[PARAMETER_DATE];
    double params = stated_median(scenario_setting(run, stage, PARAMETER_PARAMS));
    trial->family = scenario_setting(run, stage, PARAMETER_TYPE)->chip->family;
    trial->active = active ? stated_median(active) : params;
    trial->sparse = params > 1.3 * trial->active;
    trial->chips = chips ? stated_median(chips) : NAN;
    trial->year = date->given ? (int)(1970 + date->day / TEXT_DAYS_A_YEAR) : 0;
}

size_t compute_trials(enum leave_out leave, bool chips, struct compute_trial *trials)
{
    traincost_throughput *kept = need(malloc((catalog_builtin.rows.throughput_count + 1) * sizeof *kept));
    traincost_catalog reduced;
    size_t count = 0;
    const traincost_run *entry;
    for (size_t i = 0; (entry = traincost_catalog_run(NULL, i)) && count < COMPUTE_TRIALS; i++) {
        traincost_scenario *run = need(traincost_scenario_new(NULL, NULL));
        size_t stage;
        snprintf(trials[count].run, sizeof trials[count].run, "%s", entry->id);
        if (!traincost_scenario_find(run, entry->id, NULL) && find_compute_stage(run, entry->text, &stage)) {
            reduce_throughputs(run, entry->id, leave, &reduced, kept);
            describe_trial(run, stage, &trials[count]);
            count += predict_chip_hours(run, stage, &reduced, chips, &trials[count]);
        }
        traincost_scenario_free(run);
    }
    free(kept);
    return count;
}

struct compute_holding compute_hold(const struct compute_trial *trials, size_t count)
{
    double factors[COMPUTE_TRIALS], widths[COMPUTE_TRIALS];
    struct compute_holding h = {.count = count};
    for (size_t i = 0; i < count; i++) {
        const struct compute_trial *t = &trials[i];
        h.within_90 += (t->chip_hours >= t->p5 && t->chip_hours <= t->p95) / (double)count;
        h.within_50 += (t->chip_hours >= t->p25 && t->chip_hours <= t->p75) / (double)count;
        factors[i] = fmax(t->chip_hours / t->p50, t->p50 / t->chip_hours);
        widths[i] = t->p95 / t->p5;
    }
    qsort(factors, count, sizeof *factors, ascending_values);
    qsort(widths, count, sizeof *widths, ascending_values);
    h.factor = count ? (factors[(count - 1) / 2] + factors[count / 2]) / 2 : NAN;
    h.width = count ? (widths[(count - 1) / 2] + widths[count / 2]) / 2 : NAN;
    return h;
}

static void print_compute_holding(const char *name, struct compute_holding h)
{
    if (h.count)
        printf("%-32s %5zu %11.0f %% %11.0f %% %10.2f %12.1f\n", name, h.count, 100 * h.within_90, 100 * h.within_50,
               h.factor, h.width);
}

/* ---- parts of the trials ---- */

static bool is_hopper(const struct compute_trial *t)
{
    return !strcmp(t->family, "hopper");
}

static bool is_ampere(const struct compute_trial *t)
{
    return !strcmp(t->family, "ampere");
}

static bool is_tpu(const struct compute_trial *t)
{
    return !strncmp(t->family, "tpu", 3);
}

static bool is_other(const struct compute_trial *t)
{
    return !is_hopper(t) && !is_ampere(t) && !is_tpu(t);
}

static bool is_sparse_trial(const struct compute_trial *t)
{
    return t->sparse;
}

static bool is_dense_trial(const struct compute_trial *t)
{
    return !t->sparse;
}

static bool is_small(const struct compute_trial *t)
{
    return t->active < 5e9;
}

static bool is_middling(const struct compute_trial *t)
{
    return t->active >= 5e9 && t->active < 3e10;
}

static bool is_large(const struct compute_trial *t)
{
    return t->active >= 3e10;
}

static bool is_mainstream(const struct compute_trial *t)
{
    return !t->sparse && t->active >= 1e9 && (is_hopper(t) || is_ampere(t));
}

static bool is_late(const struct compute_trial *t)
{
    return t->year >= 2023; /* nine runs and more came before */
}

static const struct {
    const char *name;
    bool (*holds)(const struct compute_trial *);
} compute_parts[] = {
    {"  Hopper", is_hopper},
    {"  Ampere", is_ampere},
    {"  TPU", is_tpu},
    {"  other families", is_other},
    {"  dense", is_dense_trial},
    {"  sparse", is_sparse_trial},
    {"  under 5B active", is_small},
    {"  5B to 30B", is_middling},
    {"  30B and more", is_large},
    {"  dense from 1B, Ampere and Hopper", is_mainstream},
};

static void print_compute_part(const char *name, bool (*holds)(const struct compute_trial *),
                       const struct compute_trial *trials, size_t count)
{
    static struct compute_trial part[COMPUTE_TRIALS];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (holds(&trials[i]))
            part[kept++] = trials[i];
    print_compute_holding(name, compute_hold(part, kept));
}

static void print_compute_trials(const struct compute_trial *trials, size_t count)
{
    printf("\n%-28s %12s %12s %12s %12s %6s\n", "organisation left out", "chip-hours", "5 %", "median", "95 %", "factor");
    for (size_t i = 0; i < count; i++) {
        const struct compute_trial *t = &trials[i];
        bool in = t->chip_hours >= t->p5 && t->chip_hours <= t->p95;
        printf("%-28s %12.4g %12.4g %12.4g %12.4g %6.2f%s\n", t->run, t->chip_hours, t->p5, t->p50, t->p95,
               t->chip_hours / t->p50, in ? "" : "  out");
    }
}

/* ---- scaling series ---- */

/* Rows of a series next to one another: the same model, stack and chip on clusters of several sizes. */
static bool same_series(const traincost_throughput *a, const traincost_throughput *b)
{
    return !strcmp(a->name, b->name) && !strcmp(a->chip, b->chip) && !strcmp(a->format, b->format) &&
           !strcmp(a->method, b->method) && !strcmp(a->organization, b->organization);
}

/* From the MFU on the smaller cluster, what the slope says of the larger one. */
static double scaled_mfu(const traincost_throughput *from, const traincost_throughput *to)
{
    double wait = mfu_wait(from->active);
    double before = (1 + wait * from->chips / from->batch) * mfu_spread_loss(from->chips);
    double after = (1 + wait * to->chips / to->batch) * mfu_spread_loss(to->chips);
    return from->mfu * before / after;
}

struct series_holding series_hold(void)
{
    const struct rows *rows = &catalog_builtin.rows;
    struct series_holding h = {0};
    for (size_t i = 0, end; i < rows->throughput_count; i = end) {
        const traincost_throughput *all = rows->throughputs, *least = &all[i], *most = &all[i];
        for (end = i + 1; end < rows->throughput_count && same_series(&all[i], &all[end]); end++)
            most = all[end].chips > most->chips ? &all[end] : most;
        bool known = least->chips > 0 && most->chips > least->chips && least->batch > 0 && most->batch > 0;
        if (!known || !(least->active > 0) || fabs(least->sequence - most->sequence) > 0 || !strcmp(least->kind, "whole"))
            continue;
        double error = log(most->mfu / scaled_mfu(least, most)), flat = log(most->mfu / least->mfu);
        h.count++;
        h.within += fabs(error) <= log(1.2);
        h.flat_within += fabs(flat) <= log(1.2);
        h.squares += error * error;
        h.flat_squares += flat * flat;
    }
    return h;
}

static void print_series(void)
{
    struct series_holding h = series_hold();
    double count = (double)h.count;
    printf("\nScaling series: the largest cluster of each from its smallest, %zu series.\n\n", h.count);
    printf("%-32s %13s %10s\n", "", "within 20 %", "rms");
    printf("%-32s %11.0f %% %10.3f\n", "with the slope", 100 * h.within / count, sqrt(h.squares / count));
    printf("%-32s %11.0f %% %10.3f\n", "flat", 100 * h.flat_within / count, sqrt(h.flat_squares / count));
}

void print_compute_calibration(void)
{
    static struct compute_trial trials[COMPUTE_TRIALS];
    puts("\nChip-hours from compute: each published run that states parameters, tokens and\n"
         "chip-hours is predicted from its parameters, tokens, chip and format.\n");
    printf("%-32s %5s %13s %13s %10s %12s\n", "what is left out", "runs", "in 90 % range", "in 50 % range", "off by x",
           "p95 / p5");
    print_compute_holding("nothing", compute_hold(trials, compute_trials(LEAVE_NOTHING, false, trials)));
    print_compute_holding("the run", compute_hold(trials, compute_trials(LEAVE_RUN, false, trials)));
    print_compute_holding("the run; its chips are stated", compute_hold(trials, compute_trials(LEAVE_RUN, true, trials)));
    size_t count = compute_trials(LEAVE_FUTURE, false, trials);
    print_compute_holding("all from its year on", compute_hold(trials, count));
    print_compute_part("  of 2023 and later", is_late, trials, count);
    count = compute_trials(LEAVE_ORGANIZATION, false, trials);
    print_compute_holding("its organisation", compute_hold(trials, count));
    for (size_t k = 0; k < sizeof compute_parts / sizeof *compute_parts; k++)
        print_compute_part(compute_parts[k].name, compute_parts[k].holds, trials, count);
    print_compute_trials(trials, count);
    print_series();
    puts("\nThe constants of mfu.c were chosen on these same runs.");
}
