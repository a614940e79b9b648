/* The catalogue: what is found, what is laid over it, what is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "unit/count.h"
#include "catalog/catalog.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static traincost_catalog *catalog;
static traincost_error *error;
static char folder[512];

/* ---- a folder of one's own ---- */

static const char *inside(const char *name)
{
    static char path[4][1024];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(inside(name), "wb");
    ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void set_up_catalog(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/traincost-XXXXXX", temporary && *temporary ? temporary : P_tmpdir);
    ck_assert(mkdtemp(folder) != NULL);
    error = traincost_error_new();
    ck_assert_int_eq(traincost_catalog_new(&catalog, error), TRAINCOST_OK);
}

static void tear_down_catalog(void)
{
    static const char *const names[] = {"chips.csv", "prices.csv", "economics.csv", "table.csv", "runs.yaml"};
    for (int i = 0; i < COUNT(names); i++)
        unlink(inside(names[i]));
    rmdir(folder);
    traincost_catalog_free(catalog);
    traincost_error_free(error);
}

/* ---- find ---- */

static const struct {
    const char *name, *id;
    int usual;
} names[] = {
    {"H800", "h800-sxm", 1},
    {"h800", "h800-sxm", 1},
    {"NVIDIA H800", "h800-sxm", 1},
    {"NVIDIA H800 SXM5", "h800-sxm", 0},
    {"nvidia-h800-sxm5-80gb", "h800-sxm", 0},
    {"H800 SXM", "h800-sxm", 0},
    {"H800 PCIe", "h800-pcie", 0},
    {"h800-sxm", "h800-sxm", 0},
    {"H100", "h100-sxm", 1},
    {"H100 80GB", "h100-sxm", 1},
    {"H100-SXM5-80GB", "h100-sxm", 0},
    {"NVIDIA H100 80GB HBM3", "h100-sxm", 0},
    {"NVIDIA H100 PCIe", "h100-pcie", 0},
    {"H100 NVL", "h100-nvl", 0},
    {"H200", "h200-sxm", 1},
    {"GH200", "gh200", 0},
    {"H20", "h20", 0},
    {"A100", "a100-sxm-80", 1},
    {"A100 80GB", "a100-sxm-80", 1},
    {"A100 40GB", "a100-sxm-40", 1},
    {"NVIDIA A100-SXM4-80GB", "a100-sxm-80", 0},
    {"NVIDIA A100-SXM4-40GB", "a100-sxm-40", 0},
    {"A100-SXM-80GB", "a100-sxm-80", 0},
    {"NVIDIA A100 80GB PCIe", "a100-pcie-80", 0},
    {"NVIDIA A100-PCIE-40GB", "a100-pcie-40", 0},
    {"A800", "a800-sxm-80", 1},
    {"B200", "b200", 0},
    {"GB200", "gb200", 0},
    {"GB200 NVL72", "gb200", 0},
    {"GB300", "gb300", 0},
    {"L40S", "l40s", 0},
    {"A10G", "a10g", 0},
    {"RTX 4090", "rtx-4090", 0},
    {"rtx4090", "rtx-4090", 0},
    {"4090", "rtx-4090", 0},
    {"GeForce RTX 4090", "rtx-4090", 0},
    {"NVIDIA GeForce RTX 3090", "rtx-3090", 0},
    {"RTX A6000", "rtx-a6000", 0},
    {"V100", "v100-sxm2-16", 1},
    {"Tesla V100", "v100-sxm2-16", 1},
    {"Tesla V100-SXM2-16GB", "v100-sxm2-16", 0},
    {"Tesla V100-SXM2-32GB", "v100-sxm2-32", 0},
    {"Tesla V100-SXM3-32GB", "v100-sxm3-32", 0},
    {"V100 32GB", "v100-sxm2-32", 1},
    {"Tesla P100-SXM2-16GB", "p100-sxm2", 0},
    {"P100", "p100-pcie", 1},
    {"K80", "k80", 0},
    {"Tesla T4", "t4", 0},
    {"TPU v4", "tpu-v4", 0},
    {"TPUv4", "tpu-v4", 0},
    {"tpu-v5p", "tpu-v5p", 0},
    {"Google TPU v5p", "tpu-v5p", 0},
    {"Google Cloud TPU v5e", "tpu-v5e", 0},
    {"v5litepod", "tpu-v5e", 0},
    {"Trillium", "tpu-v6e", 0},
    {"TPU v6e", "tpu-v6e", 0},
    {"Ironwood", "tpu-v7", 0},
    {"MI300X", "mi300x", 0},
    {"AMD Instinct MI300X", "mi300x", 0},
    {"MI250X", "mi250x", 0},
    {"Trainium2", "trainium2", 0},
    {"AWS Trainium 2", "trainium2", 0},
    {"trn2", "trainium2", 0},
    {"910B", "ascend-910b", 1},
    {"Ascend 910B", "ascend-910b", 0},
    {"Huawei Ascend 910C", "ascend-910c", 0},
    {"Gaudi 2", "gaudi2", 0},
    {"Intel Gaudi3", "gaudi3", 0},
    {"Habana Gaudi2", "gaudi2", 0},
    {"Cerebras WSE-3", "wse-3", 0},
    {"CS-3", "wse-3", 0},
};

START_TEST(chips_are_found_as_people_write_them)
{
    const traincost_chip *chip = NULL;
    int usual = -1;
    traincost_status status = traincost_catalog_find(catalog, names[_i].name, &chip, &usual, error);
    ck_assert_msg(status == TRAINCOST_OK, "%s", traincost_error_message(error));
    ck_assert_msg(!strcmp(chip->id, names[_i].id), "'%s' is taken for %s", names[_i].name, chip->id);
    ck_assert_msg(usual == names[_i].usual, "'%s': usual is %d", names[_i].name, usual);
    ck_assert_int_eq(traincost_catalog_find(NULL, names[_i].name, &chip, NULL, NULL), TRAINCOST_OK);
}
END_TEST

/* Also "~" marks exactly the names that stand for several. */
START_TEST(every_name_in_the_table_leads_to_its_chip)
{
    const traincost_chip *chip, *found;
    for (size_t i = 0; (chip = traincost_catalog_chip(catalog, i)); i++) {
        char all[1024], *rest = all, *alias;
        int usual = -1;
        snprintf(all, sizeof all, "%s;%s;%s", chip->id, chip->name, chip->aliases);
        while ((alias = strtok_r(rest, ";", &rest))) {
            bool marked = *alias == '~';
            ck_assert_msg(traincost_catalog_find(catalog, alias + marked, &found, &usual, error) ==
                              TRAINCOST_OK,
                          "%s: %s", alias, traincost_error_message(error));
            ck_assert_msg(found == chip, "'%s' of %s leads to %s", alias, chip->id, found->id);
            ck_assert_msg(usual == marked, "'%s' of %s: usual is %d", alias, chip->id, usual);
        }
    }
}
END_TEST

static const struct {
    const char *name, *word;
} strangers[] = {
    {"H880", "H800"},
    {"h880", "h800"},
    {"A100 80BG", "A100 80"},
    {"tpu v44", "tpu"},
    {"RTX 4900", "4090"},
    {"Trainum2", "did you mean"},
    {"MI30X", "MI300"},
    {"GB20", "GB200"},
    {"", "unknown chip"},
    {"---", "unknown chip"},
    {"a pocket calculator", "unknown chip 'a pocket calculator'"},
};

START_TEST(an_unknown_chip_suggests_the_nearest)
{
    const traincost_chip *chip = (const traincost_chip *)&strangers;
    ck_assert_int_eq(traincost_catalog_find(catalog, strangers[_i].name, &chip, NULL, error),
                     TRAINCOST_UNKNOWN);
    ck_assert_ptr_null(chip);
    ck_assert_msg(strstr(traincost_error_message(error), strangers[_i].word), "%s",
                  traincost_error_message(error));
    if (!strcmp(strangers[_i].word, "unknown chip"))
        ck_assert(!strstr(traincost_error_message(error), "did you mean"));
}
END_TEST

START_TEST(a_very_long_name_is_unknown)
{
    char *name = malloc(100001);
    const traincost_chip *chip;
    ck_assert(name != NULL);
    memset(name, 'h', 100000);
    name[100000] = '\0';
    ck_assert_int_eq(traincost_catalog_find(catalog, name, &chip, NULL, error), TRAINCOST_UNKNOWN);
    free(name);
}
END_TEST

START_TEST(regions_are_found)
{
    const char *region = NULL;
    static const char *const known[][2] = {
        {"US", "US"},       {"us", "US"},     {"USA", "US"},     {"uk", "United Kingdom"},
        {"China", "China"}, {"prc", "China"}, {"world", "world"}};
    for (int i = 0; i < COUNT(known); i++) {
        ck_assert_msg(catalog_find_region(catalog, known[i][0], &region, error) == TRAINCOST_OK, "%s: %s",
                      known[i][0], traincost_error_message(error));
        ck_assert_str_eq(region, known[i][1]);
    }
    ck_assert_int_eq(catalog_find_region(catalog, "Chna", &region, error), TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "China") != NULL);
    ck_assert_int_eq(catalog_find_region(catalog, "Atlantis under the sea", &region, error), TRAINCOST_UNKNOWN);
    ck_assert_int_eq(catalog_find_region(catalog, "", &region, error), TRAINCOST_UNKNOWN);
}
END_TEST

