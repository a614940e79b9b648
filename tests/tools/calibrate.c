/* Prints how well the ranges hold: of rental prices, each predicted from the others, of published
 * claims, and of chip-hours from compute. */
#include "tools/claim_calibration.h"
#include "tools/compute_calibration.h"
#include "tools/leave_one_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void hold(enum price_term term, enum held_out left, bool as_offered, struct holding *holding)
{
    if (leave_one_out(term, left, as_offered, holding))
        return;
    fputs("calibrate: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

static void print_holding(const char *name, enum price_term term, bool as_offered)
{
    struct holding h;
    hold(term, LEFT_MONTH, as_offered, &h);
    printf("%-20s %6zu %11.0f %% %11.0f %% %10.2f %12.1f\n", name, h.count, 100 * h.within_90,
           100 * h.within_50, h.error, h.width);
}

static void print_harder(enum price_term term)
{
    static const enum held_out left[] = {LEFT_VENDOR, LEFT_CHIP, LEFT_YEAR};
    printf("%-20s", term_words[term]);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        struct holding h;
        hold(term, left[i], false, &h);
        printf(" %7.0f %% %4.1f", 100 * h.within_90, h.width);
    }
    putchar('\n');
}

static void print_price_holding(void)
{
    puts("Rental prices: each observed price is predicted from the others, without those\n"
         "of its own vendor in the same month. Good ranges hold 90 % and 50 % of them.\n");
    printf("%-20s %6s %13s %13s %10s %12s\n", "term", "prices", "in 90 % range", "in 50 % range", "off by x",
           "p95 / p5");
    print_holding("cluster", TERM_CLUSTER, false);
    print_holding("cluster, as offered", TERM_CLUSTER, true);
    for (int term = TERM_ON_DEMAND; term <= TERM_ANY; term++)
        print_holding(term_words[term], (enum price_term)term, false);
    puts("\nOff by: the median factor between a price and its prediction. For 'cluster' each\n"
         "price is first brought to what a cluster pays, as the model does; 'as offered'\n"
         "leaves it as it was listed, and so counts on-demand offers of single chips too.\n"
         "The model's constants were chosen on these same prices.\n");
    puts("Harder: the share in the 90 % range, and its p95 / p5, when more is left out.\n");
    printf("%-20s %14s %14s %14s\n", "term", "its vendor", "its chip", "a year around");
    for (int term = TERM_CLUSTER; term <= TERM_ANY; term++)
        print_harder((enum price_term)term);
    puts("\nWithout its chip: how a chip fares that nobody is known to rent out, since its\n"
         "price is borrowed from chips like it. Without a year around: a forecast.");
}

/* ---- claims ---- */

static void print_calibration(const char *name, struct calibration c)
{
    if (c.count == 0) {
        printf("%-22s %5d\n", name, 0);
        return;
    }
    printf("%-22s %5zu %8.0f %% %8.0f %% %8.2f %9.1f %8.1f %9.2f %8.2f\n", name, c.count, 100 * c.within_90,
           100 * c.within_50, c.factor, c.width_90, c.width_50, c.score_90, c.score_50);
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
    printf("\n%-22s %5s %10s %10s %8s %9s %8s %9s %8s\n", "", "runs", "in 90 %", "in 50 %", "off by x",
           "p95/p5", "p75/p25", "score 90", "score 50");
    print_calibration("independent", calibrate(trials, count, false));
    print_calibration("circular", calibrate(trials, count, true));
}

int main(void)
{
    print_price_holding();
    print_claims("Dollars claimed for published runs, against the range of what they count.", TRIAL_DOLLARS);
    puts("\nOne row a run, of several tellings a confirmed one; bounds have no row.\n"
         "Circular: the claim was computed from an assumed price, mostly a market's.");
    print_claims("Energy claimed for published runs, against the range from default power and PUE.",
                 TRIAL_ENERGY);
    puts("\nThe scope is what the source says it counts, else the best fit. Circular: the\n"
         "source computed the energy from rated power, or the hours from the energy; the\n"
         "others were measured. Score: the interval score of the logarithms.");
    print_compute_calibration();
    return EXIT_SUCCESS;
}
