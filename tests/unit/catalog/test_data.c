/* The rules of the tables in lib/catalog/data. Each is a function over a table, and is shown to fire on a
 * planted row.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* strsep */
#include "unit/count.h"
#include "base/file.h"
#include "model/parameters.h"
#include "catalog/table_rows.h"
#include "base/csv_table.h"
#include "base/text.h"
#include "base/text_date.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum which { CHIPS, PRICES, ECONOMICS, TABLES };
static const char *const paths[TABLES] = {"lib/catalog/data/chips.csv", "lib/catalog/data/prices.csv",
                                          "lib/catalog/data/economics.csv"};
static struct table tables[TABLES];

static struct table read_table(const char *text, size_t length)
{
    struct table table;
    traincost_error *error = traincost_error_new();
    if (table_parse(text, length, &table, error))
        ck_abort_msg("line %d: %s", traincost_error_line(error), traincost_error_message(error));
    traincost_error_free(error);
    return table;
}

static void set_up_data(void)
{
    for (int i = 0; i < TABLES; i++) {
        char *text = NULL;
        size_t length = 0;
        ck_assert_msg(file_read(paths[i], &text, &length, NULL) == TRAINCOST_OK,
                      "%s: the tests run in the project's root", paths[i]);
        tables[i] = read_table(text, length);
        free(text);
    }
}

static void tear_down_data(void)
{
    for (int i = 0; i < TABLES; i++)
        table_free(&tables[i]);
}

static const char *data_cell(const struct table *table, size_t row, const char *column)
{
    int c = table_column(table, column);
    return c < 0 ? "" : table_cell(table, row, (size_t)c);
}

/* NaN where the cell is empty. */
static double data_number(const struct table *table, size_t row, const char *column)
{
    const char *text = data_cell(table, row, column);
    double value = NAN;
    return *text && text_number(text, &value) == strlen(text) ? value : NAN;
}

/* ---- rules: true where row breaks it ---- */

typedef bool row_rule(const struct table *table, size_t row);

static bool lacks_source(const struct table *table, size_t row)
{
    const char *source = data_cell(table, row, "source");
    if (strncmp(source, "https://", 8) != 0 && strncmp(source, "http://", 7) != 0)
        return true;
    const char *host = strstr(source, "//") + 2, *dot = strchr(host, '.');
    return !dot || dot == host || strpbrk(source, " \t\"<>|") || strcspn(host, "/") < (size_t)(dot - host) + 2;
}

static bool lacks_date(const struct table *table, size_t row)
{
    int day = 0;
    const char *column = table_column(table, "checked") >= 0 ? "checked" : "date";
    return text_date(data_cell(table, row, column), &day) != NULL;
}

static int compare_rows(const struct table *table, size_t row, const char *const *columns)
{
    for (; *columns; columns++) {
        int order = strcmp(data_cell(table, row - 1, *columns), data_cell(table, row, *columns));
        if (order)
            return order;
    }
    return 0;
}

static const char *const *row_key(const struct table *table)
{
    static const char *const chip[] = {"id", NULL}, *const fact[] = {"key", "qualifier", "region", "date",
                                                                     NULL};
    static const char *const price[] = {"chip", "kind", "date", "term", "vendor", NULL};
    return table_column(table, "id") >= 0 ? chip : table_column(table, "key") >= 0 ? fact : price;
}

static bool is_out_of_order(const struct table *table, size_t row)
{
    return row > 0 && compare_rows(table, row, row_key(table)) > 0;
}

/* Two prices of one vendor on one day must at least differ in dollars. */
static bool is_twice(const struct table *table, size_t row)
{
    if (row == 0 || compare_rows(table, row, row_key(table)) != 0)
        return false;
    return table_column(table, "usd") < 0 ||
           !(data_number(table, row - 1, "usd") < data_number(table, row, "usd"));
}

static bool has_chip(const char *id)
{
    for (size_t i = 0; i < tables[CHIPS].rows; i++)
        if (!strcmp(data_cell(&tables[CHIPS], i, "id"), id))
            return true;
    return false;
}

static bool prices_a_stranger(const struct table *table, size_t row)
{
    return !has_chip(data_cell(table, row, "chip"));
}

static bool is_priced_absurdly(const struct table *table, size_t row)
{
    double usd = data_number(table, row, "usd"), low = data_number(table, row, "low_usd"),
           high = data_number(table, row, "high_usd");
    bool rent = !strcmp(data_cell(table, row, "kind"), "rent");
    if (!(usd > (rent ? 0.005 : 50) && usd < (rent ? 150 : 4e6)))
        return true;
    return low > usd || high < usd;
}

