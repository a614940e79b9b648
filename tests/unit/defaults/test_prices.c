/* Prices at a date: what they rest on, and how well they hold. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_likeness.h"
#include "tools/leave_one_out.h"
#include "tools/own_calibration.h"
#include "base/text_date.h"
#include "unit/count.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADDED_MOST = 1200, TERMS = TERM_ANY + 1 };

static const traincost_chip *chip_named(const char *name)
{
    const traincost_chip *chip = NULL;
    ck_assert_int_eq(traincost_catalog_find(NULL, name, &chip, NULL, NULL), TRAINCOST_OK);
    return chip;
}

/* A month is its middle, as in the tables. */
static int day_of(const char *date)
{
    int day = 0;
    ck_assert_ptr_null(text_date(date, &day));
    return strlen(date) == 7 ? day + 14 : day;
}

static struct price_estimate rent(const traincost_catalog *catalog, const char *chip, const char *date,
                                  enum price_term term)
{
    struct price_estimate price;
    struct rental_question question = {chip_named(chip), day_of(date), term, TIER_ALL, ""};
    price_rental(catalog, &question, &price);
    return price;
}

static struct price_estimate rent_of(const char *chip, const char *date, enum price_term term,
                                     enum price_tier tier, const char *region)
{
    struct rental_question question = {chip_named(chip), day_of(date), term, tier, region};
    struct price_estimate price;
    price_rental(NULL, &question, &price);
    return price;
}

static struct price_estimate buy(const char *chip)
{
    struct price_estimate price;
    price_hardware(NULL, chip_named(chip), &price);
    return price;
}

static void assert_near(double value, double wanted, double share)
{
    ck_assert_msg(fabs(value / wanted - 1) <= share, "%g is not within %g %% of %g", value, 100 * share,
                  wanted);
}

/* The built-in catalogue and observations of the test's own. */
struct merged {
    traincost_catalog catalog;
    traincost_observation *observations;
};

static struct merged merge_observations(const traincost_observation *added, size_t count)
{
    const struct rows *rows = &catalog_builtin.rows;
    struct merged merged = {.catalog = catalog_builtin};
    merged.observations = malloc((rows->observation_count + count) * sizeof *merged.observations);
    ck_assert_ptr_nonnull(merged.observations);
    memcpy(merged.observations, rows->observations, rows->observation_count * sizeof *merged.observations);
    memcpy(merged.observations + rows->observation_count, added, count * sizeof *added);
    qsort(merged.observations, rows->observation_count + count, sizeof *added, rows_compare_observations);
    rows_set_array(&merged.catalog.rows, ROWS_OBSERVATIONS,
                   (struct row_array){merged.observations, rows->observation_count + count});
    return merged;
}

static traincost_observation offer(const char *date, const char *term, const char *tier, const char *vendor,
                                   double usd)
{
    return (traincost_observation){.chip = "h100-sxm",
                                   .kind = "rent",
                                   .usd = usd,
                                   .date = date,
                                   .term = term,
                                   .tier = tier,
                                   .includes = "",
                                   .vendor = vendor,
                                   .source = "https://example.org/",
                                   .note = "",
                                   .day = day_of(date),
                                   .region = ""};
}

/* ---- worked by another program from the same tables ---- */

