/* Numbers, dates and names as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* timegm */
#include "unit/count.h"
#include "base/text.h"
#include "base/text_date.h"

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * 0x2545f4914f6cdd1du;
}

/* Any finite double above zero, subnormal ones too. */
static double random_double(void)
{
    for (;;) {
        uint64_t bits = next_random() >> 1;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value) && value > 0)
            return value;
    }
}

static bool same_bits(double a, double b)
{
    return !memcmp(&a, &b, sizeof a);
}

static void agree_with_strtod(const char *text)
{
    double value = -1, expected = strtod(text, NULL);
    size_t taken = text_number(text, &value);
    if (taken != strlen(text) || !same_bits(value, expected))
        ck_abort_msg("'...%s' is read as %.17g, %zu bytes; strtod has %.17g",
                     strlen(text) > 40 ? text + strlen(text) - 40 : text, value, taken, expected);
}

/* ---- numbers ---- */

START_TEST(numbers_read_as_strtod_reads_them)
{
    char text[64];
    for (int i = 0; i < 100000; i++) {
        snprintf(text, sizeof text, "%.*e", (int)(next_random() % 20), random_double());
        agree_with_strtod(text);
    }
}
END_TEST

START_TEST(long_decimals_read_as_strtod_reads_them)
{
    char text[128];
    for (int i = 0; i < 100000; i++) {
        size_t digits = 1 + next_random() % 40, point = next_random() % digits, n = 0;
        for (size_t j = 0; j < digits; j++) {
            if (j == point && j > 0)
                text[n++] = '.';
            text[n++] = (char)('0' + next_random() % 10);
        }
        snprintf(text + n, sizeof text - n, "e%d", (int)(next_random() % 640) - 320);
        agree_with_strtod(text);
    }
}
END_TEST

START_TEST(a_number_may_be_very_long)
{
    static const char *const ends[] = {"1", "1.5", "17e3", "2.5e-3"};
    char text[1200];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        memset(text, '0', 700);
        strcpy(text + 700, ends[i]);
        agree_with_strtod(text);
    }
    memset(text, '7', 700);
    strcpy(text + 700, "e-690");
    agree_with_strtod(text);
    memset(text, '0', 700);
    text[1] = '.';
    strcpy(text + 700, "25e700");
    agree_with_strtod(text);
}
END_TEST

static const struct {
    const char *text;
    size_t taken;
    double value;
} starts[] = {
    {"1_000", 5, 1000}, {"1_0_0", 5, 100},  {"1__0", 1, 1},
    {"_1", 0, 0},       {"1_", 1, 1},       {"1_.5", 1, 1},
    {"1._5", 1, 1},     {"1.2_5", 5, 1.25}, {"1_000.000_1", 11, 1000.0001},
    {"1e1_0", 3, 10},   {"1_e5", 1, 1},     {"1..2", 1, 1},
    {"1.", 1, 1},       {".5", 2, 0.5},     {".", 0, 0},
    {"", 0, 0},         {"-1", 0, 0},       {"+1", 0, 0},
    {" 1", 0, 0},       {"nan", 0, 0},      {"inf", 0, 0},
    {"infinity", 0, 0}, {"0x10", 1, 0},     {"1e", 1, 1},
    {"1e+", 1, 1},      {"1e+5", 4, 1e5},   {"1E-5", 4, 1e-5},
    {"12kW", 2, 12},    {"3e24", 4, 3e24},  {"1,5", 1, 1},
    {"1.5.2", 3, 1.5},  {"1d5", 1, 1},      {"1p5", 1, 1},
    {"007", 3, 7},      {"2e.5", 1, 2},
};

START_TEST(a_number_ends_where_its_form_ends)
{
    double value = 0;
    size_t taken = text_number(starts[_i].text, &value);
    ck_assert_msg(taken == starts[_i].taken, "'%s': %zu bytes were taken", starts[_i].text, taken);
    ck_assert(taken == 0 || same_bits(value, starts[_i].value));
}
END_TEST