/* Prices that someone assumed are no observations of the market. */
static bool is_assumed(const struct table *table, size_t row)
{
    static const char *const words[] = {"assum", "hypothe", "suppos"};
    for (int i = 0; i < COUNT(words); i++)
        if (strstr(data_cell(table, row, "note"), words[i]))
            return true;
    return strstr(data_cell(table, row, "source"), "2501.12948") ||
           strstr(data_cell(table, row, "source"), "2412.19437");
}

static bool is_of_the_future(const struct table *table, size_t row)
{
    static int last;
    int day = 0;
    for (size_t i = 0; last == 0 && i < tables[CHIPS].rows; i++)
        if (!text_date(data_cell(&tables[CHIPS], i, "checked"), &day) && day > last)
            last = day;
    return !text_date(data_cell(table, row, "date"), &day) && strlen(data_cell(table, row, "date")) > 4 &&
           day > last;
}

/* ---- peaks ---- */

static const char *const tensor_families[] = {"ampere", "ampere-graphics", "ada",
                                              "hopper", "blackwell",       "blackwell-graphics"};

static bool is_one_of(const char *word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(word, words[i]))
            return true;
    return false;
}

static bool is_far(double a, double b, double within)
{
    return isfinite(a) && isfinite(b) && fabs(a - b) > within * b;
}

/* NVIDIA's tensor cores do bf16 twice as fast as tf32 and fp8 twice as fast as bf16: a sparse figure among
 * dense ones is off by two. */
static bool breaks_the_ladder(const struct table *table, size_t row)
{
    if (!is_one_of(data_cell(table, row, "family"), tensor_families, COUNT(tensor_families)))
        return false;
    double tf32 = data_number(table, row, "tf32"), bf16 = data_number(table, row, "bf16"),
           fp8 = data_number(table, row, "fp8");
    double fp16 = data_number(table, row, "fp16"), int8 = data_number(table, row, "int8");
    bool graphics =
        strstr(data_cell(table, row, "name"), "GeForce") != NULL; /* half rate with fp32 sums, not with int8 */
    return is_far(bf16, 2 * tf32, 0.05) || is_far(fp8, 2 * bf16, 0.05) || is_far(fp16, bf16, 0.01) ||
           (isfinite(fp8) && int8 > 1.05 * fp8 * (graphics ? 2 : 1));
}

/* The dense bf16 (or fp16) peak over the fp32 peak, at most. */
static double family_bound(const struct table *table, size_t row)
{
    static const struct {
        const char *family;
        double ratio;
    } bounds[] = {{"volta", 8.5},  {"turing", 9},  {"ampere", 16.5},  {"ampere-graphics", 4.2},
                  {"ada", 4.2},    {"hopper", 17}, {"blackwell", 32}, {"blackwell-graphics", 2.2},
                  {"cdna1", 8.5},  {"cdna2", 8.5}, {"cdna3", 8.5},    {"cdna4", 16.5},
                  {"pascal", 2.1}, {"gaudi", 8},   {"trainium", 4.2}, {"inferentia", 4.2},
                  {"rubin", 32}};
    if (strstr(data_cell(table, row, "name"), "GeForce RTX 3") ||
        strstr(data_cell(table, row, "name"), "GeForce RTX 4"))
        return 2.1;
    for (int i = 0; i < COUNT(bounds); i++)
        if (!strcmp(data_cell(table, row, "family"), bounds[i].family))
            return bounds[i].ratio;
    return 20;
}

static bool is_sparse_peak(const struct table *table, size_t row)
{
    double bf16 = data_number(table, row, "bf16"), fp16 = data_number(table, row, "fp16"),
           fp32 = data_number(table, row, "fp32");
    double best = isfinite(bf16) && !(fp16 > bf16) ? bf16 : fp16;
    return best > family_bound(table, row) * fp32;
}

/* Figures of the same unit lie in the same world; a slip of three digits does not. */
static bool is_out_of_this_world(const struct table *table, size_t row)
{
    static const char *const without_dram[] = {"cerebras", "groq", "graphcore"};
    bool wafer = !strcmp(data_cell(table, row, "family"), "cerebras");
    bool on_chip = is_one_of(data_cell(table, row, "family"), without_dram, COUNT(without_dram));
    double tdp = data_number(table, row, "tdp_w"), memory = data_number(table, row, "memory_gb");
    double server = data_number(table, row, "server_power_w"),
           chips = data_number(table, row, "chips_per_server");
    double bandwidth = data_number(table, row, "bandwidth_gb_s"), ratio = server / (tdp * chips);
    return tdp < 50 || tdp > (wafer ? 25000 : 2500) || memory > 2000 ||
           (!on_chip && (memory < 0.5 || bandwidth > 25000)) || ratio < 0.99 || ratio > 2.5;
}