static const struct {
    const char *chip, *date;
    enum price_term term;
    enum price_tier tier;
    const char *region;
    double median, spread;
    size_t count;
} worked_rents[] = {
    {"h800-sxm", "2025-01", TERM_CLUSTER, TIER_ALL, "", 2.655860, 0.263808, 32},
    {"h800-sxm", "2025-09-17", TERM_CLUSTER, TIER_ALL, "", 2.586464, 0.305958, 66},
    {"h100-sxm", "2023-06", TERM_CLUSTER, TIER_ALL, "", 4.637923, 0.387385, 14},
    {"h100-sxm", "2024-10", TERM_CLUSTER, TIER_ALL, "", 2.937313, 0.247290, 40},
    {"h100-sxm", "2025-10", TERM_CLUSTER, TIER_ALL, "", 2.642571, 0.305746, 46},
    {"h100-sxm", "2026-06", TERM_CLUSTER, TIER_ALL, "", 2.742773, 0.262572, 79},
    {"h100-sxm", "2026-10-09", TERM_CLUSTER, TIER_ALL, "", 2.947497, 0.244079, 77},
    {"h100-sxm", "2026-06", TERM_1Y, TIER_ALL, "", 2.909241, 0.421389, 61},
    {"h100-sxm", "2025-03", TERM_3Y, TIER_ALL, "", 3.113764, 0.499963, 30},
    {"h100-sxm", "2025-03", TERM_ANY, TIER_ALL, "", 3.887211, 0.594673, 39},
    {"h100-sxm", "2026-10-09", TERM_ON_DEMAND, TIER_SPECIALISED, "", 3.714404, 0.252779, 62},
    {"h100-sxm", "2026-10-09", TERM_ON_DEMAND, TIER_HYPERSCALER, "", 8.899493, 0.237397, 53},
    {"h100-sxm", "2026-10-09", TERM_ON_DEMAND, TIER_MARKETPLACE, "", 2.233688, 0.298943, 91},
    {"h100-sxm", "2026-10-09", TERM_CLUSTER, TIER_HYPERSCALER, "", 5.213786, 0.233980, 36},
    {"h100-sxm", "2026-10-09", TERM_CLUSTER, TIER_SPECIALISED, "", 2.947497, 0.244079, 77},
    {"h100-sxm", "2026-10-09", TERM_ANY, TIER_HYPERSCALER, "", 7.601200, 0.471452, 62},
    {"h100-sxm", "2026-07", TERM_1Y, TIER_ALL, "China", 2.070355, 0.456350, 61},
    {"h100-sxm", "2026-07", TERM_CLUSTER, TIER_HYPERSCALER, "China", 5.042779, 0.252569, 61},
    {"a100-sxm-80", "2022-06", TERM_CLUSTER, TIER_ALL, "", 1.652288, 0.346604, 38},
    {"a100-sxm-80", "2023-03-08", TERM_CLUSTER, TIER_ALL, "", 1.593023, 0.312498, 44},
    {"a100-sxm-40", "2022-05-12", TERM_CLUSTER, TIER_ALL, "", 1.162174, 0.398411, 43},
    {"a100-sxm-40", "2024-06", TERM_1Y, TIER_HYPERSCALER, "", 2.534498, 0.228774, 29},
    {"v100-sxm2-32", "2020-06", TERM_CLUSTER, TIER_ALL, "", 1.032930, 0.365454, 22},
    {"v100-sxm2-16", "2026-10-09", TERM_CLUSTER, TIER_ALL, "", 0.307287, 0.470558, 8},
    {"p100-pcie", "2026-10-09", TERM_CLUSTER, TIER_ALL, "", 0.234881, 0.518585, 2},
    {"k80", "2026-10-09", TERM_CLUSTER, TIER_ALL, "", 0.129166, 0.561181, 4},
    {"tpu-v4", "2022-06", TERM_CLUSTER, TIER_ALL, "", 1.747720, 0.218343, 9},
    {"tpu-v3", "2020-06", TERM_CLUSTER, TIER_ALL, "", 1.050146, 0.257056, 14},
    {"tpu-v5p", "2024-06", TERM_SPOT, TIER_ALL, "", 1.841917, 0.231569, 7},
    {"b200", "2026-10-09", TERM_CLUSTER, TIER_ALL, "", 5.633382, 0.267060, 52},
    {"h20", "2025-01", TERM_CLUSTER, TIER_ALL, "", 0.832126, 0.609208, 93},
    {"ascend-910b", "2026-07", TERM_CLUSTER, TIER_ALL, "China", 0.309009, 0.269993, 3},
    {"trainium2", "2026-10-09", TERM_CLUSTER, TIER_ALL, "", 1.877009, 0.217373, 1},
    {"h100-sxm", "2030-01-01", TERM_CLUSTER, TIER_ALL, "", 2.423760, 0.488057, 76},
    /* The spreads of on-demand and spot have moved since: of these, what the library said then is kept. */
    {"h100-sxm", "2024-10", TERM_ON_DEMAND, TIER_ALL, "", 3.457165, 0.346733, 37},
    {"h100-sxm", "2026-10-09", TERM_SPOT, TIER_ALL, "", 1.822194, 0.438109, 76},
    {"v100-sxm2-16", "2020-06", TERM_ON_DEMAND, TIER_ALL, "", 2.644891, 0.417752, 16},
    {"h100-sxm", "2027-10-09", TERM_ON_DEMAND, TIER_ALL, "", 3.463406, 0.442607, 79},
};

START_TEST(rents_are_those_worked_beforehand)
{
    struct rental_question question = {chip_named(worked_rents[_i].chip), day_of(worked_rents[_i].date),
                                       worked_rents[_i].term, worked_rents[_i].tier, worked_rents[_i].region};
    struct price_estimate price;
    price_rental(NULL, &question, &price);
    assert_near(price.median, worked_rents[_i].median, 0.005);
    assert_near(price.spread, worked_rents[_i].spread, 0.005);
    ck_assert_uint_eq(price.count, worked_rents[_i].count);
}
END_TEST

static const struct {
    const char *chip;
    double median;
    size_t count;
} worked_purchases[] = {
    {"a100-pcie-40", 15098, 11}, {"a100-sxm-40", 14769, 3},  {"a100-sxm-80", 18012, 6},
    {"b200", 27480, 3},          {"gb200", 20688, 3},        {"h100-sxm", 28331, 17},
    {"h20", 13614, 7},           {"h800-sxm", 24492, 4},     {"k80", 2258, 2},
    {"l4", 2500, 1},             {"mi355x", 33408, 11},      {"mtia-400", 21337, 0},
    {"rtx-4090", 1705, 3},       {"t4", 1880, 1},            {"tpu-v4", 5176, 0},
    {"tpu-v7", 9708, 0},         {"v100-sxm2-16", 10620, 3},
};

START_TEST(purchases_are_those_worked_beforehand)
{
    struct price_estimate price = buy(worked_purchases[_i].chip);
    assert_near(price.median, worked_purchases[_i].median, 0.005);
    ck_assert_uint_eq(price.count, worked_purchases[_i].count);
}
END_TEST