START_TEST(what_no_double_holds_is_infinite_or_zero)
{
    double value = 0;
    ck_assert_uint_eq(text_number("1e400", &value), 5);
    ck_assert(isinf(value) && value > 0);
    ck_assert_uint_eq(text_number("1e99999999999999999999", &value), 22);
    ck_assert(isinf(value));
    ck_assert_uint_eq(text_number("1e-400", &value), 6);
    ck_assert(value == 0);
}
END_TEST

static void check_round_trip(double value)
{
    char text[TEXT_NUMBER];
    double back = -1;
    text_print_number(value, text);
    bool negative = text[0] == '-';
    size_t taken = text_number(text + negative, &back);
    back = negative ? -back : back;
    if (taken + negative != strlen(text) || !same_bits(back, value))
        ck_abort_msg("%.17g is printed as '%s'", value, text);
    if (strtod(text, NULL) != value)
        ck_abort_msg("'%s' is no number to strtod", text);
}

START_TEST(numbers_print_so_that_they_read_back)
{
    for (int i = 0; i < 100000; i++)
        check_round_trip(i % 2 ? random_double() : -random_double());
    for (int i = 0; i < 100000; i++)
        check_round_trip((double)(next_random() % 2000000) / 100.0 * pow(10, (int)(next_random() % 30) - 12));
    for (double power = 5e-324; power <= 1e308; power *= 10)
        check_round_trip(power);
}
END_TEST

START_TEST(the_shortest_text_is_printed)
{
    char text[TEXT_NUMBER], shorter[64];
    for (int i = 0; i < 20000; i++) {
        double value = random_double();
        int used = 0, zeros = 0;
        text_print_number(value, text);
        for (const char *p = text; *p && *p != 'e'; p++) {
            used += *p != '.' && (used > 0 || *p != '0');
            zeros = *p == '0' ? zeros + 1 : 0;
        }
        used -= strpbrk(text, ".e") ? 0 : zeros;
        snprintf(shorter, sizeof shorter, "%.*e", used > 1 ? used - 2 : 0, value);
        if (used > 1 && strtod(shorter, NULL) == value)
            ck_abort_msg("%s is longer than %s", text, shorter);
    }
}
END_TEST

static const struct {
    double value;
    int digits;
    const char *text;
} prints[] = {
    {0, 6, "0"},
    {1, 6, "1"},
    {-2.5, 6, "-2.5"},
    {1234567, 3, "1230000"},
    {0.1, 17, "0.10000000000000001"},
    {0.1, 15, "0.1"},
    {1e-5, 6, "0.00001"},
    {1.25e-6, 6, "1.25e-6"},
    {1e15, 6, "1000000000000000"},
    {1e16, 6, "1e16"},
    {9.9996, 4, "10"},
    {99.96, 3, "100"},
    {1.0 / 3, 4, "0.3333"},
    {512, 1, "500"},
    {INFINITY, 6, "inf"},
    {-INFINITY, 6, "-inf"},
    {NAN, 6, "nan"},
    {-0.0, 6, "0"},
};

START_TEST(digits_are_rounded_and_zeros_dropped)
{
    char text[TEXT_NUMBER];
    ck_assert_str_eq(text_print_digits(prints[_i].value, prints[_i].digits, text), prints[_i].text);
}
END_TEST

static const struct {
    double value;
    int digits;
    const char *text;
} grouped[] = {
    {0, 6, "0"},           {999, 6, "999"},           {1000, 6, "1,000"},     {-1000, 6, "-1,000"},   {-999.5, 6, "-999.5"},
    {12345.678, 7, "12,345.68"}, {1234567, 3, "1,230,000"}, {0.12345, 4, "0.1235"}, {1e15, 6, "1,000,000,000,000,000"},
    {1e16, 6, "1e16"},     {1.5e16, 6, "1.5e16"},     {1e-6, 6, "1e-6"},      {INFINITY, 6, "inf"},   {NAN, 6, "nan"},
};

START_TEST(thousands_are_parted)
{
    char text[TEXT_NUMBER];
    ck_assert_str_eq(text_print_grouped(grouped[_i].value, grouped[_i].digits, text), grouped[_i].text);
}
END_TEST

/* ---- locale ---- */

