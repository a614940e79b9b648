/* Prints how well the ranges of rental prices hold: every price of the catalogue is predicted from the others
 * and compared with what was seen. */
#include "leave_one_out.h"

#include <stdio.h>
#include <stdlib.h>

static void hold(enum price_term term, enum left_out left, bool as_offered, struct holding *holding)
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
    static const enum left_out left[] = {LEFT_VENDOR, LEFT_CHIP, LEFT_YEAR};
    printf("%-20s", term_words[term]);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        struct holding h;
        hold(term, left[i], false, &h);
        printf(" %7.0f %% %4.1f", 100 * h.within_90, h.width);
    }
    putchar('\n');
}

int main(void)
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
    return EXIT_SUCCESS;
}