/* New, at a date: worked beforehand by another program. */
static const struct {
    const char *chip, *date;
    double median, spread;
    size_t count;
} dated_purchases[] = {
    {"h100-sxm", "2026-10-09", 16937.5, 0.177386, 13},
    {"h100-sxm", "2024-03-15", 23288.6, 0.361355, 31},
    {"h100-sxm", "2022-10-15", 24544.5, 0.421404, 19},
    {"h800-sxm", "2024-12-15", 23708.3, 0.349673, 32},
    {"b200", "2026-07-15", 20828.7, 0.175355, 13},
    {"b300", "2026-10-09", 29493.8, 0.237187, 12},
    {"gb200", "2026-10-09", 20874.8, 0.170052, 12},
    {"gb300", "2026-10-09", 23954.3, 0.200104, 14},
    {"mi300x", "2026-07-15", 11332.2, 0.150000, 3},
    {"mi355x", "2026-07-15", 24068.3, 0.197563, 16},
    {"a100-sxm-80", "2021-06-15", 14973.0, 0.421404, 11},
    {"a100-sxm-80", "2026-10-09", 8535.8, 0.421404, 12},
    {"v100-sxm2-16", "2026-10-09", 2432.4, 0.421404, 17},
    {"rtx-4090", "2026-10-09", 2585.3, 0.421404, 5},
    {"l4", "2026-06-15", 2506.3, 0.421404, 3},
    {"tpu-v4", "2024-06-15", 3013.8, 0.842807, 0},
};

START_TEST(purchases_at_a_date_are_those_worked_beforehand)
{
    struct price_estimate price;
    int day = 0;
    ck_assert(!text_date(dated_purchases[_i].date, &day));
    price_purchase(NULL, chip_named(dated_purchases[_i].chip), day, &price);
    assert_near(price.median, dated_purchases[_i].median, 0.005);
    assert_near(price.spread, dated_purchases[_i].spread, 0.005);
    ck_assert_uint_eq(price.count, dated_purchases[_i].count);
}
END_TEST

/* Where a purchase is asked for, a cluster pays less; single cards are bought at what is asked. */
START_TEST(asks_of_servers_stand_above_what_clusters_pay)
{
    const traincost_observation server = {.term = "list"}, known = {.term = "implied"}, guess = {.term = "estimate"};
    ck_assert_double_gt(price_asked_above(&server, chip_named("h100-sxm")), 0);
    ck_assert(price_asked_above(&known, chip_named("h100-sxm")) == 0);
    ck_assert(price_asked_above(&server, chip_named("l4")) == 0);
    ck_assert(price_asked_above(&guess, chip_named("tpu-v4")) == 0);
}
END_TEST

/* Of what is left out, and of how many months: within which factor the prices lie in the median, and how far they
 * may lean. */
static const struct {
    enum purchase_kind kind;
    enum held_out left;
    int months;
    double within, lean;
} bought[] = {{PURCHASE_ASKED, LEFT_MONTH, 0, 1.25, 1.05},  {PURCHASE_ASKED, LEFT_CHIP, 0, 1.3, 1.05},
              {PURCHASE_ASKED, LEFT_AHEAD, 12, 1.4, 1.15},  {PURCHASE_ASKED, LEFT_AHEAD, 24, 1.55, 1.25},
              {PURCHASE_IMPLIED, LEFT_CHIP, 0, 1.25, 1.25}, {PURCHASE_IMPLIED, LEFT_AHEAD, 12, 1.4, 1.1}};

START_TEST(purchases_left_out_are_predicted)
{
    struct holding holding;
    ck_assert(purchases_left_out(bought[_i].kind, bought[_i].left, bought[_i].months, &holding));
    ck_assert_uint_ge(holding.count, bought[_i].kind == PURCHASE_ASKED ? 80 : 10);
    ck_assert_double_ge(holding.within_90, 0.8);
    ck_assert_double_lt(holding.error, bought[_i].within);
    ck_assert_double_lt(fabs(log(holding.lean)), log(bought[_i].lean));
}
END_TEST

/* ---- how prices move ---- */

START_TEST(an_h100_fell_until_2025_and_rose_in_2026)
{
    static const char *const falling[] = {"2023-06", "2024-01", "2024-10", "2025-10"};
    for (size_t i = 1; i < sizeof falling / sizeof *falling; i++)
        ck_assert_double_lt(rent(NULL, "h100-sxm", falling[i], TERM_CLUSTER).median,
                            rent(NULL, "h100-sxm", falling[i - 1], TERM_CLUSTER).median);
    ck_assert_double_gt(rent(NULL, "h100-sxm", "2026-10", TERM_CLUSTER).median,
                        rent(NULL, "h100-sxm", "2025-10", TERM_CLUSTER).median);
}
END_TEST

START_TEST(a_price_much_observed_is_known_within_a_factor_of_4)
{
    struct price_estimate price = rent(NULL, "h800-sxm", "2025-01", TERM_CLUSTER);
    ck_assert_double_lt(exp(2 * 1.6449 * price.spread), 4);
    ck_assert_double_gt(exp(2 * 1.6449 * price.spread), 2);
}
END_TEST