/* ---- names ---- */

static bool names_another(const struct table *table, size_t row, size_t other, const char *alias)
{
    char wanted[128], list[1024], plain[128], *rest = list, *spelling;
    text_squeeze(alias, wanted, sizeof wanted);
    snprintf(list, sizeof list, "%s;%s;%s", data_cell(table, other, "id"), data_cell(table, other, "name"),
             data_cell(table, other, "aliases"));
    for (int own = row == other; (spelling = strsep(&rest, ";"));) {
        text_squeeze(spelling, plain, sizeof plain);
        if (!strcmp(plain, wanted) && own-- <= 0)
            return true;
    }
    return false;
}

/* True where an alias, squeezed, stands twice, or is the id or name of a chip. */
static bool has_a_name_of_another(const struct table *table, size_t row)
{
    char list[1024], *rest = list, *alias;
    snprintf(list, sizeof list, "%s", data_cell(table, row, "aliases"));
    while (*list && (alias = strsep(&rest, ";")))
        for (size_t other = 0; other < table->rows; other++)
            if (names_another(table, row, other, alias))
                return true;
    return false;
}

/* ---- economics ---- */

/* What each parameter's values are written in. Rows of keys that are no parameter yet are shares or ratios. */
static bool is_no_quantity(const struct table *table, size_t row)
{
    const char *unit = data_cell(table, row, "unit"), *value = data_cell(table, row, "value");
    enum parameter parameter = parameter_find(data_cell(table, row, "key"));
    struct quantity_rule rule = {"value", DIMENSION_RATIO, 0, INFINITY, true};
    quantity q;
    if (!strcmp(unit, "share"))
        rule = (struct quantity_rule){"value", DIMENSION_SHARE, 0, 1, true};
    else if (parameter != PARAMETERS && strcmp(unit, "factor") != 0)
        rule = parameter_rule(parameter);
    return quantity_parse(value, &rule, &q, NULL) != TRAINCOST_OK;
}

static bool has_another_unit(const struct table *table, size_t row)
{
    static const char *const units[][2] = {{"carbon-intensity", "kg/kWh"},
                                           {"electricity-price", "USD/kWh"},
                                           {"depreciation", "per-year"},
                                           {"pue", "ratio"},
                                           {"server-power-ratio", "ratio"},
                                           {"server-overhead", "ratio"},
                                           {"power-fraction", "share"},
                                           {"interconnect-overhead", "ratio"},
                                           {"experiments", "ratio"},
                                           {"goodput", "share"},
                                           {"staff-share", "share"},
                                           {"mfu", "share"},
                                           {"run-mfu", "share"},
                                           {"bytes-per-param", "ratio"},
                                           {"matmul-efficiency", "share"},
                                           {"failure-rate", "1/h"},
                                           {"restart-time", "h"},
                                           {"checkpoint-stall", "h"},
                                           {"goodput-rest", "share"},
                                           {"trainable-share", "share"},
                                           {"rental-price", "factor"},
                                           {"hardware-price", "factor"},
                                           {"capital-cost", "share"},
                                           {"economic-life", "y"},
                                           {"resale-share", "factor"},
                                           {"colocation", "USD/kW-month"},
                                           {"operations-share", "share"},
                                           {"use", "share"}};
    const char *unit = data_cell(table, row, "unit");
    if (!strncmp(data_cell(table, row, "qualifier"), "spread", 6))
        return strcmp(unit, "factor") != 0;
    for (int i = 0; i < COUNT(units); i++)
        if (!strcmp(data_cell(table, row, "key"), units[i][0]))
            return strcmp(unit, units[i][1]) != 0;
    return true; /* an unknown key */
}

