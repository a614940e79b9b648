/* What several pictures have in common. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pictures.h"

#include "display.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

static void show_end(double value, const char *unit, char out[DISPLAY_FIGURE])
{
    display_output(value, unit, out);
    if (!*out)
        strcpy(out, "-");
}

const char *picture_range(struct picture *picture, double low, double high, const char *unit)
{
    char from[DISPLAY_FIGURE], to[DISPLAY_FIGURE];
    show_end(low, unit, from);
    show_end(high, unit, to);
    if (low == high || !strcmp(from, to))
        return picture_say(picture, "%s", to);
    char *same = strchr(from, ' ');
    const char *other = strchr(to, ' ');
    if (same && other && !strcmp(same, other))
        *same = '\0';
    return picture_say(picture, "%s to %s", from, to);
}

double picture_quantile(const traincost_result *result, const traincost_output *figure, double level)
{
    for (size_t i = 0; i < figure->levels; i++)
        if (fabs(traincost_result_level(result, i) - level) < 1e-9)
            return figure->quantile[i];
    return NAN;
}

/* Where 5 % or 95 % were not asked for: the lowest or the highest that were. */
static double end_at(const traincost_result *result, const traincost_output *figure, double level)
{
    double found = picture_quantile(result, figure, level);
    if (!isnan(found) || !figure->levels)
        return found;
    return figure->quantile[level < 0.5 ? 0 : figure->levels - 1];
}

void mark_output(struct picture *picture, struct panel *panel, const traincost_result *result,
                 const traincost_output *figure, const char *what, enum hue hue)
{
    struct mark *mark = panel_mark(picture, panel, MARK_RANGE, hue);
    mark->low = end_at(result, figure, 0.05);
    mark->lower = picture_quantile(result, figure, 0.25);
    mark->middle = picture_quantile(result, figure, 0.5);
    mark->upper = picture_quantile(result, figure, 0.75);
    mark->high = end_at(result, figure, 0.95);
    mark->tip = picture_say(
        picture, "%s: %s%s%s", what, picture_range(picture, mark->low, mark->high, figure->unit),
        isnan(mark->middle) ? "" : ", median ",
        isnan(mark->middle) ? "" : picture_range(picture, mark->middle, mark->middle, figure->unit));
}

void picture_tell_dollars(struct picture *picture, const traincost_dollars *dollars)
{
    char words[DOLLARS_WORDS];
    dollars_words(dollars, words);
    if (*words)
        picture->lead = picture_say(picture, "%s%s%s", picture->lead, *picture->lead ? " " : "", words);
}

void picture_cite(struct picture *picture, const struct output *output)
{
    picture->foot =
        picture_say(picture, "%s%s%s", output->foot, *picture->source ? ". Claimed in: " : "", picture->source);
}