static bool set_comma(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8",  "de_DE",       "fr_FR.UTF-8",
                                        "es_ES.UTF-8", "it_IT.UTF-8", "ru_RU.UTF-8", "pl_PL.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]) && !strcmp(localeconv()->decimal_point, ","))
            return true;
    setlocale(LC_ALL, "C");
    return false;
}

START_TEST(the_locale_changes_nothing)
{
    char text[TEXT_NUMBER];
    double value = 0;
    if (!set_comma()) {
        fputs("text: no locale with a decimal comma is installed, so none was tried\n", stderr);
        return;
    }
    ck_assert_uint_eq(text_number("1.5", &value), 3);
    ck_assert(same_bits(value, 1.5));
    ck_assert_uint_eq(text_number("1,5", &value), 1);
    ck_assert_str_eq(text_print_number(1234.5, text), "1234.5");
    ck_assert_str_eq(text_print_digits(1.25e-9, 6, text), "1.25e-9");
    for (int i = 0; i < 1000; i++) {
        double x = random_double();
        text_print_number(x, text);
        ck_assert(strchr(text, ',') == NULL && text_number(text, &value) == strlen(text) &&
                  same_bits(x, value));
    }
    setlocale(LC_ALL, "C");
}
END_TEST

/* ---- dates ---- */

static int day_of_text(int year, int month, int day)
{
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return (int)(timegm(&tm) / 86400);
}

START_TEST(every_day_is_the_one_of_the_system)
{
    char text[64], back[TEXT_DATE];
    int first = day_of_text(1950, 1, 1), last = day_of_text(2199, 12, 31);
    for (int day = first; day <= last; day++) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        int read = -1000000;
        ck_assert(gmtime_r(&seconds, &tm) != NULL);
        snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        if (text_date(text, &read) || read != day || strcmp(text_print_date(day, back), text))
            ck_abort_msg("%s is read as day %d and printed as %s", text, read, back);
    }
    ck_assert_int_eq(last - first + 1, 91311);
}
END_TEST

START_TEST(a_month_is_its_first_day_and_a_year_its_middle)
{
    char text[64];
    for (int year = 1950; year < 2200; year++) {
        int read = 0;
        snprintf(text, sizeof text, "%d", year);
        ck_assert(!text_date(text, &read) && read == day_of_text(year, 7, 1));
        for (int month = 1; month <= 12; month++) {
            snprintf(text, sizeof text, "%d-%02d", year, month);
            ck_assert(!text_date(text, &read) && read == day_of_text(year, month, 1));
        }
    }
}
END_TEST

static const struct {
    const char *text, *plain;
} people_dates[] = {{"2025", "2025"},
                    {"2025-01", "2025-01"},
                    {"2025-01-17", "2025-01-17"},
                    {"January 2025", "2025-01"},
                    {"jan 2025", "2025-01"},
                    {"Sept. 2025", "2025-09"},
                    {"Mar-2024", "2024-03"},
                    {"2025 Mar", "2025-03"},
                    {"17 September 2025", "2025-09-17"},
                    {"September 17, 2025", "2025-09-17"},
                    {"May 1st, 2025", "2025-05-01"},
                    {"the", NULL},
                    {"29-Feb-2024", "2024-02-29"},
                    {"29 Feb 2025", NULL},
                    {"2025/9/7", "2025-09-07"},
                    {"2025.09.17", "2025-09-17"},
                    {"2025-9", "2025-09"},
                    {"2025-01-15T10:00:00Z", "2025-01-15"},
                    {"2025-01-15 10:00:00+01:00", "2025-01-15"},
                    {"2025-01-15 noon", NULL},
                    {"09/10/2025", NULL},
                    {"9/9/2025", "2025-09-09"},
                    {"13/1/2025", "2025-01-13"},
                    {"1/13/2025", "2025-01-13"},
                    {"13-01-2025", "2025-01-13"},
                    {"13/14/2025", NULL},
                    {"10.09.2025", "2025-09-10"},
                    {"10.9.2025", "2025-09-10"},
                    {"9.13.2025", NULL},
                    {"1.2.3.2025", NULL},
                    {"20250506", "2025-05-06"},
                    {"20251306", NULL},
                    {"20250500", NULL},
                    {"202505", NULL},
                    {"2025050600", NULL},
                    {"17 Sept 5 2025", NULL},
                    {"17/2025", NULL},
                    {"17 2025", NULL},
                    {"2025 17 Jan", NULL},
                    {"Jan Feb 2025", NULL},
                    {"Ja 2025", NULL},
                    {"Sep 17 25", NULL},
                    {"Septembers 2025", NULL},
                    {"Jan 17xx 2025", NULL},
                    {"Jan 17 2025th", NULL},
                    {"17 September", NULL},
                    {"2025-", NULL},
                    {"2025--01", NULL},
                    {"-2025", NULL},
                    {"2025-Q1", NULL},
                    {"0 Jan 2025", NULL},
                    {"Jan 2025 2026", NULL},
                    {"Jan 99999999999999999999 2025", NULL},
                    {"January 1949", NULL},
                    {"", NULL},
                    {" ", NULL}};