START_TEST(ahead_of_the_last_observation_a_price_falls_with_age_and_its_range_widens)
{
    static const char *const dates[] = {"2026-10-09", "2026-11-09", "2027-01-09",
                                        "2027-10-09", "2028-10-09", "2029-10-09"};
    static const enum price_term terms[] = {TERM_CLUSTER, TERM_ON_DEMAND, TERM_ANY};
    struct price_estimate before = rent(NULL, "b200", dates[0], terms[_i]);
    ck_assert_int_eq(before.days_ahead, 0);
    ck_assert_ptr_null(strstr(before.basis, "forecast"));
    for (size_t i = 1; i < sizeof dates / sizeof *dates; i++) {
        struct price_estimate price = rent(NULL, "b200", dates[i], terms[_i]);
        ck_assert_double_lt(price.median, before.median);
        ck_assert_double_gt(price.spread, before.spread);
        ck_assert_int_eq(price.days_ahead, day_of(dates[i]) - day_of(dates[0]));
        ck_assert_ptr_nonnull(strstr(price.basis, "a forecast, "));
        before = price;
    }
    ck_assert_ptr_nonnull(
        strstr(rent(NULL, "h100-sxm", "2026-11-09", TERM_CLUSTER).basis, "a forecast, 1 month ahead"));
    ck_assert_ptr_nonnull(
        strstr(rent(NULL, "h100-sxm", "2028-10-09", TERM_SPOT).basis, "a forecast, 24 months ahead"));
    struct price_estimate near = rent(NULL, "h100-sxm", "2036", TERM_CLUSTER);
    struct price_estimate far = rent(NULL, "h100-sxm", "2199", TERM_CLUSTER);
    assert_near(far.median, near.median, 1e-9);
    assert_near(far.spread, near.spread, 0.01);
}
END_TEST

/* Hyperscalers list a chip first: years later their list alone does not stand for all. */
START_TEST(ahead_the_mix_of_tiers_goes_over_to_the_usual_one)
{
    traincost_observation list = offer("2022-06-15", "on-demand", "hyperscaler", "A cloud", 20);
    traincost_catalog catalog = catalog_builtin;
    rows_set_array(&catalog.rows, ROWS_OBSERVATIONS, (struct row_array){&list, 1});
    static const char *const dates[] = {"2022-06-15", "2023-06-15", "2025-06-15"};
    double ratio[COUNT(dates)];
    for (int i = 0; i < COUNT(dates); i++) {
        struct rental_question question = {chip_named("h100-sxm"), day_of(dates[i]), TERM_ON_DEMAND, TIER_ALL, ""};
        struct price_estimate all, specialised;
        price_rental(&catalog, &question, &all);
        question.tier = TIER_SPECIALISED;
        price_rental(&catalog, &question, &specialised);
        ratio[i] = all.median / specialised.median;
    }
    assert_near(rent(&catalog, "h100-sxm", dates[0], TERM_ON_DEMAND).median, 20, 1e-9);
    ck_assert(ratio[0] > 1.9 && ratio[0] < 2.2);
    ck_assert_double_lt(ratio[1], ratio[0]);
    ck_assert(ratio[2] > 1.05 && ratio[2] < 1.1);
}
END_TEST

/* Who asks within weeks may be of another tier than all that was seen. */
START_TEST(ahead_all_tiers_vary_as_their_usual_mix)
{
    traincost_observation list = offer("2025-06-15", "on-demand", "specialised", "A cloud", 3);
    traincost_catalog catalog = catalog_builtin;
    rows_set_array(&catalog.rows, ROWS_OBSERVATIONS, (struct row_array){&list, 1});
    static const char *const dates[] = {"2025-06-15", "2025-07-15", "2026-06-15"};
    const double mix = 0.32 * 0.32, mix_years = 0.1;
    for (int i = 0; i < COUNT(dates); i++) {
        struct rental_question question = {chip_named("h100-sxm"), day_of(dates[i]), TERM_ON_DEMAND, TIER_ALL, ""};
        struct price_estimate all, specialised;
        price_rental(&catalog, &question, &all);
        question.tier = TIER_SPECIALISED;
        price_rental(&catalog, &question, &specialised);
        double years = (question.day - day_of(dates[0])) / 365.25;
        double added = mix * (1 - exp(-years / mix_years));
        assert_near(all.spread, sqrt(specialised.spread * specialised.spread + added), 1e-9);
    }
}
END_TEST

START_TEST(before_the_first_observation_a_range_widens)
{
    ck_assert_double_gt(rent(NULL, "h100-sxm", "2020-01", TERM_CLUSTER).spread,
                        rent(NULL, "h100-sxm", "2022-01", TERM_CLUSTER).spread);
}
END_TEST

START_TEST(terms_keep_their_order)
{
    const enum price_term rising[] = {TERM_SPOT, TERM_CLUSTER, TERM_ON_DEMAND};
    for (int i = 1; i < 3; i++)
        ck_assert_double_gt(rent(NULL, "h100-sxm", "2024-10", rising[i]).median,
                            rent(NULL, "h100-sxm", "2024-10", rising[i - 1]).median);
}
END_TEST

START_TEST(tiers_are_worlds_of_their_own)
{
    const char *const day = "2026-10-06";
    double hyperscaler = rent_of("h100-sxm", day, TERM_ON_DEMAND, TIER_HYPERSCALER, "").median;
    double specialised = rent_of("h100-sxm", day, TERM_ON_DEMAND, TIER_SPECIALISED, "").median;
    double marketplace = rent_of("h100-sxm", day, TERM_ON_DEMAND, TIER_MARKETPLACE, "").median;
    ck_assert(hyperscaler > 6.8 && hyperscaler < 12.3);
    ck_assert(specialised > 3 && specialised < 4.5);
    ck_assert(marketplace > 1.5 && marketplace < 2.9);
}
END_TEST

