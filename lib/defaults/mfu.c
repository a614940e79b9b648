/* The MFU from published runs and measured steps, weighed by how like they are: those of the chip's family and of
 * about the model's size say most, a mean of all chips speaks for what nobody published. Each is first brought to
 * the format, sparsity and method asked about and to a common size of cluster. Constants were chosen on the
 * published runs, each predicted without its organisation (`make calibrate`). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/mfu.h"

#include "base/elementary.h"
#include "base/text_date.h"
#include "engine/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A model six times as large or as small says exp(-1/2) of what one of the same size does. */
static const double size_width = 1.8;
/* Runs on other families say little. */
static const double family_weight = 0.02, kind_weight = 0.01;
/* What a step figure of a run says beside one of a whole run, and a benchmark. */
static const double step_weight = 0.6, bench_weight = 0.3;
/* Logarithms of what a whole run reaches of them, after its goodput: runs on Hopper 0.71 of their own step figures,
 * over all families 0.9; benchmarks are tuned, and runs too that are told of with their best step. */
static const double step_excess = 0.2, bench_excess = 0.15;
/* So many rows of one organisation, chip and kind count as n^0.2. */
static const double crowd_power = -0.8;
/* What a faster format gains in peak it loses in MFU but for this power: at twice the peak a step is 1.37 times as
 * fast in dense models, 1.22 times in sparse ones (75 pairs of one source each). */
static const double format_power_dense = -0.55, format_power_sparse = -0.7;
/* (total / active)^-0.12: experts that wait for one another. */
static const double sparse_power = -0.12;
/* Up to 7B a model is the faster the larger it is, as N^0.13. */
static const double small_power = 0.13, small_end = 7e9;
/* A row that had to be brought to or from sparse, to another format or method says less. */
static const double brought_sparse = 0.35, brought_format = 0.7, brought_method = 0.3;
/* Logarithms of the MFU of adapters, on 4 FLOP a parameter and token, over that of all weights: 6/4 in tokens as
 * against 1.40 to 1.61 seen, and short sequences; in 4 bits 0.72 of the speed. */
static const double lora_loss = 0.25, qlora_loss = 0.58;
/* (bandwidth / peak)^0.28: two people had half an A100 of an H20. */
static const double bandwidth_power = 0.28;
/* Spreads of logarithms: of runs alike, with the weight of so many runs of one's own; of a family of few; more of a
 * sparse model (by the logarithm's root), another format, a model under 1B (by the logarithm), an adapter, and
 * consumer cards in number, whose link nobody measured. */
static const double run_spread = 0.32, run_spread_weight = 30, rare_spread = 0.4, sparse_spread = 0.18,
                    format_spread = 0.15, small_spread = 0.2, adapter_spread = 0.35, consumer_spread = 0.4;
/* A row that says less than this is not counted among those that carry the range. */
static const double counted = 0.01;
/* The most that the median can be: more than the best step that was published. */
static const double most_median = 0.65;
/* Rows go from one chip to another, and the mean of all to a chip, by what their matrix products reach; where nobody
 * measured that it is taken for this. */
static const double usual_efficiency = 0.84;

/* Scaling series: facts of 120 clusters, each with its own level. */
static const double wait_tokens = 495, wait_params = 7e10, wait_power = -0.65, most_wait = 5000;
static const double loss_power = 0.0144, common_chips = 512;
const double mfu_common = 0.15;
const double mfu_usual_sequence = 8192;

static const char *const format_names[] = {"fp32", "tf32", "bf16", "fp16", "fp8", "fp4", "int8"};

const char *mfu_format_name(traincost_format format)
{
    return format_names[format];
}

double mfu_wait(double active)
{
    double tokens = wait_tokens * elementary_exp(wait_power * elementary_log(active / wait_params));
    return tokens > most_wait ? most_wait : tokens;
}

double mfu_spread_loss(double chips)
{
    return elementary_exp(loss_power * elementary_log(chips / common_chips));
}