START_TEST(a_date_is_taken_as_people_write_it)
{
    char plain[TEXT_DATE];
    int day, same;
    const char *text = people_dates[_i].text, *expected = people_dates[_i].plain;
    const char *wrong = text_plain_date(text, plain);
    ck_assert_msg(!wrong == !!expected, "'%s': %s", text, wrong ? wrong : plain);
    if (!expected)
        return;
    ck_assert_str_eq(plain, expected);
    ck_assert(!text_day_asked(text, &day) && !text_date_middle(expected, &same));
    ck_assert_int_eq(day, same);
}
END_TEST

static const char *const bad_dates[] = {
    "",           "2025-13",     "2025-00",     "2025-02-29",  "2024-02-30", "2025-04-31", "2025-01-00",
    "2025-01-32", "1949-12-31",  "2200-01-01",  "25-01-01",    "2025-1",     "2025-1-1",   "2025-01-1",
    "2025/01/01", "2025-01-01T", "2025-01-01 ", " 2025-01-01", "2025-",      "2025-01-",   "20250101",
    "now",        "-2025",       "+2025",       "2025-01-011", "1900-02-29", "2100-02-29", "0000",
    "99999",      "2025-ab",     "2025-01-ab",  "2O25",
};

START_TEST(what_is_no_date_is_refused)
{
    int day = 12345;
    const char *why = text_date(bad_dates[_i], &day);
    ck_assert_msg(why != NULL && *why, "'%s' passes as a date", bad_dates[_i]);
    ck_assert_int_eq(day, 12345);
}
END_TEST

/* ---- names ---- */

START_TEST(names_compare_without_case)
{
    ck_assert(text_same("H800", "h800") && text_same("", "") && !text_same("H800", "H80") &&
              !text_same("a", ""));
    ck_assert(!text_same("[", "{") && !text_same("@", "`"));
    char out[8];
    text_squeeze("NVIDIA H800", out, sizeof out);
    ck_assert_str_eq(out, "nvidiah");
    text_squeeze("-- ", out, sizeof out);
    ck_assert_str_eq(out, "");
    ck_assert(text_ends_in("NVIDIA H800 (SXM-5)", 19, "h800sxm5", 8) && text_ends_in("h8", 2, "h8", 2) &&
              text_ends_in("", 0, "", 0));
    ck_assert(!text_ends_in("H800", 4, "nvidiah800", 10) && text_ends_in("x", 1, "", 0));
    ck_assert(text_ends_in("H800", 3, "80", 2) && !text_ends_in("H800 ", 5, "80", 2));
}
END_TEST

