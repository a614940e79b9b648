/* How well chip-hours from compute hold on published runs. */
#include "tools/compute_calibration.h"

#include "run/scenario.h"
#include "tools/leave_one_out.h"

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

/* The catalogue without what it knows of one run's MFU; `kept` has room for all rows. */
static void leave_run_out(const char *run, traincost_catalog *reduced, traincost_fact *kept)
{
    size_t count = 0;
    *reduced = catalog_builtin;
    for (size_t i = 0; i < catalog_builtin.rows.fact_count; i++) {
        const traincost_fact *fact = &catalog_builtin.rows.facts[i];
        const char *own = strstr(fact->key, "mfu") ? strrchr(fact->qualifier, ' ') : NULL;
        if (!run || !own || strcmp(own + 1, run) != 0)
            kept[count++] = *fact;
    }
    reduced->rows.facts = kept;
    reduced->rows.fact_count = count;
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
static bool predict_chip_hours(const traincost_scenario *run, size_t stage, const traincost_catalog *catalog,
                               struct compute_trial *trial)
{
    static const enum parameter work[] = {PARAMETER_TYPE,   PARAMETER_PARAMS, PARAMETER_ACTIVE_PARAMS,
                                          PARAMETER_TOKENS, PARAMETER_EPOCHS, PARAMETER_PRECISION};
    traincost_scenario *plan = need(traincost_scenario_new(catalog, NULL));
    traincost_options *options = need(traincost_options_new());
    traincost_result *result = NULL;
    bool done = !traincost_options_set(options, "outputs", "chip_hours", NULL) &&
                !traincost_options_set(options, "sensitivity", "0", NULL);
    for (size_t i = 0; i < sizeof work / sizeof *work && done; i++) {
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

size_t compute_trials(bool without_own, struct compute_trial *trials)
{
    traincost_fact *kept = need(malloc((catalog_builtin.rows.fact_count + 1) * sizeof *kept));
    traincost_catalog reduced;
    size_t count = 0;
    const traincost_run *entry;
    for (size_t i = 0; (entry = traincost_catalog_run(NULL, i)) && count < COMPUTE_TRIALS; i++) {
        traincost_scenario *run = need(traincost_scenario_new(NULL, NULL));
        size_t stage;
        leave_run_out(without_own ? entry->id : NULL, &reduced, kept);
        snprintf(trials[count].run, sizeof trials[count].run, "%s", entry->id);
        if (!traincost_scenario_find(run, entry->id, NULL) && find_compute_stage(run, entry->text, &stage) &&
            predict_chip_hours(run, stage, &reduced, &trials[count]))
            count++;
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
    printf("%-28s %5zu %11.0f %% %11.0f %% %10.2f %12.1f\n", name, h.count, 100 * h.within_90,
           100 * h.within_50, h.factor, h.width);
}

void print_compute_calibration(void)
{
    static struct compute_trial trials[COMPUTE_TRIALS];
    puts("\nChip-hours from compute: each published run that states parameters, tokens and\n"
         "chip-hours is predicted from its parameters, tokens, chip and format.\n");
    printf("%-28s %5s %13s %13s %10s %12s\n", "the run itself", "runs", "in 90 % range", "in 50 % range",
           "off by x", "p95 / p5");
    print_compute_holding("among the published", compute_hold(trials, compute_trials(false, trials)));
    size_t count = compute_trials(true, trials);
    print_compute_holding("left out", compute_hold(trials, count));
    printf("\n%-28s %12s %12s %12s %12s %6s\n", "left out, run by run", "chip-hours", "5 %", "median", "95 %",
           "factor");
    for (size_t i = 0; i < count; i++) {
        const struct compute_trial *t = &trials[i];
        bool in = t->chip_hours >= t->p5 && t->chip_hours <= t->p95;
        printf("%-28s %12.4g %12.4g %12.4g %12.4g %6.2f%s\n", t->run, t->chip_hours, t->p5, t->p50, t->p95,
               t->chip_hours / t->p50, in ? "" : "  out");
    }
    puts("\nThe constants of lib/defaults/mfu.c were chosen on these same runs.");
}
