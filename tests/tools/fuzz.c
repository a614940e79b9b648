/* Feeds broken text to every reader of the library: fuzz [SECONDS [FIRST]]. Case n is a function of n, so
 * `fuzz 0 n` repeats it. The work is done in a child; its parent shows the case that it died of. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "traincost.h"

#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_MOST = 1 << 14, CASE_SECONDS = 20 };

/* What the parent sees of the child. */
struct report {
    long number; /* of the case */
    const char *reader;
    char key[64];
    size_t length;
    char text[TEXT_MOST + 1];
    long accepted, refused, estimated;
};
static struct report *report;
static traincost_error *error;

/* ---- chance ---- */

static uint64_t state;

static uint64_t next(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static size_t below(size_t n)
{
    return (size_t)(next() % n);
}

#define ANY_OF(list) ((list)[below(sizeof(list) / sizeof *(list))])

/* ---- seeds ---- */

static const char *const quantities[] = {
    "198",
    "2.788M",
    "3e24",
    "1_000",
    "70B",
    "~198",
    "1.5..2.5",
    "1.5 to 2.5",
    "-3..3",
    "2 +- 0.5",
    ("2\xC2\xB1"
     "25%"),
    "normal(2, 0.3)",
    "lognormal(2, 1.5)",
    "uniform(1, 3)",
    "triangular(1, 2, 4)",
    "pert(1, 2, 9)",
    "$2",
    "2 USD/h",
    "8wk",
    "700W",
    "0.7kW",
    "433MWh",
    "0.05..0.1 $/kWh",
    "30%",
    "0.4 kg/kWh",
    "$10k..$90k",
    "1y",
    "60%..90%",
    "1e-300",
    "uniform(0, 1)",
    "normal(1.1, 0.5)",
    "pert(1, 1, 1.5)",
    "0.14 +- 0.04",
};
static const char *const scenarios[] = {
    "id: deepseek-r1\nname: DeepSeek-R1\norganization: DeepSeek\ndate: 2025-01\nbase: deepseek-v3\nstages:\n"
    "  - {name: R1-Zero,  type: H800, chips: 512, hours: 198}\n"
    "  - {name: SFT data, type: H800, chip-hours: 5k}\n  - {name: R1, type: H800, chips: 512, hours: 80}\n"
    "claim:\n  usd: 294k\n  chip-hours: 147k\n  rental-price: 2\n  counts: rental\n",
    "type: H100\nchips: 8..16\nhours: ~20\nrental-price: 1.5..2.5\npower: 600W..700W\npue: 1.1..1.3\n",
    "cluster: 512xH800\nhours: 198\ndate: 2025-01\nregion: US\noperator: hyperscaler\nterm: spot\n",
    "# a comment\nstages:\n  - name: 'one'\n    cluster: 64xtpu-v4\n    hours: uniform(10, 20)\n"
    "    depreciation: 0.14 +- 0.04\n  - name: two\n    type: \"A100 80GB\"\n    chips: 100\n    chip-hours: "
    "1k\n"
    "hardware-price: lognormal(20000, 1.5)\nserver-overhead: 1.3..2.1\nelectricity-price: 5..9 cents\n",
    "type: V100\nchips: 10_000\nhours: 355.2\npower: 330W\npue: 1.1\ncarbon-intensity: 0.4\navailable: 2018\n",
};
static const char *const tables[] = {
    "id,name,aliases,vendor,kind,family,released,fp32,tf32,bf16,fp16,fp8,fp4,int8,memory_gb,bandwidth_gb_s,tdp_"
    "w,"
    "chips_per_server,server_power_w,source,checked,note\n"
    "zz9,Our ZZ9,zz nine;~zz,NVIDIA,gpu,hopper,2023-03-21,67,495,989,989,1979,,1979,80,3350,700,8,10200,"
    "https://example.org/zz9,2026-01-01,\"a note, quoted\"\n",
    "chip,kind,usd,low_usd,high_usd,date,term,tier,includes,vendor,source,note\n"
    "h100-sxm,rent,2.5,,,2024-03-01,on-demand,specialised,,Someone,https://example.org/a,\n"
    "h800,rent,2,1.5,2.5,2025-01-01,marketplace,marketplace,,Another,https://example.org/b,note\n"
    "h100-sxm,buy,30000,25000,35000,2023-06-01,street,,chip,Third,https://example.org/c,\n",
    "key,qualifier,region,date,value,unit,source,note\n"
    "pue,,US,2024,1.2..1.4,ratio,https://example.org/pue,\ncarbon-intensity,,France,2023,0.05,kg/kWh,"
    "https://example.org/c,\"life cycle\"\n",
};
static const char *const options[][2] = {
    {"samples", "65536"},
    {"seed", "1"},
    {"threads", "3"},
    {"sampler", "mc"},
    {"tolerance", "0.1%"},
    {"sensitivity", "1"},
    {"correlate", "rental-price,hardware-price=0.5;pue,tdp=-0.3"},
    {"quantiles", "5,25,50,75,95"},
    {"quantiles", "0.001,99.999"},
    {"outputs", "rental_usd,energy_kwh"},
};
static const char *const words[] = {
    "H800",    "512xH800",    "8 x A100 80GB", "tpu-v5p",   "NVIDIA H100 SXM5",
    "2025-01", "2024-02-29",  "2023",          "cluster",   "1y",
    "US",      "hyperscaler", "910B",          "Trainium2",
};
static const char *const tokens[] = {
    "..",
    "+-",
    "\xC2\xB1",
    "~",
    "%",
    "$",
    "nan",
    "inf",
    "1e400",
    "1e308",
    "-",
    "0",
    "1e-320",
    "k",
    "M",
    "GWh",
    "W",
    "(",
    ")",
    ",",
    "uniform(",
    "lognormal(1,1)",
    "\n",
    "\r\n",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!!int ",
    "? ",
    "|\n",
    "\"",
    "'",
    "#",
    "---\n",
    "\xFF",
    "\xEF\xBB\xBF",
    "<<: ",
    "9999999999999999999",
    "2025-13",
    "stages:",
    "_",
    "x",
    "\xC3\x97",
    "  ",
    "\t",
    ";",
    "=",
    "0x1p3",
    ".",
    "https://",
    "null",
    "1/0",
    "\xE2\x80\x93",
};

/* ---- mutations ---- */

static char text[TEXT_MOST + 1];
static size_t length;

static void insert(size_t at, const char *bytes, size_t n)
{
    if (length + n > TEXT_MOST)
        return;
    memmove(text + at + n, text + at, length - at);
    memcpy(text + at, bytes, n);
    length += n;
}

static void insert_word(size_t at, const char *word)
{
    insert(at, word, strlen(word));
}

static void cut_short(size_t at, size_t n)
{
    if (n > length - at)
        n = length - at;
    memmove(text + at, text + at + n, length - at - n);
    length -= n;
}

static void repeat_piece(size_t at)
{
    char copy[64];
    size_t n = 1 + below(sizeof copy), times = 1 + below(below(20) ? 3 : 200);
    if (n > length - at)
        n = length - at;
    memcpy(copy, text + at, n);
    while (times--)
        insert(at, copy, n);
}

static void replace_number(size_t at)
{
    while (at < length && !(text[at] >= '0' && text[at] <= '9'))
        at++;
    size_t n = 0;
    while (at + n < length && ((text[at + n] >= '0' && text[at + n] <= '9') || text[at + n] == '.'))
        n++;
    if (!n)
        return;
    cut_short(at, n);
    insert_word(at, ANY_OF(quantities));
}

static void mutate(void)
{
    size_t at = below(length + 1);
    switch (below(8)) {
    case 0:
        if (at < length)
            text[at] = (char)(text[at] ^ (1 << below(8)));
        break;
    case 1:
        cut_short(at, 1 + below(below(4) ? 4 : 80));
        break;
    case 2:
        repeat_piece(at);
        break;
    case 3:
        replace_number(at);
        break;
    case 4:
        insert_word(at, ANY_OF(words));
        break;
    case 5: {
        char byte = (char)next();
        insert(at, &byte, 1);
        break;
    }
    default:
        insert_word(at, ANY_OF(tokens));
    }
}

/* Some stay whole, most are broken in a place or two, a few in many. */
static void start_from(const char *seed)
{
    length = 0;
    insert_word(0, seed);
    size_t times = below(5) ? below(4) : below(24);
    while (times--)
        mutate();
    text[length] = '\0';
}

/* Shows the parent what is read now, and lets it take its time. */
static void begin_document(const char *reader, const char *key)
{
    report->reader = reader;
    snprintf(report->key, sizeof report->key, "%s", key ? key : "");
    report->length = length;
    memcpy(report->text, text, length + 1);
    alarm(CASE_SECONDS);
}

/* ---- what must hold ---- */

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    exit(1);
}

