/* Price lists of others: what a row becomes, what is left out and counted, and what is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "unit/count.h"

#include <traincost.h>

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char list_path[40], map_path[40];
static char *imported;
static traincost_import *import_counts;
static traincost_error *import_error;

static void write_import(char *path, size_t size, const char *text)
{
    snprintf(path, size, "/tmp/import-XXXXXX");
    int fd = mkstemp(path);
    ck_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && !close(fd));
}

static void open_import(void)
{
    import_error = traincost_error_new();
    *list_path = *map_path = '\0';
}

static void close_import(void)
{
    unlink(list_path);
    unlink(map_path);
    free(imported);
    traincost_import_free(import_counts);
    traincost_error_free(import_error);
    imported = NULL;
    import_counts = NULL;
}

static traincost_status import_list(const char *format, const char *date, const char *vendor, const char *list,
                                    const char *map, const char *currency)
{
    write_import(list_path, sizeof list_path, list);
    if (map)
        write_import(map_path, sizeof map_path, map);
    return traincost_prices_import_in(NULL, format, list_path, date, vendor, map ? map_path : NULL, currency, &imported,
                                      &import_counts, import_error);
}

static const struct {
    traincost_status status;
    const char *format, *date, *vendor, *list, *map, *currency, *message; /* a part of it */
} refused_lists[] = {
    {TRAINCOST_UNKNOWN, "excel", "2026-10", "Ours", "chip,usd\n", NULL, NULL, "unknown price list 'excel'"},
    {TRAINCOST_SYNTAX, "csv", "2026-13", "Ours", "chip,usd\n", NULL, NULL, "date '2026-13': "},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "usd,region\n2,x\n", NULL, NULL, "no column names the chip"},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "chip,region\nH100,x\n", NULL, NULL, "no column has the price"},
    {TRAINCOST_MISSING, "csv", "2026-10", NULL, "chip,usd\nH100,2\n", NULL, NULL, "no vendor is stated"},
    {TRAINCOST_UNKNOWN, "csv", "2026-10", "Ours", "chip,usd\n", NULL, "XYZ", "currency 'XYZ': it is one of USD, "},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "chip,usd\nH100,2,3\n", NULL, NULL, list_path},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "chip,usd\nH\377,2\n", NULL, NULL, list_path},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "chip,usd\n", "name,to\na,b\n", NULL, "a map has the columns name and chip"},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "chip,usd\n", "from,chip\na,b\n", NULL, "a map has the columns"},
    {TRAINCOST_SYNTAX, "csv", "2026-10", "Ours", "chip,usd\n", "name,chip\na\n", NULL, map_path},
};

START_TEST(a_bad_list_is_refused)
{
    traincost_status status =
        import_list(refused_lists[_i].format, refused_lists[_i].date, refused_lists[_i].vendor, refused_lists[_i].list,
                    refused_lists[_i].map, refused_lists[_i].currency);
    const char *message = traincost_error_message(import_error);
    ck_assert_msg(status == refused_lists[_i].status, "%s: %s", traincost_status_name(status), message);
    ck_assert_msg(strstr(message, refused_lists[_i].message) != NULL, "%s", message);
    ck_assert(!imported && !import_counts);
}
END_TEST

START_TEST(a_list_that_is_not_there_is_refused)
{
    ck_assert_int_eq(traincost_prices_import(NULL, "csv", "/nowhere/list.csv", "2026-10", "Ours", NULL, &imported,
                                             &import_counts, import_error),
                     TRAINCOST_IO);
    write_import(list_path, sizeof list_path, "chip,usd\n");
    ck_assert_int_eq(traincost_prices_import(NULL, "csv", list_path, "2026-10", "Ours", "/nowhere/map.csv", &imported,
                                             &import_counts, import_error),
                     TRAINCOST_IO);
    ck_assert(!imported && !import_counts);
}
END_TEST

/* "skypilot" has the prices of machines, whose chips the count says. What a list's rows become, without the head. */
static const struct {
    const char *list, *rows;
} taken_lists[] = {
    {"\xEF\xBB\xBF" "chip,usd\nh100-sxm,$2.5\n", "h100-sxm,rent,2.5,,,2026-10,on-demand,specialised,,Ours,,price list (csv),\n"},
    /* Two of a machine, a spot price below that of demand and one that is no less. */
    {"chip,count,usd,spot_price,instance\nh100-sxm,8,16,8,a\nh200-sxm,2,6,6,b\n",
     "h100-sxm,rent,2,,,2026-10,on-demand,specialised,,Ours,,price list (csv),a\n"
     "h100-sxm,rent,1,,,2026-10,spot,specialised,,Ours,,price list (csv),a\n"
     "h200-sxm,rent,3,,,2026-10,on-demand,specialised,,Ours,,price list (csv),b\n"},
    /* Rows of spot prices: the last is no less than its machine's on demand. */
    {"chip,usd,spot,instance,location\nh100-sxm,2,no,a,x\nh100-sxm,1,true,a,x\nh200-sxm,3,0,b,x\nh200-sxm,4,1,b,x\n"
     "b200-sxm,4,YES,c,x\n",
     "b200,rent,4,,,2026-10,spot,specialised,,Ours,,price list (csv),c\n"
     "h100-sxm,rent,2,,,2026-10,on-demand,specialised,,Ours,,price list (csv),a\n"
     "h100-sxm,rent,1,,,2026-10,spot,specialised,,Ours,,price list (csv),a\n"
     "h200-sxm,rent,3,,,2026-10,on-demand,specialised,,Ours,,price list (csv),b\n"},
    /* One price of one vendor is one row; in one place it has that place. */
    {"chip,usd,location,vendor\nh100-sxm,2,US,aws\nh100-sxm,2,Germany,aws\nh100-sxm,3,Germany,aws\nh100-sxm,2,US,\"a, \"\"b\"\"\"\n",
     "h100-sxm,rent,2,,,2026-10,on-demand,specialised,,\"a, \"\"b\"\"\",US,price list (csv),\n"
     "h100-sxm,rent,2,,,2026-10,on-demand,hyperscaler,,AWS,,price list (csv),\n"
     "h100-sxm,rent,3,,,2026-10,on-demand,hyperscaler,,AWS,Germany,price list (csv),\n"},
    /* Slices of TPUs: of cores in the older kinds. */
    {"chip,usd\ntpu-v5p-8,8\ntpu-v6e-8,8\ntpu-v4-x,2\n",
     "tpu-v5p,rent,2,,,2026-10,on-demand,specialised,,Ours,,price list (csv),\n"
     "tpu-v6e,rent,1,,,2026-10,on-demand,specialised,,Ours,,price list (csv),\n"},
};

