/* Dates as text: read, shown, and as people write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_date.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar: years run from March, so that the
 * leap day is their last. */
static int days_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400, in_era = y - era * 400;
    int in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static void date_of(int days, int *year, int *month, int *day)
{
    int z = days + 719468;
    int era = z / 146097, in_era = z - era * 146097;
    int y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * y + y / 4 - y / 100);
    int m = (5 * in_year + 2) / 153;
    *day = in_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

static int month_length(int year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return length[month - 1] + (month == 2 && leap);
}

static bool two_digits(const char *text, int *value)
{
    if (text[0] != '-' || !text_is_digit(text[1]) || !text_is_digit(text[2]))
        return false;
    *value = (text[1] - '0') * 10 + (text[2] - '0');
    return true;
}

static const char form[] = "a date is YYYY-MM-DD, YYYY-MM or YYYY";
static const char people_form[] = "a date is YYYY-MM-DD, YYYY-MM or YYYY, or as in 17 September 2025";

const char *text_date(const char *text, int *day)
{
    for (int i = 0; i < 4; i++)
        if (!text_is_digit(text[i]))
            return form;
    int year = atoi((char[]){text[0], text[1], text[2], text[3], '\0'});
    if (year < 1950 || year > 2199)
        return "the year is not between 1950 and 2199";
    int month = 7, of_month = 1;
    if (text[4] != '\0') {
        if (!two_digits(text + 4, &month))
            return form;
        if (month < 1 || month > 12)
            return "there is no such month";
        if (text[7] != '\0') {
            if (!two_digits(text + 7, &of_month) || text[10] != '\0')
                return form;
            if (of_month < 1 || of_month > month_length(year, month))
                return "that month has no such day";
        }
    }
    *day = days_of(year, month, of_month);
    return NULL;
}

const char *text_date_middle(const char *text, int *day)
{
    const char *wrong = text_date(text, day);
    if (!wrong && strlen(text) == 7)
        *day += 14;
    return wrong;
}

char *text_print_date(int day, char out[TEXT_DATE])
{
    int year = 0, month = 0, of_month = 0;
    date_of(day, &year, &month, &of_month);
    snprintf(out, TEXT_DATE, "%04u-%02u-%02u", (unsigned)year % 10000u, (unsigned)month % 100u,
             (unsigned)of_month % 100u);
    return out;
}

/* ---- as people write them ---- */

static int month_named(const char *word, size_t length)
{
    static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    char name[16] = "";
    if (length >= sizeof name)
        return 0;
    memcpy(name, word, length);
    for (int m = 0; m < 12; m++)
        if (length >= 3 && text_begins(months[m], name))
            return m + 1;
    return text_same(name, "sept") ? 9 : 0;
}

/* What a date is made of, each 0 where it is not there. */
struct date_parts {
    int year, month, day;
    int second; /* the other number in front of the year: one of the two is the month */
};

/* Of "17th": what stands behind the digits of a day. */
static bool is_ordinal(const char *ending)
{
    return text_begins(ending, "st") || text_begins(ending, "nd") || text_begins(ending, "rd") ||
           text_begins(ending, "th");
}

/* One part, false where it fits nowhere. A number behind the year is the month, if none was named. */
static bool take_date_part(struct date_parts *parts, const char *at, size_t length)
{
    size_t digits = strspn(at, "0123456789");
    int *place = digits == 0                    ? &parts->month
                 : digits == 4                  ? &parts->year
                 : parts->year && !parts->month ? &parts->month
                 : parts->day && !parts->year   ? &parts->second
                                                : &parts->day;
    bool ordinal = digits > 0 && digits <= 2 && digits + 2 == length && is_ordinal(at + digits);
    if (*place || digits > 4 || digits == 3 || (digits > 0 && digits != length && !ordinal))
        return false;
    *place = digits ? atoi(at) : month_named(at, length);
    return *place > 0;
}

/* Of "13/1/2025" and "1/13/2025" one number can be no month; behind "15.3." the year always stands behind the month. */
static bool settle_month(struct date_parts *parts, bool points)
{
    bool turned = !points && parts->second > 12;
    if (parts->second == 0)
        return true;
    if (parts->month || (!points && !turned && parts->day <= 12 && parts->day != parts->second))
        return false;
    parts->month = turned ? parts->day : parts->second;
    parts->day = turned ? parts->second : parts->day;
    return true;
}

/* "20250115" */
static bool read_digits_alone(const char *text, struct date_parts *parts)
{
    if (strspn(text, "0123456789") != 8 || text[8] || sscanf(text, "%4d%2d%2d", &parts->year, &parts->month, &parts->day) != 3)
        return false;
    return parts->month > 0 && parts->day > 0;
}

/* Whether the time of day stands behind a day, as logs have it: "2025-01-15T10:00:00Z". */
static bool has_clock(const char *text)
{
    return strlen(text) > 10 && strchr("T ", text[10]) && text_is_digit(text[11]) &&
           text[11 + strspn(text + 11, "0123456789:.+-Z")] == '\0';
}

const char *text_plain_date(const char *text, char plain[TEXT_DATE])
{
    struct date_parts parts = {0};
    int day;
    snprintf(plain, TEXT_DATE, "%.10s", text);
    const char *wrong = text_date(has_clock(text) ? plain : text, &day);
    if (wrong != form)
        return wrong;
    for (const char *at = read_digits_alone(text, &parts) ? "" : text; *at;) {
        size_t length = strcspn(at, " ,./-");
        if (length == 0 || !take_date_part(&parts, at, length))
            return people_form;
        at += length;
        if (*at && at[1] == '\0' && *at != '.')
            return people_form;
        at += *at && strchr(",./-", *at);
        at += strspn(at, " ");
    }
    if (!settle_month(&parts, strspn(text, "0123456789.") == strlen(text)))
        return "either number may be the month: write it as in 2025-09-17";
    if (!parts.year || (parts.day && !parts.month))
        return people_form;
    snprintf(plain, TEXT_DATE,
             parts.day     ? "%04d-%02d-%02d"
             : parts.month ? "%04d-%02d"
                           : "%04d",
             parts.year, parts.month, parts.day);
    return text_date(plain, &day);
}

const char *text_day_asked(const char *text, int *day)
{
    char plain[TEXT_DATE];
    const char *wrong = text_plain_date(text, plain);
    return wrong ? wrong : text_date_middle(plain, day);
}