/* The same by plain recursion: the optimal alignment with swaps of neighbours. */
static int slow_distance(const char *a, int n, const char *b, int m)
{
    if (n == 0 || m == 0)
        return n + m;
    int best = slow_distance(a, n - 1, b, m) + 1, other = slow_distance(a, n, b, m - 1) + 1;
    best = other < best ? other : best;
    other = slow_distance(a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1]);
    best = other < best ? other : best;
    if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1]) {
        other = slow_distance(a, n - 2, b, m - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

START_TEST(distances_count_single_edits)
{
    char a[8], b[8];
    for (int i = 0; i < 2000; i++) {
        int n = (int)(next_random() % 6), m = (int)(next_random() % 6);
        for (int j = 0; j < n; j++)
            a[j] = (char)('a' + next_random() % 3);
        for (int j = 0; j < m; j++)
            b[j] = (char)('a' + next_random() % 3);
        a[n] = b[m] = '\0';
        if (text_distance(a, b) != slow_distance(a, n, b, m))
            ck_abort_msg("'%s' and '%s' are %d apart, not %d", a, b, slow_distance(a, n, b, m),
                         text_distance(a, b));
    }
    ck_assert_int_eq(text_distance("H880", "h800"), 1);
    char longest[80];
    memset(longest, 'a', 79);
    longest[79] = '\0';
    ck_assert_int_ge(text_distance(longest, "a"), 100);
    longest[63] = '\0';
    ck_assert_int_eq(text_distance(longest, "a"), 62);
}
END_TEST

static bool slip_is(const char *given, const char *name)
{
    struct text_search search = {given, NULL, 0};
    text_try(&search, name);
    if ((text_meant(&search) != NULL) != text_is_slip(given, name))
        ck_abort_msg("'%s' and '%s': two answers", given, name);
    return text_is_slip(given, name);
}

START_TEST(a_slip_is_small_against_the_word)
{
    ck_assert(slip_is("horus", "hours") && slip_is("rental-prise", "rental-price") && slip_is("H880", "h800"));
    ck_assert(slip_is("rentel-prise", "rental-price") && slip_is("pu", "pue") && slip_is("HOURS", "hours"));
    ck_assert(!slip_is("rent", "seed") && !slip_is("x", "y") && !slip_is("", "a") && !slip_is("a", "abc"));
    ck_assert(!slip_is("hours-of-the-whole-run", "hours"));
    char *given = malloc(4001);
    memset(given, 'h', 4000);
    given[4000] = '\0';
    ck_assert(!slip_is(given, "hours") && !slip_is("hours", given) && !slip_is(given, "h"));
    given[3999] = '\0';
    ck_assert(!slip_is(given, "hours"));
    free(given);
}
END_TEST

START_TEST(a_buffer_holds_all_that_is_added)
{
    struct text_buffer buffer = {0};
    for (int i = 0; i < 1000; i++) {
        char number[TEXT_NUMBER];
        text_add(&buffer, text_print_number(i, number));
        text_add(&buffer, ",");
    }
    ck_assert(!buffer.failed && buffer.length == 3890 && strlen(buffer.text) == 3890);
    ck_assert(!strncmp(buffer.text, "0,1,2,3,", 8) && !strcmp(buffer.text + 3882, "998,999,"));
    free(buffer.text);
    char *copy = text_copy("");
    ck_assert_str_eq(copy, "");
    free(copy);
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, numbers_read_as_strtod_reads_them);
    tcase_add_test(tests, long_decimals_read_as_strtod_reads_them);
    tcase_add_test(tests, a_number_may_be_very_long);
    tcase_add_loop_test(tests, a_number_ends_where_its_form_ends, 0, COUNT(starts));
    tcase_add_test(tests, what_no_double_holds_is_infinite_or_zero);
    tcase_add_test(tests, numbers_print_so_that_they_read_back);
    tcase_add_test(tests, the_shortest_text_is_printed);
    tcase_add_loop_test(tests, thousands_are_parted, 0, COUNT(grouped));
    tcase_add_loop_test(tests, digits_are_rounded_and_zeros_dropped, 0, COUNT(prints));
    tcase_add_test(tests, the_locale_changes_nothing);
    tcase_add_test(tests, every_day_is_the_one_of_the_system);
    tcase_add_test(tests, a_month_is_its_first_day_and_a_year_its_middle);
    tcase_add_loop_test(tests, a_date_is_taken_as_people_write_it, 0, COUNT(people_dates));
    tcase_add_loop_test(tests, what_is_no_date_is_refused, 0, COUNT(bad_dates));
    tcase_add_test(tests, names_compare_without_case);
    tcase_add_test(tests, distances_count_single_edits);
    tcase_add_test(tests, a_slip_is_small_against_the_word);
    tcase_add_test(tests, a_buffer_holds_all_that_is_added);
    suite_add_tcase(suite, tests);
    return suite;
}
