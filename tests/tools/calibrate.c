/* Prints how well the ranges hold: of rental prices, each predicted from the others, of what
 * owning costs, of published claims, and of chip-hours from compute. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/claim_calibration.h"
#include "tools/compute_calibration.h"
#include "tools/leave_one_out.h"
#include "tools/own_calibration.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void exit_without_memory(void)
{
    fputs("calibrate: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

static struct holding hold(const struct price_trial *trial)
{
    struct holding holding;
    if (!leave_one_out(trial, &holding))
        exit_without_memory();
    return holding;
}

/* ---- prices ---- */

static void print_trial(const char *name, const char *of, const struct price_trial *trial)
{
    enum { FEWEST = 5 };
    struct holding h = hold(trial);
    if (h.count < FEWEST)
        return;
    printf("%-12s %-12s %5zu %6.0f %% %6.0f %% %6.0f %% %6.0f %% %7.2f %7.2f %8.1f\n", name, of, h.count,
           100 * h.within_90, 100 * h.below, 100 * h.above, 100 * h.within_50, h.lean, h.error, h.width);
}

/* One table of what is left out, by term, then by tier. */
static void print_trials(enum held_out left, int months)
{
    printf("%-12s %-12s %5s %8s %8s %8s %8s %7s %7s %8s\n", "term", "tier", "n", "in 90 %", "below", "above",
           "in 50 %", "lean x", "off x", "p95/p5");
    for (int term = TERM_CLUSTER; term <= TERM_ANY; term++) {
        struct price_trial trial = {(enum price_term)term, TIER_ALL, left, months, false};
        print_trial(term_words[term], "all", &trial);
        for (int tier = 0; tier < TIERS && term != TERM_CLUSTER && term != TERM_ANY; tier++) {
            trial.tier = (enum price_tier)tier;
            print_trial(term_words[term], tier_words[tier], &trial);
        }
    }
    for (int tier = 0; tier < TIERS; tier++) {
        struct price_trial trial = {TERM_ANY, (enum price_tier)tier, left, months, false};
        print_trial("its own", tier_words[tier], &trial);
    }
}

static void print_forecasts(void)
{
    static const int ahead[] = {3, 6, 12, 24};
    for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) {
        printf("\nForward in time: predicted from what was seen %d months before and earlier.\n\n", ahead[i]);
        print_trials(LEFT_AHEAD, ahead[i]);
    }
}

static void print_harder(enum price_term term)
{
    static const enum held_out left[] = {LEFT_VENDOR, LEFT_CHIP, LEFT_YEAR};
    printf("%-20s", term_words[term]);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        struct price_trial trial = {term, TIER_ALL, left[i], 0, false};
        struct holding h = hold(&trial);
        printf(" %7.0f %% %4.1f", 100 * h.within_90, h.width);
    }
    putchar('\n');
}

static void print_price_holding(void)
{
    struct price_trial offered = {TERM_CLUSTER, TIER_ALL, LEFT_MONTH, 0, true};
    puts("Rental prices: each observed price is predicted from the others, without those\n"
         "of its own vendor in the same month. Good ranges hold 90 % and 50 % of them,\n"
         "and miss as many below as above.\n");
    print_trials(LEFT_MONTH, 0);
    print_trial("as offered", "all", &offered);
    puts("\nLean: the median of a price over its prediction; off: that factor either way.\n"
         "For 'cluster' each price is first brought to what a cluster pays, as the model\n"
         "does; 'as offered' leaves it as it was listed, and so counts on-demand offers of\n"
         "single chips too. 'Its own': each asked for by its own term. Fewer than five\n"
         "have no row. The model's constants were chosen on these same prices.");
    print_forecasts();
    puts("\nHarder: the share in the 90 % range, and its p95 / p5, when more is left out.\n");
    printf("%-20s %14s %14s %14s\n", "term", "its vendor", "its chip", "a year around");
    for (int term = TERM_CLUSTER; term <= TERM_ANY; term++)
        print_harder((enum price_term)term);
    puts("\nWithout its chip: how a chip fares that nobody is known to rent out, since its\n"
         "price is borrowed from chips like it.");
}

/* ---- owning ---- */

static void print_own_summary(const char *name, const struct own_trial trials[OWN_TRIALS])
{
    double factors[OWN_TRIALS], widths[OWN_TRIALS];
    size_t inside = 0;
    for (size_t i = 0; i < OWN_TRIALS; i++) {
        const struct own_trial *t = &trials[i];
        factors[i] = t->published / t->p50;
        widths[i] = t->p95 / t->p5;
        inside += t->published >= t->p5 && t->published <= t->p95;
    }
    printf("%-20s in 90 %%: %zu of %d; median factor %.2f; p95/p5 %.2f\n", name, inside, OWN_TRIALS,
           sorted_median(factors, OWN_TRIALS), sorted_median(widths, OWN_TRIALS));
}