/* Counts the outcome; an error has a code and one line of text. */
static bool accepted(traincost_status status)
{
    if (status == TRAINCOST_OK) {
        report->accepted++;
        return true;
    }
    const char *message = traincost_error_message(error);
    report->refused++;
    require(traincost_error_status(error) == status, "the error has the status that was returned");
    require(message && *message && !strchr(message, '\n'), "an error has a message of one line");
    require(traincost_error_line(error) >= 0 && traincost_error_column(error) >= 0, "the place is a place");
    return false;
}

static bool random_below(double a, double b)
{
    return a <= b || fabs(a - b) <= 1e-12 * fabs(b);
}

static void check_output(const traincost_output *output)
{
    require(isfinite(output->mean) && isfinite(output->sd) && output->sd >= 0, "mean and sd are finite");
    require(isfinite(output->mean_se) && output->mean_se >= 0, "the error of the mean is finite");
    require(isfinite(output->sd_se) && output->sd_se >= 0, "the error of the standard deviation is finite");
    for (size_t i = 0; i < output->levels; i++) {
        require(isfinite(output->quantile[i]) && output->quantile[i] >= 0,
                "quantiles are finite and not negative");
        require(isfinite(output->quantile_se[i]) && output->quantile_se[i] >= 0, "their errors are finite");
        require(i == 0 || random_below(output->quantile[i - 1], output->quantile[i]), "quantiles ascend");
    }
}