static bool is_implausible(const struct table *table, size_t row)
{
    struct quantity_rule rule = {"value", DIMENSION_RATIO, 0, INFINITY, false};
    quantity q;
    const char *key = data_cell(table, row, "key");
    if (quantity_parse(data_cell(table, row, "value"), &rule, &q, NULL) ||
        !strcmp(data_cell(table, row, "unit"), "factor"))
        return false;
    double middle = quantity_quantile(&q, 0.5);
    if (!strcmp(key, "electricity-price"))
        return middle < 0.01 || middle > 0.6;
    if (!strcmp(key, "carbon-intensity"))
        return middle < 0.001 || middle > 1.3;
    if (!strcmp(key, "pue"))
        return middle < 1.02 || middle > 2.6;
    return false;
}

/* ---- every rule, on the real table and on a planted row ---- */

#define CHIP                                                                                                   \
    "id,name,aliases,family,fp32,tf32,bf16,fp16,fp8,int8,memory_gb,bandwidth_gb_s,tdp_w,chips_per_server,"     \
    "server_power_w,source,checked\n"
#define GOOD_CHIP                                                                                              \
    "aa,Ace A,~ace;ace "                                                                                       \
    "a1,hopper,60,500,1000,1000,2000,2000,80,3000,700,8,10200,https://example.org/a,2025-01-01\n"
#define PRICE "chip,kind,usd,low_usd,high_usd,date,term,tier,includes,vendor,source,note\n"
#define GOOD_PRICE "h100-sxm,rent,2,,,2025-01-01,spot,marketplace,,A,https://example.org/p,\n"
#define FACT "key,qualifier,region,date,value,unit,source,note\n"
#define GOOD_FACT "pue,other,,2024,1.1..1.3,ratio,https://example.org/f,\n"