double mfu_usual_batch(double active)
{
    return 4e6 * (active > 3e10 ? sqrt(active / 3e10) : 1);
}

double mfu_usual_hidden(double active)
{
    return elementary_exp(elementary_log(128 * active / 12) / 3);
}

static double read_share(const char *text)
{
    static const struct quantity_rule rule = {"share", DIMENSION_COUNT, 0, INFINITY, true};
    quantity q;
    return quantity_parse(text, &rule, &q, NULL) == TRAINCOST_OK ? quantity_quantile(&q, 0.5) : NAN;
}

static int find_format(const char *name)
{
    for (int f = 0; f < TRAINCOST_FORMATS; f++)
        if (!strcmp(format_names[f], name))
            return f;
    return TRAINCOST_BF16;
}

static double sparsity(double active, double total)
{
    return total > active ? total / active : 1; /* also where they are not known */
}

static bool is_sparse(double active, double total)
{
    return total > 1.3 * active;
}

/* How much faster than bf16 the chip's peak is in that format; slower formats count as bf16. */
static double gain_of(const traincost_chip *chip, traincost_format format)
{
    double usual = chip->peak[TRAINCOST_BF16] > 0 ? chip->peak[TRAINCOST_BF16] : chip->peak[TRAINCOST_FP16];
    double peak = chip->peak[format];
    return usual > 0 && peak > usual ? peak / usual : 1;
}

/* Logarithm of what the format, the sparsity and the size make of the MFU of a large dense model in bf16. */
static double bearing(const traincost_chip *chip, traincost_format format, double active, double total)
{
    double power = is_sparse(active, total) ? format_power_sparse : format_power_dense;
    double x = power * elementary_log(gain_of(chip, format)) + sparse_power * elementary_log(sparsity(active, total));
    return active < small_end ? x + small_power * elementary_log(active / small_end) : x;
}

static double method_loss(enum mfu_method method)
{
    return method == METHOD_LORA ? lora_loss : method == METHOD_QLORA ? qlora_loss : 0;
}

static enum mfu_method method_of(const traincost_throughput *row)
{
    return !strcmp(row->method, "lora") ? METHOD_LORA : !strcmp(row->method, "qlora") ? METHOD_QLORA : METHOD_FULL;
}

/* What the cluster of a row lost; the common loss where it is not known. */
static double cluster_loss(const traincost_throughput *row)
{
    if (!(row->chips > 0) || !(row->active > 0))
        return elementary_log(1 + mfu_common);
    double batch = row->batch > 0 ? row->batch : mfu_usual_batch(row->active);
    return elementary_log((1 + mfu_wait(row->active) * row->chips / batch) * mfu_spread_loss(row->chips));
}

/* A token of a long sequence takes more than 6 FLOP a parameter: causal attention adds sequence / (12 x hidden). */
static double long_sequence(const traincost_throughput *row)
{
    if (!(row->sequence > mfu_usual_sequence) || !(row->active > 0))
        return 0;
    return elementary_log(1 + (row->sequence - mfu_usual_sequence) / (12 * mfu_usual_hidden(row->active)));
}

/* Logarithm of bandwidth over peak; NaN where either is not known. */
static double bandwidth_ratio(const traincost_chip *chip)
{
    double peak = chip->peak[TRAINCOST_BF16] > 0 ? chip->peak[TRAINCOST_BF16] : chip->peak[TRAINCOST_FP16];
    return chip->bandwidth_gb_s > 0 && peak > 0 ? elementary_log(chip->bandwidth_gb_s / peak) : NAN;
}

/* Logarithm of the best share of its peak that a chip's matrix products reach. */
static double matrix_efficiency(const traincost_catalog *catalog, const traincost_chip *chip)
{
    char qualifier[96];
    snprintf(qualifier, sizeof qualifier, "%.64s bf16", chip->id);
    const traincost_fact *fact = catalog_find_fact(catalog, "matmul-efficiency", qualifier, "", 0);
    double best = fact ? read_share(fact->value) : NAN;
    return elementary_log(best > 0 ? best : usual_efficiency);
}