START_TEST(china_is_cheaper_but_at_hyperscalers)
{
    struct price_estimate here = rent_of("h100-sxm", "2026-07", TERM_1Y, TIER_ALL, "US");
    struct price_estimate there = rent_of("h100-sxm", "2026-07", TERM_1Y, TIER_ALL, "China");
    assert_near(there.median / here.median, sqrt(0.55 * 0.8), 0.01);
    ck_assert_double_gt(there.spread, here.spread);
    ck_assert_ptr_nonnull(strstr(there.basis, ", x 0.66 in China"));
    assert_near(rent_of("h100-sxm", "2026-07", TERM_1Y, TIER_HYPERSCALER, "China").median,
                rent_of("h100-sxm", "2026-07", TERM_1Y, TIER_HYPERSCALER, "US").median, 0.01);
    /* seen there alone: whoever asks, as there */
    struct price_estimate ascend = rent_of("ascend-910b", "2026-07", TERM_1Y, TIER_ALL, "US");
    assert_near(ascend.median, rent_of("ascend-910b", "2026-07", TERM_1Y, TIER_ALL, "China").median, 0.1);
    ck_assert(ascend.median > 0.25 && ascend.median < 0.7);
    ck_assert_ptr_nonnull(strstr(ascend.basis, ", as in China, where alone it was seen"));
    assert_near(rent_of("tpu-v6e", "2026-08", TERM_ON_DEMAND, TIER_ALL, "Netherlands").median /
                    rent_of("tpu-v6e", "2026-08", TERM_ON_DEMAND, TIER_ALL, "US").median,
                sqrt(1.3), 1e-9);
}
END_TEST

/* Their last lists of hyperscalers stayed where they were. */
START_TEST(old_chips_fall_with_age)
{
    static const struct {
        const char *chip;
        double most;
    } old[] = {{"v100-sxm2-16", 0.5}, {"p100-pcie", 0.4}, {"k80", 0.25}};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        double before = rent(NULL, old[i].chip, "2022-06", TERM_CLUSTER).median;
        ck_assert_double_lt(rent(NULL, old[i].chip, "2025-06", TERM_CLUSTER).median, before);
        ck_assert_double_lt(rent(NULL, old[i].chip, "2026-10", TERM_CLUSTER).median, fmin(old[i].most, before));
    }
}
END_TEST

START_TEST(one_ask_of_a_marketplace_weighs_little)
{
    const traincost_observation ask = offer("2026-10-06", "marketplace", "marketplace", "A new market", 20);
    const traincost_observation list =
        offer("2026-10-06", "on-demand", "specialised", "A new cloud", 20 / 0.73);
    struct merged asked = merge_observations(&ask, 1), listed = merge_observations(&list, 1);
    double before = rent(NULL, "h100-sxm", "2026-10-06", TERM_CLUSTER).median;
    double by_ask = log(rent(&asked.catalog, "h100-sxm", "2026-10-06", TERM_CLUSTER).median / before);
    double by_list = log(rent(&listed.catalog, "h100-sxm", "2026-10-06", TERM_CLUSTER).median / before);
    ck_assert(by_ask > 0 && by_ask < 0.4 * by_list && by_ask < 0.1);
    free(asked.observations);
    free(listed.observations);
}
END_TEST

/* ---- other observations ---- */

START_TEST(added_observations_move_a_price)
{
    const traincost_observation added[] = {
        offer("2026-10-09", "on-demand", "specialised", "A new cloud", 9),
        offer("2026-10-09", "on-demand", "specialised", "Another new cloud", 9),
    };
    struct merged merged = merge_observations(added, 2);
    struct price_estimate before = rent(NULL, "h100-sxm", "2026-10-09", TERM_CLUSTER);
    struct price_estimate after = rent(&merged.catalog, "h100-sxm", "2026-10-09", TERM_CLUSTER);
    ck_assert_double_gt(after.median, 1.05 * before.median);
    ck_assert_uint_eq(after.count, before.count + 2);
    free(merged.observations);
}
END_TEST

START_TEST(a_vendor_that_repeats_itself_is_one_opinion)
{
    traincost_observation once = offer("2026-10-09", "on-demand", "specialised", "A new cloud", 3);
    traincost_observation often[50];
    for (int i = 0; i < 50; i++)
        often[i] = once;
    struct merged quiet = merge_observations(&once, 1), loud = merge_observations(often, 50);
    struct price_estimate a = rent(&quiet.catalog, "h100-sxm", "2026-10-09", TERM_CLUSTER);
    struct price_estimate b = rent(&loud.catalog, "h100-sxm", "2026-10-09", TERM_CLUSTER);
    assert_near(a.median, b.median, 1e-12);
    assert_near(a.spread, b.spread, 1e-12);
    free(quiet.observations);
    free(loud.observations);
}
END_TEST

START_TEST(a_cluster_is_not_rented_at_a_hyperscaler_on_demand_or_on_spot)
{
    const traincost_observation added[] = {
        offer("2026-10-09", "on-demand", "hyperscaler", "A new cloud", 20),
        offer("2026-10-09", "spot", "specialised", "Another new cloud", 0.1),
    };
    struct merged merged = merge_observations(added, 2);
    struct price_estimate before = rent(NULL, "h100-sxm", "2026-10-09", TERM_CLUSTER);
    struct price_estimate after = rent(&merged.catalog, "h100-sxm", "2026-10-09", TERM_CLUSTER);
    ck_assert(before.median == after.median && before.spread == after.spread);
    free(merged.observations);
}
END_TEST