START_TEST(walking_ends_with_null_and_dates_are_real)
{
    size_t n = 0;
    int newest = 0;
    const traincost_observation *seen;
    while (traincost_catalog_chip(catalog, n))
        n++;
    ck_assert_uint_gt(n, 80);
    ck_assert(!traincost_catalog_chip(catalog, n) && !traincost_catalog_chip(catalog, (size_t)-1));
    for (n = 0; (seen = traincost_catalog_observation(catalog, n)); n++)
        if (!strcmp(seen->kind, "rent") && seen->day > newest)
            newest = seen->day;
    ck_assert_uint_gt(n, 500);
    ck_assert_int_eq(newest, catalog_day(catalog));
    ck_assert_uint_eq(strlen(traincost_catalog_date(catalog)), 10);
    ck_assert_str_eq(traincost_catalog_date(NULL), traincost_catalog_date(catalog));
    for (n = 0; traincost_catalog_fact(catalog, n);)
        n++;
    ck_assert_uint_gt(n, 200);
    traincost_catalog_free(NULL);
    traincost_price_free(NULL);
}
END_TEST

/* ---- load ---- */

#define CHIPS "id,name,aliases,vendor,kind,family,released,bf16,tdp_w,source,checked,note\n"
#define PRICES "chip,kind,usd,low_usd,high_usd,date,term,tier,includes,vendor,source,note\n"
#define FACTS "key,qualifier,region,date,value,unit,source,note\n"
#define NEW_CHIP                                                                                               \
    "zz9,Zeta ZZ9 64GB,~zeta;zz 9,Zeta,gpu,hopper,2025-03-01,1000,650,https://example.org/zz9,2025-04-01,\n"