static void check_input(const traincost_input *input)
{
    const traincost_parameter *parameter = traincost_parameter_find(input->key);
    require(parameter != NULL, "an input is a parameter");
    require(input->given || (input->source && *input->source), "a default has a source");
    if (strcmp(parameter->values, "QUANTITY") != 0)
        return;
    require(input->p5 <= input->p50 && input->p50 <= input->p95, "quantiles of an input ascend");
    require(input->p5 >= parameter->least && input->p95 <= parameter->most, "an input keeps to its bounds");
}

static void fuzz_estimate(const traincost_scenario *run, const traincost_options *how)
{
    traincost_result *result = NULL;
    if (!accepted(traincost_estimate(run, how, &result, error))) {
        require(!result, "no result after an error");
        return;
    }
    report->estimated++;
    for (size_t i = 0; traincost_result_at(result, i); i++)
        check_output(traincost_result_at(result, i));
    for (size_t i = 0; traincost_result_input_at(result, i); i++)
        check_input(traincost_result_input_at(result, i));
    for (size_t i = 0; traincost_result_stage_at(result, i); i++)
        require(traincost_result_stage_at(result, i)->chip != NULL, "a stage has a chip");
    traincost_result_free(result);
}

/* ---- readers ---- */

static const traincost_parameter *some_parameter(void)
{
    return traincost_parameter_at(below(traincost_parameter_count()));
}