static const struct {
    const char *name;
    row_rule *breaks;
    enum which table;
    const char *planted; /* rows behind a header, the last of which breaks the rule, and it alone */
} rules[] = {
    {"source", lacks_source, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,,,,,,,,,700,,,my memory,2025-01-01\n"},
    {"source", lacks_source, PRICES, PRICE GOOD_PRICE "h100-sxm,rent,2,,,2025-01-02,spot,marketplace,,A,,\n"},
    {"source", lacks_source, PRICES,
     PRICE GOOD_PRICE "h100-sxm,rent,2,,,2025-01-02,spot,marketplace,,A,https://,\n"},
    {"source", lacks_source, ECONOMICS, FACT GOOD_FACT "pue,z,,2024,1.1,ratio,https://a b.org/,\n"},
    {"date", lacks_date, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,,,,,,,,,700,,,https://example.org/,\n"},
    {"date", lacks_date, PRICES,
     PRICE GOOD_PRICE "h100-sxm,rent,2,,,2025-13-02,spot,m,,A,https://example.org/,\n"},
    {"date", lacks_date, ECONOMICS, FACT GOOD_FACT "pue,z,,,1.1,ratio,https://example.org/,\n"},
    {"order", is_out_of_order, CHIPS, CHIP GOOD_CHIP "a0,B,,hopper,,,,,,,,,700,,,https://example.org/,2025\n"},
    {"order", is_out_of_order, PRICES,
     PRICE GOOD_PRICE "h100-sxm,rent,2,,,2024-01-02,spot,m,,A,https://example.org/,\n"},
    {"order", is_out_of_order, ECONOMICS, FACT GOOD_FACT "pue,a,,2024,1.1,ratio,https://example.org/,\n"},
    {"twice", is_twice, CHIPS, CHIP GOOD_CHIP "aa,B,,hopper,,,,,,,,,700,,,https://example.org/,2025\n"},
    {"twice", is_twice, PRICES, PRICE GOOD_PRICE GOOD_PRICE},
    {"twice", is_twice, ECONOMICS, FACT GOOD_FACT "pue,other,,2024,1.5,ratio,https://example.org/,\n"},
    {"known chip", prices_a_stranger, PRICES,
     PRICE GOOD_PRICE "h880,rent,2,,,2025,spot,m,,A,https://example.org/,\n"},
    {"dollars", is_priced_absurdly, PRICES,
     PRICE GOOD_PRICE "h20,rent,2000,,,2025,spot,m,,A,https://example.org/,\n"},
    {"dollars", is_priced_absurdly, PRICES,
     PRICE GOOD_PRICE "h20,buy,2,,,2025,list,,chip,A,https://example.org/,\n"},
    {"dollars", is_priced_absurdly, PRICES,
     PRICE GOOD_PRICE "h20,rent,2,3,4,2025,spot,m,,A,https://example.org/,\n"},
    {"observed", is_assumed, PRICES,
     PRICE GOOD_PRICE "h800-sxm,rent,2,,,2025,spot,m,,A,https://example.org/,assumed\n"},
    {"observed", is_assumed, PRICES,
     PRICE GOOD_PRICE "h800-sxm,rent,2,,,2025,spot,m,,A,https://arxiv.org/abs/2412.19437,\n"},
    {"past", is_of_the_future, PRICES,
     PRICE GOOD_PRICE "h800-sxm,rent,2,,,2190-01-01,spot,m,,A,https://example.org/,\n"},
    {"ladder", breaks_the_ladder, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,60,1000,1000,,,,,,,,,,\n"},
    {"ladder", breaks_the_ladder, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,60,,1000,,4000,,,,,,,,\n"},
    {"ladder", breaks_the_ladder, CHIPS, CHIP GOOD_CHIP "bb,B,,ada,60,,200,,400,800,,,,,,,\n"},
    {"dense", is_sparse_peak, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,66.9,989,1979,,3958,,,,,,,,\n"},
    {"dense", is_sparse_peak, CHIPS, CHIP GOOD_CHIP "bb,GeForce RTX 4090,,ada,82.58,,330,,,,,,,,,,\n"},
    {"dense", is_sparse_peak, CHIPS, CHIP GOOD_CHIP "bb,B,,cdna3,163.4,1307,2615,,,,,,,,,,\n"},
    {"scale", is_out_of_this_world, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,,,,,,,,,0.7,,,,\n"},
    {"scale", is_out_of_this_world, CHIPS, CHIP GOOD_CHIP "bb,B,,hopper,,,,,,,,,700,8,1020,,\n"},
    {"names", has_a_name_of_another, CHIPS, CHIP GOOD_CHIP "bb,B,ACE-A,hopper,,,,,,,,,,,,,\n"},
    {"names", has_a_name_of_another, CHIPS, CHIP GOOD_CHIP "bb,B,b 1;B-1,hopper,,,,,,,,,,,,,\n"},
    {"names", has_a_name_of_another, CHIPS, CHIP GOOD_CHIP "bb,B,~AA,hopper,,,,,,,,,,,,,\n"},
    {"quantity", is_no_quantity, ECONOMICS, FACT GOOD_FACT "pue,z,,2024,cheap,ratio,https://example.org/,\n"},
    {"quantity", is_no_quantity, ECONOMICS, FACT GOOD_FACT "pue,z,,2024,0.9,ratio,https://example.org/,\n"},
    {"quantity", is_no_quantity, ECONOMICS, FACT GOOD_FACT "mfu,z,,2024,1.2,share,https://example.org/,\n"},
    {"unit", has_another_unit, ECONOMICS, FACT GOOD_FACT "pue,z,,2024,1.1,share,https://example.org/,\n"},
    {"unit", has_another_unit, ECONOMICS, FACT GOOD_FACT "puee,z,,2024,1.1,ratio,https://example.org/,\n"},
    {"plausible", is_implausible, ECONOMICS,
     FACT GOOD_FACT "electricity-price,,US,2024,8.1,USD/kWh,https://e.org/,\n"},
    {"plausible", is_implausible, ECONOMICS,
     FACT GOOD_FACT "carbon-intensity,,US,2024,400,kg/kWh,https://e.org/,\n"},
};

START_TEST(the_table_keeps_the_rule)
{
    const struct table *table = &tables[rules[_i].table];
    int broken = 0;
    char message[2000] = "";
    for (size_t row = 0; row < table->rows; row++)
        if (rules[_i].breaks(table, row)) {
            size_t used = strlen(message);
            snprintf(message + used, sizeof message - used, "\n    line %d: %s, %s", table->lines[1 + row],
                     table_cell(table, row, 0), table_cell(table, row, 1));
            broken++;
        }
    ck_assert_msg(broken == 0, "%s: %d rows break the rule '%s':%s", paths[rules[_i].table], broken,
                  rules[_i].name, message);
}
END_TEST

START_TEST(the_rule_fires_on_a_planted_row)
{
    struct table table = read_table(rules[_i].planted, strlen(rules[_i].planted));
    bool names = rules[_i].breaks == has_a_name_of_another;
    for (size_t row = 0; row < table.rows && !names; row++)
        ck_assert_msg(rules[_i].breaks(&table, row) == (row + 1 == table.rows), "rule '%s', row %zu of:\n%s",
                      rules[_i].name, row, rules[_i].planted);
    ck_assert(!names || rules[_i].breaks(&table, table.rows - 1));
    table_free(&table);
}
END_TEST

/* ---- what no single row shows ---- */

START_TEST(tables_have_rows_and_read_as_the_library_reads_them)
{
    static const size_t least[TABLES] = {80, 600, 250};
    for (int i = 0; i < TABLES; i++) {
        struct rows rows;
        traincost_error *error = traincost_error_new();
        ck_assert_uint_gt(tables[i].rows, least[i]);
        ck_assert_msg(rows_read(&tables[i], &rows, error) == TRAINCOST_OK, "%s, line %d: %s", paths[i],
                      traincost_error_line(error), traincost_error_message(error));
        rows_free(&rows);
        traincost_error_free(error);
    }
}
END_TEST

START_TEST(every_default_has_its_fact)
{
    static const char *const needed[][3] = {{"pue", "other", ""},
                                            {"pue", "hyperscaler", ""},
                                            {"electricity-price", "", "US"},
                                            {"electricity-price", "", "world"},
                                            {"electricity-price", "spread", ""},
                                            {"carbon-intensity", "", "US"},
                                            {"carbon-intensity", "", "world"},
                                            {"carbon-intensity", "spread", ""},
                                            {"hardware-price", "spread gpu", ""},
                                            {"hardware-price", "spread tpu", ""},
                                            {"hardware-price", "spread asic", ""},
                                            {"server-overhead", "", ""},
                                            {"interconnect-overhead", "", ""},
                                            {"depreciation", "", ""},
                                            {"power-fraction", "gpu", ""},
                                            {"power-fraction", "tpu", ""},
                                            {"power-fraction", "asic", ""},
                                            {"server-power-ratio", "gpu", ""},
                                            {"server-power-ratio", "tpu", ""},
                                            {"server-power-ratio", "asic", ""}};
    const struct table *table = &tables[ECONOMICS];
    for (int i = 0; i < COUNT(needed); i++) {
        size_t row = 0;
        while (row < table->rows && (strcmp(data_cell(table, row, "key"), needed[i][0]) ||
                                     strcmp(data_cell(table, row, "qualifier"), needed[i][1]) ||
                                     strcmp(data_cell(table, row, "region"), needed[i][2])))
            row++;
        ck_assert_msg(row < table->rows, "no row for %s '%s' '%s'", needed[i][0], needed[i][1], needed[i][2]);
    }
}
END_TEST

/* Figures that other people's tables get wrong, as the makers print them. */
static const struct {
    const char *id, *column;
    double value;
} known[] = {
    {"h100-sxm", "bf16", 989}, {"h100-sxm", "fp8", 1979},    {"h100-pcie", "bf16", 756},
    {"h800-sxm", "bf16", 989}, {"a100-sxm-80", "bf16", 312}, {"a100-sxm-80", "tdp_w", 400},
    {"rtx-4090", "fp16", 165}, {"k80", "tdp_w", 150},        {"v100-sxm2-16", "fp16", 125},
    {"tpu-v4", "bf16", 275},   {"tpu-v5p", "bf16", 459},     {"tpu-v5e", "bf16", 197},
    {"mi300x", "bf16", 1307},  {"b200", "bf16", 2250},       {"gb200", "bf16", 2500},
    {"h20", "bf16", 148},      {"h800-sxm", "tdp_w", 700},   {"l40s", "bf16", 362},
    {"mi250x", "bf16", 383},   {"trainium2", "bf16", 667},
};

START_TEST(known_figures_are_right)
{
    const struct table *table = &tables[CHIPS];
    size_t row = 0;
    while (row < table->rows && strcmp(data_cell(table, row, "id"), known[_i].id))
        row++;
    ck_assert_msg(row < table->rows, "there is no %s", known[_i].id);
    double value = data_number(table, row, known[_i].column);
    ck_assert_msg(fabs(value - known[_i].value) < 0.005 * known[_i].value, "%s: %s is %g, not %g", known[_i].id,
                  known[_i].column, value, known[_i].value);
}
END_TEST

Suite *data_suite(void)
{
    Suite *suite = suite_create("data");
    TCase *tests = tcase_create("data");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up_data, tear_down_data);
    tcase_add_test(tests, tables_have_rows_and_read_as_the_library_reads_them);
    tcase_add_loop_test(tests, the_table_keeps_the_rule, 0, COUNT(rules));
    tcase_add_loop_test(tests, the_rule_fires_on_a_planted_row, 0, COUNT(rules));
    tcase_add_test(tests, every_default_has_its_fact);
    tcase_add_loop_test(tests, known_figures_are_right, 0, COUNT(known));
    suite_add_tcase(suite, tests);
    return suite;
}