static traincost_status load_text(const char *text)
{
    write_file("table.csv", text);
    return traincost_catalog_load(catalog, inside("table.csv"), error);
}

static size_t chips_in(void)
{
    size_t n = 0;
    while (traincost_catalog_chip(catalog, n))
        n++;
    return n;
}

static size_t count_observations(void)
{
    size_t n = 0;
    while (traincost_catalog_observation(catalog, n))
        n++;
    return n;
}

static void check_order(void)
{
    const traincost_chip *chip;
    const traincost_observation *seen;
    const traincost_fact *fact;
    for (size_t i = 1; (chip = traincost_catalog_chip(catalog, i)); i++)
        ck_assert(rows_compare_chips(chip - 1, chip) < 0);
    for (size_t i = 1; (seen = traincost_catalog_observation(catalog, i)); i++)
        ck_assert(rows_compare_observations(seen - 1, seen) < 0);
    for (size_t i = 1; (fact = traincost_catalog_fact(catalog, i)); i++)
        ck_assert(rows_compare_facts(fact - 1, fact) < 0);
}

START_TEST(a_new_chip_and_its_price_join_the_catalogue)
{
    const traincost_chip *chip = NULL;
    traincost_price *price = NULL;
    int usual = 0;
    size_t chips = chips_in(), observations = count_observations();
    ck_assert_int_eq(load_text(CHIPS NEW_CHIP), TRAINCOST_OK);
    ck_assert_int_eq(
        load_text(PRICES "zz9,rent,3.5,3,4,2025-04-05,on-demand,specialised,,Zeta,https://example.org/p,\n"
                         "zz9,buy,30000,,,2025-04,street,,chip,Zeta,https://example.org/p,\n"),
        TRAINCOST_OK);
    ck_assert(chips_in() == chips + 1 && count_observations() == observations + 2);
    check_order();
    ck_assert_int_eq(traincost_catalog_find(catalog, "Zeta", &chip, &usual, error), TRAINCOST_OK);
    ck_assert(!strcmp(chip->id, "zz9") && usual && chip->peak[TRAINCOST_BF16] == 1000 && chip->tdp_w == 650);
    ck_assert(chip->peak[TRAINCOST_FP8] == 0 && chip->server_power_w == 0 && !strcmp(chip->note, ""));
    ck_assert_int_eq(chip->released_day, 20148);
    ck_assert_int_eq(traincost_catalog_rental_price(catalog, chip, "2025-04", "any", &price, error),
                     TRAINCOST_OK);
    ck_assert(price->p5 > 0 && price->p5 < price->p50 && price->p50 < price->p95);
    traincost_price_free(price);
    ck_assert_int_eq(traincost_catalog_find(NULL, "zz9", &chip, NULL, NULL), TRAINCOST_UNKNOWN);
}
END_TEST