START_TEST(a_row_becomes_a_price)
{
    static const char head[] = "chip,kind,usd,low_usd,high_usd,date,term,tier,includes,vendor,region,source,note\n";
    bool has_vendor = strstr(taken_lists[_i].list, "vendor") != NULL;
    ck_assert(!import_list("csv", "2026-10", has_vendor ? NULL : "Ours", taken_lists[_i].list, NULL, NULL));
    ck_assert(!strncmp(imported, head, strlen(head)));
    ck_assert_str_eq(imported + strlen(head), taken_lists[_i].rows);
}
END_TEST

/* Whatever is left out is counted, each row once. */
START_TEST(what_is_left_out_is_counted)
{
    ck_assert(!import_list("csv", "2026-10", "Ours",
                           "chip,count,usd,currency\n,1,2,\nH100,0,2,\nH100-MIG,1,2,\nH100,0.5,2,\nH100,many,2,\n"
                           "H100/H200,1,2,\nH100,1,2,XXX\nNobody,1,2,\nH100,1,0,\nH100,1,31,\nH100,1,dear,\nH100,1,30,usd\n",
                           NULL, NULL));
    ck_assert_uint_eq(import_counts->rows, 12);
    ck_assert_uint_eq(import_counts->without_chip, 2);
    ck_assert_uint_eq(import_counts->parts, 4);
    ck_assert_uint_eq(import_counts->foreign, 1);
    ck_assert_uint_eq(import_counts->unknown, 1);
    ck_assert_str_eq(import_counts->unknown_chips, "Nobody (1)");
    ck_assert_uint_eq(import_counts->unpriced, 3);
    ck_assert_uint_eq(import_counts->written, 1);
}
END_TEST

/* An amount in another currency stands in the note, at the day's rate. */
START_TEST(unknown_chips_are_told_by_how_often_they_stand)
{
    ck_assert(!import_list("csv", "2026-10", "Ours",
                           "chip,usd\nzz,1\nA9,1\nZeta 1,1\nzz,1\nH100,2\nB8,1\nzz,1\nB8,1\nC7,1\nD6,1\n", NULL, NULL));
    ck_assert_str_eq(import_counts->unknown_chips, "zz (3), B8 (2), A9 (1), C7 (1), D6 (1), ...");
    close_import();
    open_import();
    ck_assert(!import_list("csv", "2026-10", "Ours", "chip,usd\nH100,2\n", NULL, NULL));
    ck_assert_str_eq(import_counts->unknown_chips, "");
}
END_TEST

START_TEST(another_currency_is_converted)
{
    ck_assert(!import_list("csv", "2026-05", "Ours", "chip,usd,instance,currency\nh100-sxm,2,a,eur\nh200-sxm,2,,\n", NULL,
                           "EUR"));
    ck_assert(strstr(imported, ",a; 2 EUR\n") != NULL && strstr(imported, "),2 EUR\n") != NULL);
    double usd = 0;
    ck_assert_int_eq(sscanf(strstr(imported, "h100-sxm,rent,"), "h100-sxm,rent,%lf", &usd), 1);
    ck_assert_msg(usd > 2 * 1.02 && usd < 2 * 1.35, "%g", usd);
}
END_TEST

Suite *import_suite(void)
{
    Suite *suite = suite_create("import");
    TCase *tests = tcase_create("import");
    tcase_add_checked_fixture(tests, open_import, close_import);
    tcase_add_loop_test(tests, a_bad_list_is_refused, 0, COUNT(refused_lists));
    tcase_add_test(tests, a_list_that_is_not_there_is_refused);
    tcase_add_loop_test(tests, a_row_becomes_a_price, 0, COUNT(taken_lists));
    tcase_add_test(tests, what_is_left_out_is_counted);
    tcase_add_test(tests, unknown_chips_are_told_by_how_often_they_stand);
    tcase_add_test(tests, another_currency_is_converted);
    suite_add_tcase(suite, tests);
    return suite;
}
