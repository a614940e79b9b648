/* Each ratio is told in words, and stands in a file "what,ratio" until it is measured anew. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/bench_ratios.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RATIOS = 32, RATIO_NAME = 48 };

/* What comes next may be so much worse; two runs on one machine differ by less. */
static const double ratio_slack = 0.05;

struct kept_ratio {
    char what[RATIO_NAME];
    double last, now; /* NaN: not measured */
};

static struct kept_ratio ratios[MOST_RATIOS];
static size_t ratio_count;

static struct kept_ratio *ratio_named(const char *what)
{
    size_t i = 0;
    while (i < ratio_count && strcmp(ratios[i].what, what) != 0)
        i++;
    if (i == MOST_RATIOS)
        return &ratios[MOST_RATIOS - 1];
    if (i == ratio_count) {
        snprintf(ratios[i].what, RATIO_NAME, "%.47s", what);
        ratios[i].last = ratios[i].now = NAN;
        ratio_count++;
    }
    return &ratios[i];
}

void ratios_read(const char *path)
{
    char line[128], *comma;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if ((comma = strrchr(line, ',')) && (comma[1] >= '0' && comma[1] <= '9')) {
            *comma = '\0';
            ratio_named(line)->last = strtod(comma + 1, NULL);
        }
    if (file)
        fclose(file);
}

static void tell_ratio(const char *what, double ratio, double target, bool at_least)
{
    struct kept_ratio *kept = ratio_named(what);
    bool met = at_least ? ratio >= target : ratio <= target;
    double worse = at_least ? kept->last / ratio - 1 : ratio / kept->last - 1;
    kept->now = ratio;
    printf("%-44s %8.5g   %s %g: %s", what, ratio, at_least ? "at least" : "at most", target, met ? "met" : "NOT MET");
    if (!isnan(kept->last))
        printf("; %.5g last time", kept->last);
    if (worse > ratio_slack)
        printf(", now WORSE by %.0f %%", 100 * worse);
    putchar('\n');
}

void ratio_at_least(const char *what, double ratio, double target)
{
    tell_ratio(what, ratio, target, true);
}

void ratio_at_most(const char *what, double ratio, double target)
{
    tell_ratio(what, ratio, target, false);
}

/* What was not measured here stays as it was. */
bool ratios_write(const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    fputs("what,ratio\n", file);
    for (size_t i = 0; i < ratio_count; i++)
        fprintf(file, "%s,%.5g\n", ratios[i].what, isnan(ratios[i].now) ? ratios[i].last : ratios[i].now);
    bool good = !ferror(file);
    return fclose(file) == 0 && good;
}