START_TEST(a_row_of_the_same_key_is_replaced)
{
    const traincost_chip *chip = NULL;
    size_t chips = chips_in();
    ck_assert_int_eq(
        load_text(
            CHIPS
            "h800-sxm,My H800,mine,NVIDIA,gpu,hopper,2023-03-21,5,123,https://example.org/,2025-01-01,x\n"),
        TRAINCOST_OK);
    ck_assert_uint_eq(chips_in(), chips);
    ck_assert_int_eq(traincost_catalog_find(catalog, "mine", &chip, NULL, error), TRAINCOST_OK);
    ck_assert(!strcmp(chip->id, "h800-sxm") && chip->tdp_w == 123 && !strcmp(chip->note, "x"));
    ck_assert_int_eq(load_text(FACTS "depreciation,,,2024,0.2,per-year,https://example.org/,\n"), TRAINCOST_OK);
    const traincost_fact *fact = catalog_find_fact(catalog, "depreciation", "", "", 20000);
    ck_assert(fact && !strcmp(fact->value, "0.2"));
    ck_assert_int_eq(load_text(FACTS "depreciation,,,2024,0.3,per-year,https://example.org/,\n"), TRAINCOST_OK);
    ck_assert_str_eq(catalog_find_fact(catalog, "depreciation", "", "", 20000)->value, "0.3");
    check_order();
}
END_TEST