static void check_quantity(const traincost_quantity *quantity, const char *key)
{
    static const double levels[] = {0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999};
    const traincost_parameter *parameter = key ? traincost_parameter_find(key) : NULL;
    char printed[256], again[256];
    traincost_quantity *copy = NULL;
    require(traincost_quantity_print(quantity, printed, sizeof printed) < sizeof printed, "the print is short");
    if (traincost_quantity_parse(key, printed, &copy, error) != TRAINCOST_OK) {
        fprintf(stderr, "printed as: %s\n%s\n", printed, traincost_error_message(error));
        require(false, "what is printed parses");
    }
    traincost_quantity_print(copy, again, sizeof again);
    require(!strcmp(printed, again), "print, parse, print is the same text");
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double value = traincost_quantity_quantile(quantity, levels[i]);
        require(isfinite(value), "a quantile is finite");
        require(value == traincost_quantity_quantile(copy, levels[i]), "the copy has the same quantiles");
        require(i == 0 || random_below(traincost_quantity_quantile(quantity, levels[i - 1]), value),
                "quantiles ascend");
        require(!parameter || (value >= parameter->least && value <= parameter->most), "bounds hold");
    }
    traincost_quantity_free(copy);
}

static void try_quantity(void)
{
    const char *key = below(4) ? some_parameter()->key : NULL;
    traincost_quantity *quantity = NULL;
    start_from(ANY_OF(quantities));
    begin_document("quantity", key);
    if (accepted(traincost_quantity_parse(key, text, &quantity, error)))
        check_quantity(quantity, key);
    else
        require(!quantity, "no quantity after an error");
    traincost_quantity_free(quantity);
}

static traincost_options *few_samples(void)
{
    traincost_options *how = traincost_options_new();
    require(how && traincost_options_set(how, "samples", "2048", error) == TRAINCOST_OK, "options");
    if (below(8) == 0)
        require(traincost_options_set(how, "sampler", "mc", error) == TRAINCOST_OK, "options");
    return how;
}

static void try_scenario(void)
{
    traincost_scenario *run = traincost_scenario_new(NULL, error);
    traincost_options *how = few_samples();
    start_from(ANY_OF(scenarios));
    begin_document("scenario", NULL);
    if (accepted(traincost_scenario_parse(run, text, length, error)))
        fuzz_estimate(run, how);
    traincost_options_free(how);
    traincost_scenario_free(run);
}

/* Settings one by one, some of them broken; what is refused leaves the run as it was. */
static void try_settings(void)
{
    traincost_scenario *run = traincost_scenario_new(NULL, error);
    traincost_options *how = few_samples();
    size_t stage = TRAINCOST_RUN, count = below(6);
    require(traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "64xH100", error) == TRAINCOST_OK, "cluster");
    require(traincost_scenario_set(run, TRAINCOST_RUN, "hours", "9", error) == TRAINCOST_OK, "hours");
    for (size_t i = 0; i < count; i++) {
        const char *key = below(8) ? some_parameter()->key : "cluster";
        start_from(below(3) ? ANY_OF(quantities) : ANY_OF(words));
        begin_document("setting", key);
        if (below(6) == 0 && accepted(traincost_scenario_add_stage(run, below(2) ? text : NULL, &stage, error)))
            continue;
        (void)accepted(traincost_scenario_set(run, below(2) ? stage : TRAINCOST_RUN, key, text, error));
    }
    fuzz_estimate(run, how);
    traincost_options_free(how);
    traincost_scenario_free(run);
}

static const char *const claims[] = {"294k",   "~5M",       ">100M",    "<2M",       ">= 3",  "2M..5M",
                                     "433MWh", "24.7t",     "$294_000", "5.576e6",   "45.7%", "3 mo",
                                     "rental", "with-base", "site",     "2025-09-17"};