struct mfu_tally {
    const struct mfu_work *work;
    double goodput;    /* logarithm of the usual one */
    double efficiency; /* of the chip, over that of the chip of the row at hand: a logarithm */
    double weight, sum;      /* of all rows */
    double real, real_squares, real_sum; /* of runs: benchmarks say nothing of how runs scatter */
    double ratios, ratio_weight; /* of bandwidth to peak */
    size_t runs, steps;      /* of the family, and counted */
    int first, last;
    bool own, other_format; /* some are of this very chip; most had another format */
    double format_weight;
};

/* Its logarithm as it would be for the work asked about, at the common size. */
static double bring(const struct mfu_tally *t, const traincost_throughput *row, const traincost_chip *chip,
                    traincost_format format)
{
    double total = row->total > 0 ? row->total : row->active;
    double excess = !strcmp(row->kind, "whole") ? t->goodput : !strcmp(row->kind, "run") ? step_excess : bench_excess;
    double x = elementary_log(row->mfu) - excess + long_sequence(row);
    x += cluster_loss(row) - elementary_log(1 + mfu_common);
    x += bearing(t->work->chip, t->work->format, t->work->active, t->work->total);
    x -= bearing(chip, format, row->active > 0 ? row->active : NAN, total > 0 ? total : NAN);
    return x + t->efficiency + method_loss(method_of(row)) - method_loss(t->work->method);
}

static double throughput_weight(const struct mfu_tally *t, const traincost_throughput *row, const traincost_chip *chip,
                       traincost_format format)
{
    const struct mfu_work *work = t->work;
    double total = row->total > 0 ? row->total : row->active;
    double weight = !strcmp(chip->family, work->chip->family) ? 1
                    : !strcmp(chip->kind, work->chip->kind)   ? family_weight
                                                              : kind_weight;
    if (row->active > 0 && !isnan(work->active)) {
        double distance = elementary_log(row->active / work->active) / size_width;
        weight *= elementary_exp(-0.5 * distance * distance);
    }
    weight *= !strcmp(row->kind, "whole") ? 1 : !strcmp(row->kind, "run") ? step_weight : bench_weight;
    if (is_sparse(row->active, total) != is_sparse(work->active, work->total))
        weight *= brought_sparse;
    if (fabs(gain_of(chip, format) - gain_of(work->chip, work->format)) > 0.01)
        weight *= brought_format;
    return weight * (method_of(row) != work->method ? brought_method : 1);
}

static void count_row(struct mfu_tally *t, const traincost_throughput *row, const traincost_chip *chip,
                      traincost_format format, double weight)
{
    bool bench = !strcmp(row->kind, "bench");
    if (strcmp(chip->family, t->work->chip->family) != 0)
        return;
    t->own |= chip == t->work->chip;
    if (!isnan(bandwidth_ratio(chip))) {
        t->ratios += weight * bandwidth_ratio(chip);
        t->ratio_weight += weight;
    }
    if (weight < counted)
        return;
    int year = (int)(1970 + row->day / TEXT_DAYS_A_YEAR);
    bool none = t->runs + t->steps == 0;
    t->first = none || year < t->first ? year : t->first;
    t->last = none || year > t->last ? year : t->last;
    t->format_weight += fabs(gain_of(chip, format) - gain_of(t->work->chip, t->work->format)) > 0.01 ? weight : -weight;
    *(bench ? &t->steps : &t->runs) += 1;
}

static void add_throughput(struct mfu_tally *t, const traincost_throughput *row, const traincost_chip *chip, double crowd)
{
    traincost_format format = (traincost_format)find_format(row->format);
    double weight = throughput_weight(t, row, chip, format) * crowd;
    double x = bring(t, row, chip, format);
    t->weight += weight;
    t->sum += weight * x;
    count_row(t, row, chip, format, weight);
    if (!strcmp(row->kind, "bench"))
        return;
    t->real += weight;
    t->real_sum += weight * x;
    t->real_squares += weight * x * x;
}

