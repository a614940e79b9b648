/* Published runs, weighed by how like they are: those of the chip's family and of about the model's size say
 * most, a mean of all chips speaks for what nobody published. Constants were chosen on the published runs, each
 * predicted from the others (`make calibrate`). */
#include "defaults/mfu.h"

#include "base/elementary.h"
#include "engine/quantity.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A model five times as large or as small says exp(-1/2) of what one of the same size does. */
static const double size_width = 1.6;
/* Runs on other families say little, and the mean of all as much as one run. */
static const double other_family_weight = 0.02, other_kind_weight = 0.01, mean_weight = 1;
/* Experts that wait for one another: the MFU of a sparse model over that of a dense one. */
static const double sparse_factor = 0.8;
/* What a faster format gains in peak it loses in MFU but for this power: at twice the peak a step is 1.23 times
 * as fast, as Llama 3 and DeepSeek-V3 saw of fp8. */
static const double format_power = -0.7;
/* A run that had to be brought to another format, or to or from sparse, says less. */
static const double brought = 0.35;
/* A run that says less than this is not counted among those that carry the range. */
static const double counted_runs = 0.05;
/* Chips of no published run take the mean of all by what their matrix products reach, and this is that of the
 * chips behind the mean. */
static const double usual_efficiency = 0.84;

static const char *const format_names[] = {"fp32", "tf32", "bf16", "fp16", "fp8", "fp4", "int8"};

const char *mfu_format_name(traincost_format format)
{
    return format_names[format];
}

/* A row as it stands: "h100-sxm bf16 17B/109B llama-4-scout". */
struct seen {
    const traincost_chip *chip;
    int format;
    double active, total; /* NaN where the row has '-' */
    const char *run;
    bool whole; /* of the whole run, goodput in it */
    double mfu;
    const traincost_fact *fact;
};

static size_t next_word(const char **text, char out[64])
{
    size_t n = strcspn(*text, " ");
    snprintf(out, 64, "%.*s", (int)n, *text);
    *text += n;
    *text += strspn(*text, " ");
    return n;
}

static double number_in(const char *text)
{
    static const struct quantity_rule rule = {"size", DIMENSION_COUNT, 0, INFINITY, true};
    quantity q;
    return quantity_parse(text, &rule, &q, NULL) == TRAINCOST_OK ? quantity_quantile(&q, 0.5) : NAN;
}

static int find_format(const char *name)
{
    for (int f = 0; f < TRAINCOST_FORMATS; f++)
        if (!strcmp(format_names[f], name))
            return f;
    return -1;
}

static const traincost_chip *seen_chip(const traincost_catalog *catalog, const char *id)
{
    const traincost_chip *chip;
    for (size_t i = 0; (chip = traincost_catalog_chip(catalog, i)); i++)
        if (!strcmp(chip->id, id))
            return chip;
    return NULL;
}

static bool read_seen(const traincost_catalog *catalog, const traincost_fact *fact, struct seen *seen)
{
    char chip[64], format[64], size[64];
    const char *text = fact->qualifier;
    bool whole = !strcmp(fact->key, "run-mfu");
    if (!whole && strcmp(fact->key, "mfu") != 0)
        return false;
    next_word(&text, chip);
    next_word(&text, format);
    next_word(&text, size);
    if (!*text)
        return false;
    char *slash = strchr(size, '/');
    if (slash)
        *slash = '\0';
    double active = number_in(size);
    *seen = (struct seen){.chip = seen_chip(catalog, chip),
                          .format = find_format(format),
                          .active = active,
                          .total = slash ? number_in(slash + 1) : active,
                          .run = text,
                          .whole = whole,
                          .mfu = number_in(fact->value),
                          .fact = fact};
    return seen->chip && seen->format >= 0 && seen->mfu > 0;
}

/* Of a run whose whole was published, its steps are no second witness. */
static bool has_whole(const traincost_catalog *catalog, const struct seen *seen)
{
    const traincost_fact *fact;
    for (size_t i = 0; (fact = traincost_catalog_fact(catalog, i)) && !seen->whole; i++) {
        const char *run = strcmp(fact->key, "run-mfu") == 0 ? strrchr(fact->qualifier, ' ') : NULL;
        if (run && !strcmp(run + 1, seen->run))
            return true;
    }
    return false;
}

static bool is_sparse(double active, double total)
{
    return total > 1.3 * active; /* false where they are not known */
}

/* How much faster than bf16 the chip's peak is in that format; slower formats count as bf16. */
static double gain(const traincost_chip *chip, traincost_format format)
{
    double usual = chip->peak[TRAINCOST_BF16] > 0 ? chip->peak[TRAINCOST_BF16] : chip->peak[TRAINCOST_FP16];
    double peak = chip->peak[format];
    return usual > 0 && peak > usual ? peak / usual : 1;
}

struct mfu_tally {
    double weight, sum, squares;
    size_t own; /* of the family, and counted */
    int first, last;
    bool brought; /* some had another format */
};

/* Its logarithm as it would be for the work asked about, and how much it says. */
static double bring(const struct seen *seen, const struct mfu_work *work, double goodput, double *weight)
{
    double x = elementary_log(seen->mfu) - (seen->whole ? goodput : 0);
    bool sparse = is_sparse(seen->active, seen->total), wanted = is_sparse(work->active, work->total);
    double gains = gain(work->chip, work->format) / gain(seen->chip, (traincost_format)seen->format);
    *weight = !strcmp(seen->chip->family, work->chip->family) ? 1
              : !strcmp(seen->chip->kind, work->chip->kind)   ? other_family_weight
                                                              : other_kind_weight;
    if (!isnan(seen->active) && !isnan(work->active)) {
        double distance = elementary_log(seen->active / work->active) / size_width;
        *weight *= elementary_exp(-0.5 * distance * distance);
    }
    if (sparse != wanted)
        x += elementary_log(sparse_factor) * (wanted ? 1 : -1);
    if (gains != 1)
        x += format_power * elementary_log(gains);
    *weight *= (sparse != wanted ? brought : 1) * (gains != 1 ? brought : 1);
    return x;
}