/* In the order of their names: one half asks little, the other, which no longer fits, four times as much. */
START_TEST(more_vendors_than_a_table_holds_all_count)
{
    static char names[ADDED_MOST][24];
    static traincost_observation added[ADDED_MOST];
    for (int i = 0; i < ADDED_MOST; i++) {
        snprintf(names[i], sizeof names[i], "vendor %04d", i);
        double price = i < ADDED_MOST / 2 ? 10 / 0.80 : 10 / 0.80 * 4;
        added[i] = offer("2028-10-09", "on-demand", "specialised", names[i], price);
    }
    struct merged merged = merge_observations(added, ADDED_MOST);
    struct price_estimate price = rent(&merged.catalog, "h100-sxm", "2028-10-09", TERM_CLUSTER);
    assert_near(price.median, 20, 0.01);
    assert_near(price.spread, log(2), 0.01);
    free(merged.observations);
}
END_TEST

START_TEST(rows_of_unknown_kinds_are_survived)
{
    traincost_observation added[8];
    static const char *const terms[] = {"list", "street", "estimate", "", "weekly", "s", "1", "reserved"};
    for (int i = 0; i < 8; i++)
        added[i] = offer("2026-10-09", terms[i], i % 2 ? "" : "of its own", "", 3);
    added[0].chip = "a chip that nobody has";
    added[1].kind = "lease";
    added[2].kind = "";
    added[3].kind = "buy";
    struct merged merged = merge_observations(added, 8);
    for (int term = 0; term < TERMS; term++) {
        struct price_estimate price = rent(&merged.catalog, "h100-sxm", "2026-10-09", (enum price_term)term);
        ck_assert(isfinite(price.median) && isfinite(price.spread) && price.median > 0);
    }
    struct price_estimate price;
    price_hardware(&merged.catalog, chip_named("h100-sxm"), &price);
    ck_assert(isfinite(price.median) && price.median > 0);
    free(merged.observations);
}
END_TEST

START_TEST(a_catalogue_of_chips_alone_gives_answers)
{
    traincost_catalog bare = {
        .rows = {.chips = catalog_builtin.rows.chips, .chip_count = catalog_builtin.rows.chip_count}};
    struct price_estimate price = rent(&bare, "h100-sxm", "2025-01", TERM_CLUSTER);
    ck_assert_uint_eq(price.count, 0);
    ck_assert(price.median > 0.5 && price.median < 10);
    price_hardware(&bare, chip_named("h100-sxm"), &price);
    ck_assert_uint_eq(price.count, 0);
    ck_assert(price.median > 5000 && price.median < 50000 && price.spread > 0.3);
}
END_TEST

/* ---- every chip ---- */

static void check_price_range(const traincost_chip *chip, const struct price_estimate *price)
{
    ck_assert_msg(isfinite(price->median) && price->median > 0, "%s: %g", chip->id, price->median);
    ck_assert_msg(price->spread > 0.1 && price->spread < 2, "%s: spread %g", chip->id, price->spread);
    size_t length = strlen(price->basis);
    ck_assert_msg(length > 10 && length < sizeof price->basis - 1, "%s: %s", chip->id, price->basis);
}

START_TEST(every_chip_has_prices_at_any_time)
{
    static const char *const dates[] = {"2016", "2020", "2025", "2030"};
    const traincost_chip *chip;
    struct price_estimate price;
    for (size_t i = 0; (chip = traincost_catalog_chip(NULL, i)); i++) {
        for (int d = 0; d < 4; d++)
            for (int term = 0; term < TERMS; term++) {
                struct rental_question question = {chip, day_of(dates[d]), (enum price_term)term, TIER_ALL, ""};
                price_rental(NULL, &question, &price);
                check_price_range(chip, &price);
            }
        price_hardware(NULL, chip, &price);
        check_price_range(chip, &price);
        ck_assert_int_gt(price_available(NULL, chip), day_of("2005"));
        ck_assert_int_lt(price_available(NULL, chip), day_of("2030"));
    }
}
END_TEST

START_TEST(the_same_question_has_the_same_answer)
{
    struct price_estimate first = rent(NULL, "h20", "2025-01", TERM_ANY);
    rent(NULL, "tpu-v4", "2022-01", TERM_SPOT);
    struct price_estimate second = rent(NULL, "h20", "2025-01", TERM_ANY);
    ck_assert(first.median == second.median && first.spread == second.spread && first.count == second.count);
    ck_assert_str_eq(first.basis, second.basis);
}
END_TEST

START_TEST(ranges_hold_what_was_observed)
{
    struct price_trial trial = {(enum price_term)_i, TIER_ALL, LEFT_MONTH, 0, false};
    struct holding holding;
    ck_assert(leave_one_out(&trial, &holding));
    ck_assert_uint_gt(holding.count, 40);
    double least = holding.count > 100 ? 0.85 : 0.80; /* a share of few varies by 0.05 */
    ck_assert_msg(holding.within_90 >= least && holding.within_90 <= 0.95, "%s: %g of %zu prices in it",
                  term_words[_i], holding.within_90, holding.count);
    ck_assert_double_lt(holding.error, 1.5);
    ck_assert_double_eq_tol(holding.within_90 + holding.below + holding.above, 1, 1e-9);
}
END_TEST