static bool is_crowd(const traincost_throughput *a, const traincost_throughput *b)
{
    return !strcmp(a->organization, b->organization) && !strcmp(a->kind, b->kind) && !strcmp(a->method, b->method) &&
           !strcmp(a->format, b->format) && !strcmp(a->chip, b->chip);
}

/* The table is sorted by what makes rows a crowd. */
static void add_throughputs(struct mfu_tally *t, const traincost_catalog *catalog)
{
    const struct rows *rows = catalog_rows(catalog);
    double efficiency = matrix_efficiency(catalog, t->work->chip);
    const traincost_throughput *all = rows->throughputs;
    const traincost_chip *chip = NULL;
    for (size_t i = 0, end; i < rows->throughput_count; i = end) {
        for (end = i + 1; end < rows->throughput_count && is_crowd(&all[i], &all[end]);)
            end++;
        if (!chip || strcmp(chip->id, all[i].chip) != 0) {
            chip = catalog_chip_of_id(rows, all[i].chip);
            t->efficiency = chip ? efficiency - matrix_efficiency(catalog, chip) : 0;
        }
        double crowd = elementary_exp(crowd_power * elementary_log((double)(end - i)));
        for (size_t k = i; chip && k < end; k++)
            if (t->work->method != METHOD_FULL || method_of(&all[k]) == METHOD_FULL)
                add_throughput(t, &all[k], chip, crowd);
    }
}

/* The median of a default that holds for all, as a logarithm, and its spread. */
static traincost_status read_mean(const traincost_catalog *catalog, const char *key, const char *qualifier,
                                  double *median, double *spread, traincost_error *error)
{
    static const struct quantity_rule rule = {"share", DIMENSION_SHARE, 0, 1, true};
    const traincost_fact *fact = catalog_find_fact(catalog, key, qualifier, "", 0);
    quantity q;
    if (!fact)
        return error_set(error, TRAINCOST_DATA, "the catalogue has no default for %s %s", key, qualifier);
    traincost_status status = quantity_parse(fact->value, &rule, &q, error);
    if (status)
        return status;
    *median = elementary_log(quantity_quantile(&q, 0.5));
    *spread = quantity_width(&q) / (2 * elementary_normal_95);
    return TRAINCOST_OK;
}

static void name_family(const traincost_chip *chip, char out[64])
{
    bool letters = strlen(chip->family) <= 5 && strcspn(chip->family, "0123456789") < strlen(chip->family);
    snprintf(out, 64, "%s", chip->family);
    for (size_t i = 0; out[i] && (i == 0 || letters || !strcmp(chip->family, "tpu")); i++)
        out[i] = out[i] >= 'a' && out[i] <= 'z' ? (char)(out[i] - 'a' + 'A') : out[i];
}

static void describe(const struct mfu_tally *t, char out[MFU_BASIS])
{
    const struct mfu_work *work = t->work;
    char family[64], years[32] = "", steps[48] = "";
    const char *format = format_names[work->format];
    const char *sparse = is_sparse(work->active, work->total) ? ", as of a sparse model" : "";
    const char *method = work->method == METHOD_LORA    ? ", as of adapters"
                         : work->method == METHOD_QLORA ? ", as of adapters to 4 bits"
                                                        : "";
    name_family(work->chip, family);
    if (t->first != t->last)
        snprintf(years, sizeof years, "%d to ", t->first);
    if (t->steps)
        snprintf(steps, sizeof steps, "%s%zu measured step%s", t->runs ? " and " : "", t->steps, t->steps == 1 ? "" : "s");
    if (t->runs + t->steps == 0)
        snprintf(out, MFU_BASIS, "inferred: no run on %s was published; from those on other chips, in %s%s%s", family,
                 format, sparse, method);
    else if (t->runs)
        snprintf(out, MFU_BASIS, "from %zu published run%s%s on %s%s %s%s%s, %s%d%s", t->runs,
                 t->runs == 1 ? "" : "s", steps, family, t->format_weight > 0 ? ", brought to" : " in", format, sparse,
                 method, years, t->last, isnan(work->active) ? "" : "; those of about its size count most");
    else
        snprintf(out, MFU_BASIS, "from %s on %s%s %s%s%s, %s%d; no whole run on it was published", steps, family,
                 t->format_weight > 0 ? ", brought to" : " in", format, sparse, method, years, t->last);
}

