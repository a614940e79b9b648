/* Where an axis has its ticks, and what stands at them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/picture.h"

#include "display.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Howard Hinnant's days_from_civil, with the year beginning in March. */
static double civil_days(int year, int month, int day)
{
    int shifted = year - (month <= 2), era = shifted / 400, of_era = shifted - 400 * era;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return (double)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

double date_days(const char *date)
{
    int year = atoi(date), month = 7, day = 1;
    size_t length = strlen(date);
    if (length >= 7) {
        month = atoi(date + 5);
        day = length >= 10 ? atoi(date + 8) : 15;
    }
    return civil_days(year, month, day);
}

void days_date(double days, char out[DATE_TEXT])
{
    int year = 1970 + (int)floor(days / 365.2425), month = 12;
    while (civil_days(year, 1, 1) > days)
        year--;
    while (civil_days(year + 1, 1, 1) <= days)
        year++;
    while (month > 1 && civil_days(year, month, 1) > days)
        month--;
    snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000u, (unsigned)month % 100u,
             (1u + (unsigned)(days - civil_days(year, month, 1))) % 100u);
}

static void label_tick(const struct picture_axis *axis, struct axis_tick *tick)
{
    if (!strcmp(axis->unit, "share")) {
        char percent[DISPLAY_FIGURE];
        display_number(100 * tick->value, 3, false, percent);
        snprintf(tick->text, sizeof tick->text, "%.50s %%", percent);
    } else if (!strcmp(axis->unit, "count") && tick->value < 1e6)
        display_number(tick->value, DISPLAY_EXACT, true, tick->text);
    else
        display_short(tick->value, axis->unit, tick->text);
    tick->label = tick->text;
}

static size_t add_tick(const struct picture_axis *axis, struct axis_tick *ticks, size_t count, double value)
{
    if (count == AXIS_TICKS || value < axis->low || value > axis->high)
        return count;
    ticks[count].value = fabs(value) < 1e-9 * (axis->high - axis->low) && axis->kind == AXIS_LINEAR ? 0 : value;
    label_tick(axis, &ticks[count]);
    return count + 1;
}

/* Powers of ten; where there are fewer than two, their halves and fifths as well. */
static size_t log_ticks(const struct picture_axis *axis, size_t most, struct axis_tick *ticks)
{
    static const double parts[] = {1, 2, 5};
    int first = (int)floor(log10(axis->low)), last = (int)ceil(log10(axis->high));
    size_t count = 0;
    int stride = 1;
    int inside = (int)(floor(log10(axis->high)) - ceil(log10(axis->low)));
    while (inside > 0 && (size_t)(inside / stride + 1) > most)
        stride += stride < 3 ? 1 : 3;
    bool fine = last - first <= 2 && most >= 2;
    for (int decade = first - ((first % stride) + stride) % stride; decade <= last; decade += stride)
        for (size_t p = 0; p < (fine ? 3 : 1); p++)
            count = add_tick(axis, ticks, count, parts[p] * pow(10, decade));
    return count;
}

static double nice_step(double span, size_t most)
{
    double rough = span / (double)(most > 1 ? most : 1), ten = pow(10, floor(log10(rough)));
    double times = rough / ten;
    return ten * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

static size_t linear_ticks(const struct picture_axis *axis, size_t most, struct axis_tick *ticks)
{
    double step = nice_step(axis->high - axis->low, most);
    size_t count = 0;
    for (double n = ceil(axis->low / step); n * step <= axis->high && count < most + 1; n++)
        count = add_tick(axis, ticks, count, n * step);
    return count;
}

/* Years, or so many months. */
static size_t date_ticks(const struct picture_axis *axis, size_t most, struct axis_tick *ticks)
{
    static const int strides[] = {3, 6, 12, 24, 60, 120, 240, 600};
    double months = (axis->high - axis->low) / 30.44;
    size_t s = 0, count = 0;
    while (s + 1 < sizeof strides / sizeof *strides && months / strides[s] > (double)most)
        s++;
    char date[DATE_TEXT];
    days_date(axis->low, date);
    int year = atoi(date), stride = strides[s];
    year -= stride > 12 ? year % (stride / 12) : 0;
    for (int month = 0; count < AXIS_TICKS; month += stride) {
        double at = civil_days(year + month / 12, 1 + month % 12, 1);
        if (at > axis->high)
            break;
        if (at < axis->low)
            continue;
        ticks[count].value = at;
        days_date(at, date);
        snprintf(ticks[count].text, sizeof ticks[count].text, "%.*s", stride >= 12 ? 4 : 7, date);
        ticks[count].label = ticks[count].text;
        count++;
    }
    return count;
}

size_t axis_ticks(const struct picture_axis *axis, size_t most, struct axis_tick ticks[AXIS_TICKS])
{
    most = most < 1 ? 1 : most > AXIS_TICKS / 4 ? AXIS_TICKS / 4 : most;
    switch (axis->kind) {
    case AXIS_LOG:
        return log_ticks(axis, most, ticks);
    case AXIS_LINEAR:
        return linear_ticks(axis, most, ticks);
    case AXIS_DATES:
        return date_ticks(axis, most, ticks);
    }
    return 0;
}