START_TEST(each_tier_holds_its_own)
{
    static const double widest[] = {3.8, 3.0, 4.0, 3.8};
    struct price_trial trial = {TERM_ANY, (enum price_tier)_i, LEFT_MONTH, 0, false};
    struct holding holding;
    ck_assert(leave_one_out(&trial, &holding));
    ck_assert_uint_gt(holding.count, 40);
    ck_assert_msg(holding.within_90 >= 0.85 && holding.within_90 <= 0.96, "%s: %g of %zu prices in it",
                  tier_words[_i], holding.within_90, holding.count);
    ck_assert(holding.error < 1.3 && holding.width < widest[_i]);
}
END_TEST

static const struct {
    enum price_term term;
    int months;
    double least, widest;
} forecasts[] = {
    {TERM_CLUSTER, 3, 0.86, 4.2},    {TERM_CLUSTER, 6, 0.86, 4.4},    {TERM_CLUSTER, 12, 0.86, 4.8},
    {TERM_CLUSTER, 24, 0.86, 6},     {TERM_ON_DEMAND, 1, 0.84, 4.9},  {TERM_ON_DEMAND, 3, 0.87, 5.3},
    {TERM_ON_DEMAND, 6, 0.87, 5.8},  {TERM_ON_DEMAND, 12, 0.87, 6.6}, {TERM_ON_DEMAND, 24, 0.87, 7.5},
    {TERM_ANY, 3, 0.87, 6.9},        {TERM_ANY, 12, 0.87, 8.8},       {TERM_ANY, 24, 0.87, 9.4},
};

START_TEST(forecasts_hold_what_came)
{
    struct price_trial trial = {forecasts[_i].term, TIER_ALL, LEFT_AHEAD, forecasts[_i].months, false};
    struct holding holding;
    ck_assert(leave_one_out(&trial, &holding));
    ck_assert_uint_gt(holding.count, 200);
    ck_assert_msg(holding.within_90 >= forecasts[_i].least && holding.within_90 <= 0.95 &&
                      holding.below <= 0.10 && holding.above <= 0.12,
                  "%s, %d months ahead: %g in it, %g below, %g above", term_words[trial.term], trial.months,
                  holding.within_90, holding.below, holding.above);
    ck_assert(holding.lean > 0.85 && holding.lean < 1.15);
    ck_assert(holding.error < 1.6 && holding.width < forecasts[_i].widest);
}
END_TEST

/* ---- in words ---- */

START_TEST(a_basis_says_what_a_price_rests_on)
{
    ck_assert_str_eq(rent(NULL, "trainium2", "2026-10-09", TERM_CLUSTER).basis,
                     "1 observation of Trainium2, 2026-10");
    ck_assert_str_eq(rent(NULL, "h100-sxm", "2026-06", TERM_1Y).basis,
                     "61 observations of H100 and H200, 2025-10 to 2026-10, brought to a 1-year term");
    ck_assert_str_eq(rent(NULL, "gaudi3", "2025-06", TERM_CLUSTER).basis,
                     "no price seen: inferred from peak FLOP/s and age");
    ck_assert_ptr_nonnull(strstr(rent(NULL, "h20", "2025-01", TERM_CLUSTER).basis, " and others, "));
    ck_assert_ptr_nonnull(strstr(rent(NULL, "wse-3", "2025-01", TERM_CLUSTER).basis, "a mere guess"));
    ck_assert_str_eq(buy("a100-sxm-40").basis, "3 purchase prices of A100, 2020-05 to 2022-07");
    ck_assert_str_eq(buy("tpu-v4").basis, "an estimate, as TPUs are not sold");
    ck_assert_str_eq(buy("mtia-400").basis,
                     "no purchase price seen: inferred from peak FLOP/s and year of release");
}
END_TEST

START_TEST(an_odd_peak_makes_a_guess_wide)
{
    ck_assert_double_gt(rent(NULL, "wse-3", "2025-01", TERM_CLUSTER).spread,
                        2 * rent(NULL, "gaudi3", "2025-01", TERM_CLUSTER).spread);
}
END_TEST

START_TEST(a_chip_is_available_three_months_after_its_release)
{
    ck_assert_int_eq(price_available(NULL, chip_named("h100-sxm")), day_of("2022-09-20") + 90);
    ck_assert_int_eq(price_available(NULL, chip_named("a100-pcie-80")), day_of("2020-07-01")); /* first seen */
    ck_assert_int_lt(price_available(NULL, chip_named("rubin")), catalog_day(NULL));
}
END_TEST

/* ---- the public functions ---- */

START_TEST(public_prices_are_the_same)
{
    const traincost_chip *chip = chip_named("h800-sxm");
    struct price_estimate estimate = rent(NULL, "h800-sxm", "2025-01-15", TERM_SPOT);
    traincost_price *price = NULL;
    ck_assert_int_eq(traincost_catalog_rental_price(NULL, chip, "2025-01-15", "spot", &price, NULL),
                     TRAINCOST_OK);
    ck_assert(price->p50 == estimate.median && price->observations == estimate.count);
    assert_near(price->p95 / price->p50, exp(1.644854 * estimate.spread), 1e-6);
    assert_near(price->p5 * price->p95, price->p50 * price->p50, 1e-12);
    ck_assert_str_eq(price->basis, estimate.basis);
    traincost_price_free(price);
    ck_assert_int_eq(traincost_catalog_rental_price(NULL, chip, NULL, NULL, &price, NULL), TRAINCOST_OK);
    ck_assert(price->p50 == rent(NULL, "h800-sxm", traincost_catalog_date(NULL), TERM_CLUSTER).median);
    traincost_price_free(price);
    traincost_price_free(NULL);
}
END_TEST