static bool is_consumer(const traincost_chip *chip)
{
    return !strncmp(chip->id, "rtx-", 4) || !strncmp(chip->id, "gtx-", 4);
}

/* Square of the spread that comes on top of how runs scatter. */
static double further(const struct mfu_tally *t)
{
    const struct mfu_work *work = t->work;
    double square = rare_spread * rare_spread / (1 + t->weight);
    if (is_sparse(work->active, work->total))
        square += sparse_spread * sparse_spread * elementary_log(sparsity(work->active, work->total));
    if (gain_of(work->chip, work->format) > 1.01)
        square += format_spread * format_spread;
    if (work->active < 1e9)
        square += pow(small_spread * elementary_log(work->active / 1e9), 2);
    if (work->method != METHOD_FULL)
        square += adapter_spread * adapter_spread;
    if (is_consumer(work->chip) && work->chips > 8)
        square += consumer_spread * consumer_spread;
    return square;
}

/* All that an agent does by itself: published as one figure over all of it, with no order in it. */
static traincost_status expect_rl(const traincost_catalog *catalog, const struct mfu_work *work,
                                  struct mfu_estimate *estimate, traincost_error *error)
{
    double median = 0, spread = 0;
    const char *kind = is_sparse(work->active, work->total) ? "rl sparse" : "rl dense";
    traincost_status status = read_mean(catalog, "mfu", kind, &median, &spread, error);
    *estimate = (struct mfu_estimate){.median = elementary_exp(median), .spread = spread, .count = 1};
    snprintf(estimate->basis, MFU_BASIS,
             "wide: published runs of %s models lie a factor %s apart; steps, step-time and chips are exact",
             kind + 3, kind[3] == 's' ? "25" : "9");
    return status;
}

traincost_status mfu_expect(const traincost_catalog *catalog, const struct mfu_work *work,
                            struct mfu_estimate *estimate, traincost_error *error)
{
    double unused, mean = 0, mean_spread;
    struct mfu_tally t = {.work = work};
    if (work->method == METHOD_RL)
        return expect_rl(catalog, work, estimate, error);
    traincost_status status = read_mean(catalog, "goodput", "", &t.goodput, &unused, error);
    if (status == TRAINCOST_OK)
        status = read_mean(catalog, "mfu", "default", &mean, &mean_spread, error);
    if (status)
        return status;
    add_throughputs(&t, catalog);
    mean += bearing(work->chip, work->format, work->active, work->total) - method_loss(work->method);
    mean += matrix_efficiency(catalog, work->chip) - elementary_log(usual_efficiency);
    double m = (t.sum + mean) / (t.weight + 1); /* the mean of all says as much as one run */
    double scatter = t.real_squares - 2 * m * t.real_sum + m * m * t.real;
    double square = (scatter + run_spread_weight * run_spread * run_spread) / (t.real + run_spread_weight);
    if (!t.own && t.ratio_weight > 0 && !isnan(bandwidth_ratio(work->chip)))
        m += bandwidth_power * (bandwidth_ratio(work->chip) - t.ratios / t.ratio_weight);
    double median = elementary_exp(m);
    *estimate = (struct mfu_estimate){.median = median < most_median ? median : most_median,
                                      .spread = sqrt(square + further(&t)),
                                      .count = t.runs + t.steps};
    describe(&t, estimate->basis);
    return TRAINCOST_OK;
}