static void add_seen(struct mfu_tally *mfu_tally, const struct seen *seen, const struct mfu_work *work,
                     double goodput)
{
    double weight, x = bring(seen, work, goodput, &weight);
    mfu_tally->weight += weight;
    mfu_tally->sum += weight * x;
    mfu_tally->squares += weight * x * x;
    if (strcmp(seen->chip->family, work->chip->family) != 0 || weight < counted_runs)
        return;
    int year = (int)(1970 + seen->fact->day / TEXT_DAYS_A_YEAR);
    mfu_tally->first = mfu_tally->own == 0 || year < mfu_tally->first ? year : mfu_tally->first;
    mfu_tally->last = mfu_tally->own == 0 || year > mfu_tally->last ? year : mfu_tally->last;
    mfu_tally->brought |= gain(seen->chip, (traincost_format)seen->format) != gain(work->chip, work->format);
    mfu_tally->own++;
}

/* The median of a default that holds for all, as a logarithm, and its spread. */
static traincost_status read_mean(const traincost_catalog *catalog, const char *key, const char *qualifier,
                                  double *median, double *spread, traincost_error *error)
{
    static const struct quantity_rule rule = {"share", DIMENSION_SHARE, 0, 1, true};
    const traincost_fact *fact = catalog_find_fact(catalog, key, qualifier, "", 0);
    quantity q;
    if (!fact)
        return error_set(error, TRAINCOST_DATA, "the catalogue has no default for %s", key);
    traincost_status status = quantity_parse(fact->value, &rule, &q, error);
    if (status)
        return status;
    *median = elementary_log(quantity_quantile(&q, 0.5));
    *spread = quantity_width(&q) / (2 * elementary_normal_95);
    return TRAINCOST_OK;
}

/* What the matrix products of a chip reach, over that of chips of published runs; 1 where it is not known. */
static double efficiency(const traincost_catalog *catalog, const struct mfu_work *work)
{
    char qualifier[96];
    snprintf(qualifier, sizeof qualifier, "%.64s bf16", work->chip->id);
    const traincost_fact *fact = catalog_find_fact(catalog, "matmul-efficiency", qualifier, "", 0);
    double best = fact ? number_in(fact->value) : NAN;
    return best > 0 ? best / usual_efficiency : 1;
}

static void name_family(const traincost_chip *chip, char out[64])
{
    bool letters = strlen(chip->family) <= 5 && strcspn(chip->family, "0123456789") < strlen(chip->family);
    snprintf(out, 64, "%s", chip->family);
    for (size_t i = 0; out[i] && (i == 0 || letters || !strcmp(chip->family, "tpu")); i++)
        out[i] = out[i] >= 'a' && out[i] <= 'z' ? (char)(out[i] - 'a' + 'A') : out[i];
}

static void describe(const struct mfu_tally *mfu_tally, const struct mfu_work *work, char out[MFU_BASIS])
{
    char family[64], years[32] = "";
    const char *format = format_names[work->format];
    name_family(work->chip, family);
    const char *sparse = is_sparse(work->active, work->total) ? ", as of a sparse model" : "";
    if (mfu_tally->first != mfu_tally->last)
        snprintf(years, sizeof years, "%d to ", mfu_tally->first);
    if (mfu_tally->own == 0)
        snprintf(out, MFU_BASIS, "inferred: no run on %s was published; from those on other chips, in %s%s",
                 family, format, sparse);
    else
        snprintf(out, MFU_BASIS, "from %zu published run%s on %s%s %s%s, %s%d%s", mfu_tally->own,
                 mfu_tally->own == 1 ? "" : "s", family, mfu_tally->brought ? ", brought to" : " in", format,
                 sparse, years, mfu_tally->last,
                 isnan(work->active) ? "" : "; those of about its size count most");
}

traincost_status mfu_expect(const traincost_catalog *catalog, const struct mfu_work *work,
                            struct mfu_estimate *estimate, traincost_error *error)
{
    double goodput, unused, mean, spread;
    struct mfu_tally mfu_tally = {0};
    traincost_status status = read_mean(catalog, "goodput", "", &goodput, &unused, error);
    if (status == TRAINCOST_OK)
        status = read_mean(catalog, "mfu", "default", &mean, &spread, error);
    if (status)
        return status;
    const traincost_fact *fact;
    struct seen seen;
    for (size_t i = 0; (fact = traincost_catalog_fact(catalog, i)); i++)
        if (read_seen(catalog, fact, &seen) && !has_whole(catalog, &seen))
            add_seen(&mfu_tally, &seen, work, goodput);
    mean += format_power * elementary_log(gain(work->chip, work->format));
    mean += is_sparse(work->active, work->total) ? elementary_log(sparse_factor) : 0;
    double all = mfu_tally.weight + mean_weight;
    double m = (mfu_tally.sum + mean_weight * mean) / all, from_mean = mean - m;
    double squares = mfu_tally.squares - 2 * m * mfu_tally.sum + m * m * mfu_tally.weight +
                     mean_weight * (spread * spread + from_mean * from_mean);
    double scale = mfu_tally.own ? 1 : efficiency(catalog, work);
    *estimate = (struct mfu_estimate){.median = scale * elementary_exp(m),
                                      .spread = sqrt(squares / all * (1 + 1 / all)),
                                      .count = mfu_tally.own};
    describe(&mfu_tally, work, estimate->basis);
    return TRAINCOST_OK;
}