static void check_report(const traincost_report *found)
{
    const traincost_scope *scope;
    const traincost_slip *slip;
    for (size_t i = 0; (scope = traincost_report_scope_at(found, i)); i++) {
        require(random_below(scope->p5, scope->p50) && random_below(scope->p50, scope->p95),
                "a scope is a range");
        require(scope->percentile >= 0 && scope->percentile <= 1 && scope->factor > 0,
                "a claim has a place in it");
        require(isnan(scope->probability) || (scope->probability >= 0 && scope->probability <= 1),
                "a probability");
    }
    for (size_t i = 0; (slip = traincost_report_slip_at(found, i)); i++)
        require(slip->factor > 1 && *slip->what, "a slip has a factor and a name");
}

/* A few figures claimed of one run, some of them broken; what is refused leaves the claim as it was. */
static void try_claim(void)
{
    traincost_scenario *run = traincost_scenario_new(NULL, error);
    traincost_options *how = few_samples();
    traincost_report *found = NULL;
    size_t count = 1 + below(4), keys = 0;
    while (traincost_claim_key_at(keys))
        keys++;
    require(traincost_scenario_set(run, TRAINCOST_RUN, "type", "H800", error) == TRAINCOST_OK, "type");
    if (below(4))
        require(traincost_scenario_set(run, TRAINCOST_RUN, "chip-hours", "147k", error) == TRAINCOST_OK,
                "hours");
    if (below(2))
        require(traincost_scenario_set(run, TRAINCOST_RUN, "chips", below(2) ? "648" : "512", error) ==
                    TRAINCOST_OK,
                "chips");
    for (size_t i = 0; i < count; i++) {
        const char *key = traincost_claim_key_at(below(keys))->key;
        start_from(ANY_OF(claims));
        begin_document("claim", key);
        (void)accepted(traincost_scenario_claim(run, key, text, error));
    }
    if (accepted(traincost_check(run, how, &found, error)))
        check_report(found);
    else
        require(!found, "no report after an error");
    traincost_report_free(found);
    traincost_options_free(how);
    traincost_scenario_free(run);
}

static void try_option(void)
{
    size_t which = below(sizeof options / sizeof *options);
    traincost_options *how = few_samples();
    traincost_scenario *run = traincost_scenario_new(NULL, error);
    start_from(options[which][1]);
    begin_document("option", options[which][0]);
    bool heavy = !strcmp(options[which][0], "samples") || !strcmp(options[which][0], "tolerance");
    bool good = accepted(traincost_options_set(how, options[which][0], text, error));
    if (good && !heavy &&
        traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "8xH100", error) == TRAINCOST_OK &&
        traincost_scenario_set(run, TRAINCOST_RUN, "hours", "9..12", error) == TRAINCOST_OK)
        fuzz_estimate(run, how);
    traincost_scenario_free(run);
    traincost_options_free(how);
}

static void fuzz_price(const traincost_catalog *catalog, const traincost_chip *chip, const char *date)
{
    traincost_price *price = NULL;
    if (accepted(traincost_catalog_rental_price(catalog, chip, date, NULL, &price, error))) {
        require(price->p5 > 0 && price->p5 <= price->p50 && price->p50 <= price->p95 && isfinite(price->p95),
                "a rental price is a range");
        require(*price->basis != '\0', "a price has a basis");
    }
    traincost_price_free(price);
    if (accepted(traincost_catalog_hardware_price(catalog, chip, &price, error)))
        require(price->p5 > 0 && price->p5 <= price->p50 && price->p50 <= price->p95 && isfinite(price->p95),
                "a hardware price is a range");
    traincost_price_free(price);
}

static void try_name(traincost_catalog *catalog)
{
    const traincost_chip *chip = NULL;
    int usual = 0;
    start_from(ANY_OF(words));
    begin_document("name", NULL);
    if (accepted(traincost_catalog_find(catalog, text, &chip, &usual, error)))
        fuzz_price(catalog, chip, NULL);
    chip = traincost_catalog_chip(catalog, below(40));
    start_from(ANY_OF(words));
    begin_document("date", NULL);
    if (chip)
        fuzz_price(catalog, chip, text);
}