START_TEST(the_last_rent_of_a_chip_is_found_with_its_age)
{
    const traincost_chip *chip = NULL;
    int months = -1;
    write_file("prices.csv", PRICES "zz9,rent,3.5,,,2027-04-05,spot,marketplace,,Zeta,https://example.org/p,\n"
                                    "mi100,rent,1,,,2027-07,spot,marketplace,,Zeta,https://example.org/p,\n"
                                    "v100-sxm2-32,rent,1,,,2027-03-06,spot,marketplace,,Zeta,https://example.org/p,\n"
                                    "k20x,rent,1,,,2027-01-25,spot,marketplace,,Zeta,https://example.org/p,\n");
    write_file("chips.csv", CHIPS NEW_CHIP);
    ck_assert_int_eq(traincost_catalog_load(catalog, folder, error), TRAINCOST_OK);
    static const struct {
        const char *chip, *date;
        int months;
    } cases[] = {{"zz9", "2027-04-05", 0}, {"v100-sxm2-32", "2027-03-06", 0}, {"k20x", "2027-01-25", 2},
                 {"mi100", "2027-07", 0}};
    for (int i = 0; i < COUNT(cases); i++) {
        ck_assert_int_eq(traincost_catalog_find(catalog, cases[i].chip, &chip, NULL, error), TRAINCOST_OK);
        ck_assert_str_eq(traincost_catalog_last_rent(catalog, chip, &months)->date, cases[i].date);
        ck_assert_int_eq(months, cases[i].months);
    }
    ck_assert(traincost_catalog_find(NULL, "Maia 100", &chip, NULL, error) == TRAINCOST_OK &&
              !traincost_catalog_last_rent(NULL, chip, NULL));
    /* the first row of all is the only one of its chip */
    write_file("prices.csv", PRICES "000,rent,3.5,,,2027-04-05,spot,marketplace,,Zeta,https://example.org/p,\n");
    write_file("chips.csv", CHIPS "000,Nought,,Zeta,gpu,hopper,2025-03-01,1000,,https://example.org/zz9,2025-04-01,\n");
    ck_assert_int_eq(traincost_catalog_load(catalog, folder, error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_catalog_find(catalog, "000", &chip, NULL, error), TRAINCOST_OK);
    ck_assert_ptr_eq(traincost_catalog_last_rent(catalog, chip, NULL), traincost_catalog_observation(catalog, 0));
}
END_TEST

START_TEST(a_folder_is_loaded_whole)
{
    const traincost_chip *chip = NULL;
    write_file("chips.csv", CHIPS NEW_CHIP);
    write_file("prices.csv",
               PRICES "zz9,rent,3.5,,,2027-04-05,spot,marketplace,,Zeta,https://example.org/p,\n");
    ck_assert_int_eq(traincost_catalog_load(catalog, folder, error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_catalog_find(catalog, "zz9", &chip, NULL, error), TRAINCOST_OK);
    ck_assert_str_eq(traincost_catalog_date(catalog), "2027-04-05");
    ck_assert_int_eq(catalog_day(catalog), 20913);
}
END_TEST

START_TEST(a_folder_of_too_long_a_path_is_refused)
{
    char path[4096];
    size_t length = (size_t)snprintf(path, sizeof path, "%s", folder);
    for (; length < sizeof path - 6; length += 2)
        memcpy(path + length, "/.", 3);
    ck_assert_int_eq(traincost_catalog_load(catalog, path, error), TRAINCOST_LIMIT);
    ck_assert(strstr(traincost_error_message(error), "the path is too long") != NULL);
}
END_TEST

START_TEST(a_folder_that_fails_leaves_the_catalogue_as_it_was)
{
    const traincost_chip *chip = NULL;
    size_t chips = chips_in(), observations = count_observations();
    write_file("chips.csv", CHIPS NEW_CHIP);
    write_file("prices.csv",
               PRICES "nobody,rent,3.5,,,2025-04-05,spot,marketplace,,Zeta,https://example.org/p,\n");
    ck_assert_int_eq(traincost_catalog_load(catalog, folder, error), TRAINCOST_DATA);
    ck_assert(chips_in() == chips && count_observations() == observations);
    ck_assert_int_eq(traincost_catalog_find(catalog, "zz9", &chip, NULL, NULL), TRAINCOST_UNKNOWN);
}
END_TEST

static const struct {
    const char *text;
    traincost_status status;
    int line;
    const char *word;
} bad_tables[] = {
    {"", TRAINCOST_SYNTAX, 0, "empty"},
    {"a,b\n1,2\n", TRAINCOST_SYNTAX, 0, "header"},
    {"chip,kind,usd,low_us\nh20,rent,2,1\n", TRAINCOST_SYNTAX, 1, "did you mean low_usd"},
    {"key,value,colour\npue,1.1,red\n", TRAINCOST_SYNTAX, 1, "colour"},
    {CHIPS "x,X,,V,gpu,f,2025,1,1,https://e.org/,2025-01-01\n", TRAINCOST_SYNTAX, 2, "cells"},
    {CHIPS NEW_CHIP ",X,,V,gpu,f,2025-01-01,1,1,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3, "'id'"},
    {CHIPS NEW_CHIP "x,,,V,gpu,f,2025-01-01,1,1,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3, "'name'"},
    {CHIPS NEW_CHIP "x,X,,V,cpu,f,2025-01-01,1,1,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3, "'kind'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-13-01,1,1,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3,
     "'released'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-01-01,1k,1,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3, "'bf16'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-01-01,-1,1,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3, "'bf16'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-01-01,1,1e400,https://e.org/,2025-01-01,\n", TRAINCOST_DATA, 3,
     "'tdp_w'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-01-01,1,1,,2025-01-01,\n", TRAINCOST_DATA, 3, "'source'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-01-01,1,1,my memory,2025-01-01,\n", TRAINCOST_DATA, 3, "'source'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,2025-01-01,1,1,https://e.org/,,\n", TRAINCOST_DATA, 3, "'checked'"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,,1,1,https://e.org/,\"2025\n", TRAINCOST_SYNTAX, 3, "quotation"},
    {CHIPS NEW_CHIP "x,X,,V,gpu,f,,1,1,https://e.org/,\"2025\"x,\n", TRAINCOST_SYNTAX, 3, "quotation"},
    {CHIPS "\n\nx,X,,V,gpu,f,,1,1,,2025,\n", TRAINCOST_DATA, 4, "'source'"},
    {CHIPS "a,A,,V,gpu,f,,1,1,https://e.org/,2025,\"two\nlines\"\nx,X,,V,gpu,f,,1,1,,2025,\n", TRAINCOST_DATA,
     4, "'source'"},
    {CHIPS "\r\nx,X,,V,gpu,f,,1,1,,2025,\r\n", TRAINCOST_DATA, 3, "'source'"},
    {CHIPS NEW_CHIP NEW_CHIP, TRAINCOST_DATA, 3, "zz9"},
    {PRICES "h880,rent,2,,,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "h880"},
    {PRICES "h20,rent,2,,,2025-01-01,spot,marketplace,,V,https://e.org/"
            ",\nH880,rent,2,,,2025-01-01,spot,marketplace,,V,"
            "https://e.org/,\n",
     TRAINCOST_DATA, 3, "H880"},
    {PRICES "h20,lease,2,,,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'kind'"},
    {PRICES "h20,rent,0,,,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'usd'"},
    {PRICES "h20,rent,,,,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'usd'"},
    {PRICES "h20,rent,2,3,4,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'usd'"},
    {PRICES "h20,rent,2,,,,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'date'"},
    {PRICES "h20,rent,2,,,2025-01-01,sometimes,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'term' is none of on-demand, spot"},
    {PRICES "h20,rent,2,,,2025-01-01,spot,,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'tier'"},
    {PRICES "h20,buy,2,,,2025-01-01,list,,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "'includes'"},
    {PRICES "h20,rent,2,,,2025-01-01,spot,marketplace,,V,,\n", TRAINCOST_DATA, 2, "'source'"},
    {FACTS "pue,other,,2024,,ratio,https://e.org/,\n", TRAINCOST_DATA, 2, "'value'"},
    {FACTS "pue,other,,2024,1.1,,https://e.org/,\n", TRAINCOST_DATA, 2, "'unit'"},
    {FACTS "pue,other,,2024,abc,ratio,https://e.org/,\n", TRAINCOST_DATA, 2, "'value' of pue is 'abc'"},
    {FACTS "server-overhead,hopper,,2024,-0.5,ratio,https://e.org/,\n", TRAINCOST_DATA, 2, "'value' of server-overhead"},
    {FACTS "server-overhead,hopper,,2024,0,ratio,https://e.org/,\n", TRAINCOST_DATA, 2, "'value' of server-overhead"},
    {FACTS "restart-time,,,2024,2 kWh,h,https://e.org/,\n", TRAINCOST_DATA, 2, "'value' of restart-time"},
    {FACTS "pue,other,,soon,1.1,ratio,https://e.org/,\n", TRAINCOST_DATA, 2, "'date'"},
    {FACTS "pue,other,,2024,1.1,ratio,,\n", TRAINCOST_DATA, 2, "'source'"},
    {"chip,Kind,usd\nh20,rent,2\n", TRAINCOST_SYNTAX, 1, "did you mean kind"},
    {FACTS "PUE,other,,2024,1.1,ratio,https://e.org/,\n", TRAINCOST_UNKNOWN, 2, "did you mean pue"},
    {FACTS "puee,other,,2024,1.1,ratio,https://e.org/,\n", TRAINCOST_UNKNOWN, 2, "did you mean pue"},
    {"chip,usd,usd\nh20,2,1\n", TRAINCOST_SYNTAX, 1, "'usd' stands twice"},
    {PRICES "h20,rent,1e-7,,,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "1e-6"},
    {PRICES "h20,rent,2e9,,,2025-01-01,spot,marketplace,,V,https://e.org/,\n", TRAINCOST_DATA, 2, "1e9"},
    {FACTS "pue,other,,2024,1.1,ratio,https://e.org/,caf\xE9\n", TRAINCOST_SYNTAX, 2, "UTF-8"},
    {FACTS "pue,other,,2024,1.1,ratio,https://e.org/,\xED\xA0\x80\n", TRAINCOST_SYNTAX, 2, "UTF-8"},
};

START_TEST(a_bad_table_is_refused_and_changes_nothing)
{
    size_t chips = chips_in(), observations = count_observations();
    traincost_status status = load_text(bad_tables[_i].text);
    const char *message = traincost_error_message(error);
    ck_assert_msg(status == bad_tables[_i].status, "%s: %s", traincost_status_name(status), message);
    ck_assert_msg(traincost_error_line(error) == bad_tables[_i].line, "line %d: %s",
                  traincost_error_line(error), message);
    ck_assert_msg(strstr(message, bad_tables[_i].word) && strstr(message, "table.csv"), "%s", message);
    ck_assert(chips_in() == chips && count_observations() == observations);
    check_order();
}
END_TEST

START_TEST(what_is_not_there_is_an_io_error)
{
    ck_assert_int_eq(traincost_catalog_load(catalog, inside("nothing.csv"), error), TRAINCOST_IO);
    const char *first = strstr(traincost_error_message(error), "nothing.csv");
    ck_assert_ptr_nonnull(first);
    ck_assert_msg(!strstr(first + 1, "nothing.csv"), "%s", traincost_error_message(error));
    ck_assert_int_eq(traincost_catalog_load(catalog, folder, error), TRAINCOST_IO);
    ck_assert_int_eq(traincost_catalog_load(catalog, inside("nothing.csv"), NULL), TRAINCOST_IO);
}
END_TEST

/* What is lost in silence elsewhere: a zero byte ends a text, a comment becomes a name. */
static const struct {
    const char *text;
    size_t length;
    int line;
    const char *word;
} bad_lists[] = {
#define LIST(text, line, word)                                                                                 \
    {                                                                                                          \
        text, sizeof text - 1, line, word                                                                      \
    }
    LIST("- id: a\n  type: H100\n- id: b\0\n- id: c\n", 3, "zero byte"),
    LIST("-\0 \0i\0d\0", 1, "UTF-16"),
    LIST("- id: \n  type: H100\n", 1, "one word"),
    LIST("- id: a\n  type: H100\n- id: # b\n", 3, "one word"),
    LIST("- id: a # the first\n", 1, "one word"),
    LIST("- id: 'a b'\n", 1, "one word"),
#undef LIST
};

START_TEST(a_list_of_runs_loses_nothing)
{
    FILE *file = fopen(inside("runs.yaml"), "wb");
    ck_assert(file && fwrite(bad_lists[_i].text, 1, bad_lists[_i].length, file) == bad_lists[_i].length);
    ck_assert_int_eq(fclose(file), 0);
    traincost_status status = traincost_catalog_load(catalog, inside("runs.yaml"), error);
    ck_assert_msg(status == TRAINCOST_SYNTAX || status == TRAINCOST_DATA, "%s", traincost_status_name(status));
    ck_assert_msg(strstr(traincost_error_message(error), bad_lists[_i].word) != NULL, "%s",
                  traincost_error_message(error));
    ck_assert_int_eq(traincost_error_line(error), bad_lists[_i].line);
}
END_TEST

START_TEST(what_a_spreadsheet_writes_is_taken)
{
    ck_assert_int_eq(load_text("\xEF\xBB\xBF"
                               "key,qualifier,region,date,value,unit,source,note\r\n"
                               "pue,mine,,2024,1.1,ratio,https://e.org/,\xc3\xa9\r\n"),
                     TRAINCOST_OK);
    ck_assert_str_eq(catalog_find_fact(catalog, "pue", "mine", "", 0)->note, "\xc3\xa9");
    write_file("runs.yaml", "\xEF\xBB\xBF\r\n- id: mine\r\n  type: H100\r\n  chip-hours: 5\r\n");
    ck_assert_int_eq(traincost_catalog_load(catalog, inside("runs.yaml"), error), TRAINCOST_OK);
    ck_assert_ptr_nonnull(catalog_find_run(catalog, "mine"));
}
END_TEST

/* A run holds a chip of the rows as they were; loading and freeing in any order takes none from under it. */
START_TEST(rows_live_as_long_as_their_catalogue)
{
    traincost_result *result = NULL;
    traincost_scenario *run = traincost_scenario_new(catalog, error);
    ck_assert_int_eq(load_text(CHIPS NEW_CHIP), TRAINCOST_OK);
    ck_assert(!traincost_scenario_set(run, TRAINCOST_RUN, "type", "zz9", error));
    ck_assert(!traincost_scenario_set(run, TRAINCOST_RUN, "chip-hours", "5", error));
    ck_assert_int_eq(load_text(CHIPS NEW_CHIP), TRAINCOST_OK);
    ck_assert_int_eq(load_text(CHIPS "zz7,Z7,,Zeta,gpu,f,2025,9,9,https://e.org/,2025,\n"), TRAINCOST_OK);
    ck_assert_msg(!traincost_estimate(run, NULL, &result, error), "%s", traincost_error_message(error));
    ck_assert_str_eq(traincost_result_stage_at(result, 0)->chip->id, "zz9");
    traincost_catalog_free(catalog);
    catalog = NULL;
    traincost_result_free(result);
    traincost_scenario_free(run);
}
END_TEST

/* ---- tables ---- */

START_TEST(tables_are_read_as_rfc_4180_says)
{
    static const char text[] = "a,b,c\r\n1,\"two, \"\"2\"\"\",3\r\n,,\n\"x\ny\",\xc3\xa9, z ";
    struct table table;
    ck_assert_int_eq(table_parse(text, strlen(text), &table, NULL), TRAINCOST_OK);
    ck_assert(table.columns == 3 && table.rows == 3);
    ck_assert(table_column(&table, "c") == 2 && table_column(&table, "d") == -1);
    ck_assert_str_eq(table_cell(&table, 0, 1), "two, \"2\"");
    ck_assert_str_eq(table_cell(&table, 1, 0), "");
    ck_assert_str_eq(table_cell(&table, 2, 0), "x\ny");
    ck_assert_str_eq(table_cell(&table, 2, 1), "\xc3\xa9");
    ck_assert(table.lines[1] == 2 && table.lines[2] == 3 && table.lines[3] == 4);
    table_free(&table);
}
END_TEST

START_TEST(a_fact_is_the_one_nearest_to_the_day)
{
    ck_assert_int_eq(load_text(FACTS
                               "pue,,,2020,1,ratio,https://e.org/,\npue,,,2022-03,2,ratio,https://e.org/,\n"
                               "pue,,,2022,3,ratio,https://e.org/,\npue,q,,2021,9,ratio,https://e.org/,\n"),
                     TRAINCOST_OK);
    static const struct {
        int day;
        const char *value;
    } days[] = {{10000, "1"}, {18444, "1"}, {18754, "1"}, {18755, "2"}, {18756, "2"},
                {19119, "2"}, {19120, "2"}, {19121, "3"}, {30000, "3"}}; /* of two as near the later row */
    for (int i = 0; i < COUNT(days); i++)
        ck_assert_msg(!strcmp(catalog_find_fact(catalog, "pue", "", "", days[i].day)->value, days[i].value),
                      "day %d has the value %s, not %s", days[i].day,
                      catalog_find_fact(catalog, "pue", "", "", days[i].day)->value, days[i].value);
    ck_assert_ptr_null(catalog_find_fact(catalog, "pue", "r", "", 0));
    ck_assert_ptr_null(catalog_find_fact(catalog, "pue", "", "US", 0));
}
END_TEST

Suite *catalog_suite(void)
{
    Suite *suite = suite_create("catalog");
    TCase *tests = tcase_create("catalog");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up_catalog, tear_down_catalog);
    tcase_add_loop_test(tests, chips_are_found_as_people_write_them, 0, COUNT(names));
    tcase_add_test(tests, every_name_in_the_table_leads_to_its_chip);
    tcase_add_loop_test(tests, an_unknown_chip_suggests_the_nearest, 0, COUNT(strangers));
    tcase_add_test(tests, a_very_long_name_is_unknown);
    tcase_add_test(tests, regions_are_found);
    tcase_add_test(tests, walking_ends_with_null_and_dates_are_real);
    tcase_add_test(tests, the_last_rent_of_a_chip_is_found_with_its_age);
    tcase_add_test(tests, a_new_chip_and_its_price_join_the_catalogue);
    tcase_add_test(tests, a_row_of_the_same_key_is_replaced);
    tcase_add_test(tests, a_folder_is_loaded_whole);
    tcase_add_test(tests, a_folder_of_too_long_a_path_is_refused);
    tcase_add_test(tests, a_folder_that_fails_leaves_the_catalogue_as_it_was);
    tcase_add_loop_test(tests, a_bad_table_is_refused_and_changes_nothing, 0, COUNT(bad_tables));
    tcase_add_loop_test(tests, a_list_of_runs_loses_nothing, 0, COUNT(bad_lists));
    tcase_add_test(tests, what_a_spreadsheet_writes_is_taken);
    tcase_add_test(tests, rows_live_as_long_as_their_catalogue);
    tcase_add_test(tests, what_is_not_there_is_an_io_error);
    tcase_add_test(tests, tables_are_read_as_rfc_4180_says);
    tcase_add_test(tests, a_fact_is_the_one_nearest_to_the_day);
    suite_add_tcase(suite, tests);
    return suite;
}