static void print_purchases(void)
{
    static const char *const kinds[] = {"asked", "implied"};
    static const struct {
        const char *name;
        enum held_out left;
        int months;
    } rows[] = {{"its vendor's month", LEFT_MONTH, 0},
                {"its chip", LEFT_CHIP, 0},
                {"a year around", LEFT_YEAR, 0},
                {"12 months ahead", LEFT_AHEAD, 12},
                {"24 months ahead", LEFT_AHEAD, 24}};
    puts("\nPurchase prices: each is predicted without what is named, or from what was seen so\n"
         "many months before; those that were asked, and those that owning all in implies.\n");
    printf("%-20s %-8s %5s %8s %8s %8s %8s %7s %7s %8s\n", "without", "kind", "n", "in 90 %", "below", "above",
           "in 50 %", "lean x", "off x", "p95/p5");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int kind = PURCHASE_ASKED; kind <= PURCHASE_IMPLIED; kind++) {
            struct holding h;
            if (!purchases_left_out((enum purchase_kind)kind, rows[i].left, rows[i].months, &h))
                exit_without_memory();
            printf("%-20s %-8s %5zu %6.0f %% %6.0f %% %6.0f %% %6.0f %% %7.2f %7.2f %8.1f\n", rows[i].name,
                   kinds[kind], h.count, 100 * h.within_90, 100 * h.below, 100 * h.above, 100 * h.within_50,
                   h.lean, h.error, h.width);
        }
}

static void print_owning(void)
{
    static struct own_trial apart[OWN_TRIALS], as_is[OWN_TRIALS];
    if (!own_trials(false, apart) || !own_trials(true, as_is))
        exit_without_memory();
    puts("\nOwning, all in, at full use: USD a chip-hour published, against the range without\n"
         "the purchase prices that such figures imply of the chip; 'as it is' has them.\n");
    printf("%-14s %-11s %-12s %9s %7s %7s %7s %8s %3s\n", "chip", "date", "operator", "published", "5 %", "50 %",
           "95 %", "factor", "in");
    for (size_t i = 0; i < OWN_TRIALS; i++) {
        const struct own_trial *t = &apart[i];
        printf("%-14s %-11s %-12s %9.2f %7.2f %7.2f %7.2f %8.2f %3s\n", t->chip, t->date, t->operator,
               t->published, t->p5, t->p50, t->p95, t->published / t->p50,
               t->published >= t->p5 && t->published <= t->p95 ? "yes" : "-");
    }
    putchar('\n');
    print_own_summary("without the chip's", apart);
    print_own_summary("as it is", as_is);
}

/* ---- claims ---- */

static void print_calibration(const char *name, struct calibration c)
{
    if (c.count == 0) {
        printf("%-12s %5d\n", name, 0);
        return;
    }
    printf("%-12s %5zu %8.0f %% %8.0f %% %8.2f %8.1f %8.1f %9.2f %8.2f %5zu %8.0f %%\n", name, c.count,
           100 * c.within_90, 100 * c.within_50, c.factor, c.width_90, c.width_50, c.score_90, c.score_50,
           c.organizations, 100 * c.of_organizations);
}

static void print_claims(const char *title, enum trial_kind kind)
{
    static struct trial trials[TRIALS_MOST];
    size_t count = claim_trials(kind, trials);
    printf("\n%s\n\n%-36s %-10s %10s %10s %8s %6s\n", title, "run", "scope", "claim", "median", "factor", "in");
    for (size_t i = 0; i < count; i++) {
        const struct trial *t = &trials[i];
        const char *in = t->value >= t->p25 && t->value <= t->p75  ? "50 %"
                         : t->value >= t->p5 && t->value <= t->p95 ? "90 %"
                                                                   : "-";
        printf("%-36s %-10s %10.3g %10.3g %8.2f %6s%s\n", t->id, t->scope, t->value, t->p50, t->value / t->p50,
               in, t->circular ? "  circular" : "");
    }
    printf("\n%-12s %5s %10s %10s %8s %8s %8s %9s %8s %5s %10s\n", "", "runs", "in 90 %", "in 50 %", "off by x",
           "p95/p5", "p75/p25", "score 90", "score 50", "orgs", "in 90 %");
    print_calibration("independent", calibrate(trials, count, false));
    print_calibration("circular", calibrate(trials, count, true));
}

int main(void)
{
    print_price_holding();
    print_owning();
    print_purchases();
    print_claims("Dollars claimed for published runs, against the range of what they count.", TRIAL_DOLLARS);
    puts("\nOne row a run, of several tellings a confirmed one; bounds have no row. The last\n"
         "two: where each organization counts as one, whatever it published.\n"
         "Circular: the claim was computed from an assumed price, mostly a market's.");
    print_claims("Energy claimed for published runs, against the range from default power and PUE.",
                 TRIAL_ENERGY);
    puts("\nThe scope is what the source says it counts, else the best fit. Circular: the\n"
         "source computed the energy from rated power, or the hours from the energy; the\n"
         "others were measured. Score: the interval score of the logarithms.");
    print_compute_calibration();
    return EXIT_SUCCESS;
}