static size_t rows_of(const traincost_catalog *catalog)
{
    size_t n[3] = {0};
    while (traincost_catalog_chip(catalog, n[0]))
        n[0]++;
    while (traincost_catalog_observation(catalog, n[1]))
        n[1]++;
    while (traincost_catalog_fact(catalog, n[2]))
        n[2]++;
    return n[0] + n[1] + n[2];
}

static void try_table(const char *path)
{
    traincost_catalog *catalog = NULL;
    FILE *file = fopen(path, "wb");
    require(file && traincost_catalog_new(&catalog, error) == TRAINCOST_OK, "a file and a catalogue");
    size_t rows = rows_of(catalog);
    start_from(ANY_OF(tables));
    begin_document("table", NULL);
    require(fwrite(text, 1, length, file) == length && fclose(file) == 0, "the file is written");
    if (accepted(traincost_catalog_load(catalog, path, error))) {
        require(rows_of(catalog) >= rows, "loading adds or replaces");
        for (size_t i = below(8); traincost_catalog_chip(catalog, i); i += 8)
            fuzz_price(catalog, traincost_catalog_chip(catalog, i), below(2) ? "2025-01" : NULL);
    } else {
        require(rows_of(catalog) == rows, "after an error the catalogue is as it was");
    }
    traincost_catalog_free(catalog);
}

/* ---- the two processes ---- */

static void try_case(long number, traincost_catalog *catalog, const char *path)
{
    report->number = number;
    state = (uint64_t)number * 0xD1342543DE82EF95u;
    size_t reader = below(18);
    if (reader < 7)
        try_quantity();
    else if (reader < 9)
        try_scenario();
    else if (reader < 11)
        try_settings();
    else if (reader < 13)
        try_option();
    else if (reader < 15)
        try_name(catalog);
    else if (reader < 17)
        try_claim();
    else
        try_table(path);
}

static int fuzz_child(double seconds, long first, const char *path)
{
    traincost_catalog *catalog = NULL;
    struct timespec begun, now;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    error = traincost_error_new();
    require(error && traincost_catalog_new(&catalog, error) == TRAINCOST_OK, "a catalogue");
    long number = first;
    do {
        try_case(number++, catalog, path);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((double)(now.tv_sec - begun.tv_sec) + 1e-9 * (double)(now.tv_nsec - begun.tv_nsec) < seconds);
    traincost_catalog_free(catalog);
    traincost_error_free(error);
    return 0;
}

static void show_case(void)
{
    fprintf(stderr, "case %ld: %s %s\n", report->number, report->reader ? report->reader : "", report->key);
    for (size_t i = 0; i < report->length; i++) {
        unsigned char byte = (unsigned char)report->text[i];
        if ((byte >= 0x20 && byte < 0x7F && byte != '\\') || byte == '\n')
            putc(byte, stderr);
        else
            fprintf(stderr, "\\x%02X", byte);
    }
    putc('\n', stderr);
}

/* Undefined behaviour is an error here, also where the sanitizer would go on. */
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void)
{
    return "halt_on_error=1:print_stacktrace=1";
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 60;
    long first = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    char path[] = P_tmpdir "/traincost-fuzz-XXXXXX";
    int fd = mkstemp(path), status = 0;
    report = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (fd < 0 || report == MAP_FAILED) {
        perror("fuzz");
        return 1;
    }
    close(fd);
    pid_t pid = fork();
    if (pid == 0)
        exit(fuzz_child(seconds, first, path));
    bool good = pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    unlink(path);
    if (!good)
        show_case();
    printf("fuzz: %ld cases from %ld: %ld accepted, %ld refused, %ld estimates%s\n", report->number - first + 1,
           first, report->accepted, report->refused, report->estimated, good ? "" : "; FAILED");
    return good ? 0 : 1;
}