START_TEST(a_purchase_price_has_the_range_of_the_economics_table)
{
    traincost_price *price = NULL;
    ck_assert_int_eq(traincost_catalog_hardware_price(NULL, chip_named("h100-sxm"), &price, NULL),
                     TRAINCOST_OK);
    assert_near(price->p95 / price->p50, 2, 1e-6);
    assert_near(price->p50 / price->p5, 2, 1e-6);
    traincost_price_free(price);
    ck_assert_int_eq(traincost_catalog_hardware_price(NULL, chip_named("tpu-v4"), &price, NULL), TRAINCOST_OK);
    assert_near(price->p95 / price->p50, 4, 1e-6);
    traincost_price_free(price);
}
END_TEST

START_TEST(a_wrong_date_or_term_is_refused)
{
    const traincost_chip *chip = chip_named("h800-sxm");
    traincost_error *error = traincost_error_new();
    traincost_price *price = NULL;
    ck_assert_int_eq(traincost_catalog_rental_price(NULL, chip, "2025-13", NULL, &price, error),
                     TRAINCOST_SYNTAX);
    ck_assert_ptr_null(price);
    ck_assert_str_eq(traincost_error_message(error), "date '2025-13': there is no such month");
    ck_assert_int_eq(traincost_catalog_rental_price(NULL, chip, NULL, "2y", &price, error), TRAINCOST_UNKNOWN);
    ck_assert_ptr_null(price);
    ck_assert_ptr_nonnull(strstr(traincost_error_message(error), "'2y': it is one of cluster|"));
    traincost_error_free(error);
}
END_TEST

static TCase *tests_of_figures(void)
{
    TCase *tests = tcase_create("figures");
    tcase_add_loop_test(tests, rents_are_those_worked_beforehand, 0,
                        sizeof worked_rents / sizeof *worked_rents);
    tcase_add_loop_test(tests, purchases_at_a_date_are_those_worked_beforehand, 0,
                        sizeof dated_purchases / sizeof *dated_purchases);
    tcase_add_test(tests, asks_of_servers_stand_above_what_clusters_pay);
    tcase_add_loop_test(tests, purchases_left_out_are_predicted, 0, sizeof bought / sizeof *bought);
    tcase_add_loop_test(tests, purchases_are_those_worked_beforehand, 0,
                        sizeof worked_purchases / sizeof *worked_purchases);
    tcase_add_test(tests, an_h100_fell_until_2025_and_rose_in_2026);
    tcase_add_test(tests, a_price_much_observed_is_known_within_a_factor_of_4);
    tcase_add_loop_test(tests, ahead_of_the_last_observation_a_price_falls_with_age_and_its_range_widens, 0, 3);
    tcase_add_test(tests, ahead_the_mix_of_tiers_goes_over_to_the_usual_one);
    tcase_add_test(tests, ahead_all_tiers_vary_as_their_usual_mix);
    tcase_add_test(tests, before_the_first_observation_a_range_widens);
    tcase_add_test(tests, terms_keep_their_order);
    tcase_add_test(tests, tiers_are_worlds_of_their_own);
    tcase_add_test(tests, china_is_cheaper_but_at_hyperscalers);
    tcase_add_test(tests, old_chips_fall_with_age);
    tcase_add_test(tests, one_ask_of_a_marketplace_weighs_little);
    tcase_add_test(tests, every_chip_has_prices_at_any_time);
    tcase_add_test(tests, the_same_question_has_the_same_answer);
    tcase_add_loop_test(tests, ranges_hold_what_was_observed, 0, TERMS);
    tcase_add_loop_test(tests, each_tier_holds_its_own, 0, TIERS);
    tcase_add_loop_test(tests, forecasts_hold_what_came, 0, sizeof forecasts / sizeof *forecasts);
    return tests;
}

static TCase *tests_of_rows(void)
{
    TCase *tests = tcase_create("rows");
    tcase_add_test(tests, added_observations_move_a_price);
    tcase_add_test(tests, a_vendor_that_repeats_itself_is_one_opinion);
    tcase_add_test(tests, a_cluster_is_not_rented_at_a_hyperscaler_on_demand_or_on_spot);
    tcase_add_test(tests, more_vendors_than_a_table_holds_all_count);
    tcase_add_test(tests, rows_of_unknown_kinds_are_survived);
    tcase_add_test(tests, a_catalogue_of_chips_alone_gives_answers);
    return tests;
}

static TCase *tests_of_words(void)
{
    TCase *tests = tcase_create("words");
    tcase_add_test(tests, a_basis_says_what_a_price_rests_on);
    tcase_add_test(tests, an_odd_peak_makes_a_guess_wide);
    tcase_add_test(tests, a_chip_is_available_three_months_after_its_release);
    tcase_add_test(tests, public_prices_are_the_same);
    tcase_add_test(tests, a_purchase_price_has_the_range_of_the_economics_table);
    tcase_add_test(tests, a_wrong_date_or_term_is_refused);
    return tests;
}

Suite *prices_suite(void)
{
    Suite *suite = suite_create("prices");
    suite_add_tcase(suite, tests_of_figures());
    suite_add_tcase(suite, tests_of_rows());
    suite_add_tcase(suite, tests_of_words());
    return suite;
}
