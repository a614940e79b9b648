/* libtraincost: what an AI training run cost, with honest uncertainty ranges.
 *
 * State a run, estimate it, read the outputs:
 *
 *     traincost_error *error = traincost_error_new();
 *     traincost_scenario *run = traincost_scenario_new(NULL, error);
 *     traincost_result *result = NULL;
 *     if (traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "512xH800", error) == TRAINCOST_OK &&
 *         traincost_scenario_set(run, TRAINCOST_RUN, "hours", "198", error) == TRAINCOST_OK &&
 *         traincost_estimate(run, NULL, &result, error) == TRAINCOST_OK) {
 *         const traincost_output *rent = traincost_result_find(result, "rental_usd");
 *         if (rent)
 *             printf("$%.0f to $%.0f\n", rent->quantile[0], rent->quantile[rent->levels - 1]);
 *     } else
 *         fprintf(stderr, "%s\n", traincost_error_message(error));
 *     traincost_result_free(result);
 *     traincost_scenario_free(run);
 *     traincost_error_free(error);
 *
 * Compile with `pkg-config --cflags --libs traincost`.
 *
 * Values are in hours, watts, kilowatt-hours, kilograms of CO2e, FLOP and US dollars of the day. A range is
 * a 90 % interval unless it says otherwise: its ends are the 5 % and the 95 % quantile.
 *
 * The library does not print, exit, read the environment or the clock, or touch GSL's error handler. It has
 * no mutable state of its own: any function may run in any number of threads at once, as long as no two
 * threads use the same object while one of them changes it. Functions that take a pointer to const only
 * read it.
 *
 * Every `_free` takes NULL, every function takes it for the error record, and where a catalogue is NULL it is the
 * built-in one. What else may be NULL, a comment says. Any other is refused, so that the result of a call that failed
 * does no harm in the next: functions that give a status give TRAINCOST_INVALID, and the error names the function and
 * keeps the reason that was there before; others give NULL, 0 or NaN.
 *
 * What the library makes is read through pointers, never copied or put in arrays: its structs may grow at
 * their end. Those that the caller makes, or that stand inside others, are frozen. Each says which it is.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRAINCOST_H
#define TRAINCOST_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(TRAINCOST_BUILDING) && defined(__GNUC__)
#define TRAINCOST_API __attribute__((visibility("default")))
#else
#define TRAINCOST_API
#endif

/* On functions whose result must be looked at. */
#if defined(__GNUC__)
#define TRAINCOST_CHECKED __attribute__((warn_unused_result))
#else
#define TRAINCOST_CHECKED
#endif

/* ---- Version ---- */

#define TRAINCOST_VERSION_MAJOR 0 /* the interface broke */
#define TRAINCOST_VERSION_MINOR 2 /* the interface grew, or the default figures moved */
#define TRAINCOST_VERSION_PATCH 0 /* neither */

#define TRAINCOST_VERSION_TEXT_(a, b, c) #a "." #b "." #c
#define TRAINCOST_VERSION_TEXT(a, b, c) TRAINCOST_VERSION_TEXT_(a, b, c)
/* The version of this header, as "0.2.0". */
#define TRAINCOST_VERSION                                                                                      \
    TRAINCOST_VERSION_TEXT(TRAINCOST_VERSION_MAJOR, TRAINCOST_VERSION_MINOR, TRAINCOST_VERSION_PATCH)

/* The version of the library that is linked, as "0.2.0". Static text. */
TRAINCOST_API const char *traincost_version(void);

/* ---- Errors ---- */

/* Every function that can fail returns one of these; TRAINCOST_OK is 0. Numbers are never reused. */
#define TRAINCOST_STATUS_MAP(X)                                                                                \
    X(OK, 0, "no error")                                                                                       \
    X(NO_MEMORY, 1, "out of memory")                                                                           \
    X(SYNTAX, 2, "text that cannot be read")          /* --chips 512.5x, a YAML file cut short */              \
    X(UNIT, 3, "a unit that does not fit")            /* --hours 3kWh */                                       \
    X(RANGE, 4, "a value out of bounds")              /* --pue 0.5 */                                          \
    X(UNKNOWN, 5, "an unknown name")                  /* --type H880 */                                        \
    X(MISSING, 6, "something needed is not stated")   /* no hours at all */                                    \
    X(CONFLICT, 7, "statements that disagree")        /* chips x hours is not chip-hours */                    \
    X(IO, 8, "a file that cannot be read or written") /* no such file */                                       \
    X(DATA, 9, "catalogue data that break a rule")    /* a price for an unknown chip */                        \
    X(LIMIT, 10, "more than the library takes")       /* a file of 100 MB, YAML nested 1000 deep */            \
    X(INVALID, 11, "a NULL that may not be one")      /* a scenario whose making failed */

typedef enum traincost_status {
#define TRAINCOST_STATUS_VALUE(name, number, text) TRAINCOST_##name = number,
    TRAINCOST_STATUS_MAP(TRAINCOST_STATUS_VALUE)
#undef TRAINCOST_STATUS_VALUE
} traincost_status;

/* "TRAINCOST_RANGE", and "a value out of bounds". Static text. */
TRAINCOST_API const char *traincost_status_name(traincost_status status);
TRAINCOST_API const char *traincost_status_text(traincost_status status);

/* What went wrong: filled by the functions that take one, which all accept NULL too. It stays as it was
 * where a call succeeds. One thread at a time. */
typedef struct traincost_error traincost_error;

/* NULL when out of memory. The caller frees it. */
TRAINCOST_API traincost_error *traincost_error_new(void);
TRAINCOST_API void traincost_error_free(traincost_error *error);

/* The code, the message (one line, without the place in a file; valid until the error is used again) and
 * the place: a line of the file and a byte in it or in the text, both from 1, or 0 where there is none. */
TRAINCOST_API traincost_status traincost_error_status(const traincost_error *error);
TRAINCOST_API const char *traincost_error_message(const traincost_error *error);
TRAINCOST_API int traincost_error_line(const traincost_error *error);
TRAINCOST_API int traincost_error_column(const traincost_error *error);
/* Fills it, as a program does with errors of its own. */
TRAINCOST_API void traincost_error_set(traincost_error *error, traincost_status status, const char *message);
/* The key that was stated wrongly, "hours"; "" where that is none, or not one alone. */
TRAINCOST_API const char *traincost_error_key(const traincost_error *error);

/* ---- Parameters ---- */

/* What a run is stated with. The table is static; traincost(1) shows it as options. Made by the library; new fields
 * go at the end. */
typedef struct traincost_parameter {
    const char *key;     /* "rental-price": the option, the key in a file, the name in results */
    const char *alias;   /* "price", or NULL */
    const char *unit;    /* "USD/h", or "" for words, dates and bare numbers */
    const char *values;  /* how its value is written: "QUANTITY", "CHIP", "DATE", "cluster|on-demand|..." */
    const char *group;   /* where a list puts it: "run", "stage", "prices", "power" or "ownership" */
    int shared;          /* 1: one draw for the whole run unless a stage states its own; 0: per stage */
    double least, most;  /* bounds of a quantity; sampling keeps to them by truncation */
    int open;            /* 1: `least` itself is not allowed */
    const char *initial; /* what holds where it is not stated, in words, or "" */
    const char *help;    /* one line */
    const char *source;  /* where the default comes from, or "" */
} traincost_parameter;

TRAINCOST_API size_t traincost_parameter_count(void);
/* NULL past the end. */
TRAINCOST_API const traincost_parameter *traincost_parameter_at(size_t index);
/* By key or alias; NULL where there is none. */
TRAINCOST_API const traincost_parameter *traincost_parameter_find(const char *key);
/* The key of what other programs call so, for a "did you mean": "chips" for "gpus" or "num_gpus"; else NULL. Static
 * text. */
TRAINCOST_API const char *traincost_parameter_called(const char *word);

/* ---- Outputs ---- */

/* What a run can give. The table is static, in the order of every listing. Made by the library; new fields go at
 * the end. */
typedef struct traincost_output_kind {
    const char *key;   /* "rental_usd": in results, JSON and CSV */
    const char *word;  /* "rent": what text calls it; every list of outputs and every scope takes it */
    const char *alias; /* "rental": what they take besides, or "" */
    const char *unit;  /* "USD" */
    const char *whole; /* the key of the output that it is a part of, or NULL */
    const char *help;  /* one line */
} traincost_output_kind;

/* NULL past the end. */
TRAINCOST_API const traincost_output_kind *traincost_output_kind_at(size_t index);
/* By key, word or alias, in any case, '-', '_' and blanks alike; NULL where there is none. */
TRAINCOST_API const traincost_output_kind *traincost_output_kind_find(const char *name);

/* Of the names up to a NULL, the one that `given` is a slip of, for a "did you mean"; NULL where none is near.
 */
TRAINCOST_API const char *traincost_nearest(const char *given, const char *const *names);

/* ---- Quantities ---- */

/* An uncertain number, as a person writes it: "198", "~198", "1.5..2.5", "2 +- 0.5", "lognormal(2, 1.5)";
 * traincost-scenario(5) has the grammar. Immutable. */
typedef struct traincost_quantity traincost_quantity;

/* Reads `text` for the parameter `key`, whose unit and bounds apply ("hours", "power", ...); with a NULL
 * key any number without a unit. Errors: SYNTAX, UNIT, RANGE, UNKNOWN (the key), NO_MEMORY. The caller
 * frees `*quantity`; it is NULL after an error. */
TRAINCOST_API traincost_status traincost_quantity_parse(const char *key, const char *text,
                                                        traincost_quantity **quantity,
                                                        traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_quantity_free(traincost_quantity *quantity);

/* Writes a text that parses to the same quantity, in the parameter's own unit, as snprintf does: at most
 * `size` bytes with the final NUL; returns the bytes that all of it needs, without the NUL. */
TRAINCOST_API size_t traincost_quantity_print(const traincost_quantity *quantity, char *out, size_t size);

/* The currency that money was written in, by its ISO code: "USD" where none was named. Its values are in it; a scenario
 * takes them to dollars at the rate of the run's date. Static text. */
TRAINCOST_API const char *traincost_quantity_currency(const traincost_quantity *quantity);

/* The value below which it lies with probability `p`, for p in 0..1 (NaN elsewhere). For p = 0 and 1 the
 * ends, which may be infinite. */
TRAINCOST_API double traincost_quantity_quantile(const traincost_quantity *quantity, double p);

/* ---- The catalogue ---- */

/* Chips, price observations and economics, each row with its source and date. It is part of the library;
 * files of the same form can be laid over it. Immutable but for traincost_catalog_load. */
typedef struct traincost_catalog traincost_catalog;

/* Number formats in the order of `peak`. */
typedef enum traincost_format {
    TRAINCOST_FP32,
    TRAINCOST_TF32,
    TRAINCOST_BF16,
    TRAINCOST_FP16,
    TRAINCOST_FP8,
    TRAINCOST_FP4,
    TRAINCOST_INT8,
    TRAINCOST_FORMATS
} traincost_format;

/* One accelerator as it is rented or counted by its maker. A figure that was never published is 0, a text "". Valid
 * as long as its catalogue. Made by the library; new fields go at the end. */
typedef struct traincost_chip {
    const char *id;
    const char *name;
    const char *aliases; /* "h800;h800 sxm5"; '~' before a name that this variant takes as the usual one */
    const char *vendor;
    const char *kind;   /* "gpu", "tpu", "asic" */
    const char *family; /* "hopper" */
    const char *released;
    const double *peak; /* dense TFLOP/s by traincost_format (int8: TOP/s) */
    double memory_gb;
    double bandwidth_gb_s;
    double tdp_w;
    double chips_per_server;
    double server_power_w;
    const char *source;
    const char *checked; /* when the figures were read */
    const char *note;
    int released_day; /* days since 1970-01-01, 0 where `released` is "" */
} traincost_chip;

/* One dated price. `low` and `high` are 0 where the source gives a single figure. Made by the library; new fields
 * go at the end. */
typedef struct traincost_observation {
    const char *chip; /* id */
    const char *kind; /* "rent" (per chip-hour), "buy" (a chip, new) or "used" */
    double usd;
    double low;
    double high;
    const char *date;
    const char *term;     /* "on-demand", "spot", "marketplace", "1y", "3y", "reserved"; "list", "street", "implied" */
    const char *tier;     /* of a rent: "specialised", "hyperscaler", "marketplace", "index" */
    const char *includes; /* of a purchase: "chip", "server", "rack", "cluster" */
    const char *vendor;
    const char *source;
    const char *note;
    int day; /* days since 1970-01-01; a month stands for its 15th, a year for its 1 July */
    const char *region; /* of a price that holds there alone: "China"; else "" */
} traincost_observation;

/* A default by region and year. `value` is a quantity as text. Made by the library; new fields go at the end. */
typedef struct traincost_fact {
    const char *key;       /* of the parameter */
    const char *qualifier; /* what it holds for: "hyperscaler", a chip's id, family or kind, "" for all */
    const char *region;    /* "US", "" for all */
    const char *date;
    const char *value;
    const char *unit;
    const char *source;
    const char *note;
    int day; /* days since 1970-01-01; a month stands for its 15th, a year for its 1 July */
} traincost_fact;

/* How fast a model was trained, as somebody published it. A number that was not published is 0. Made by the
 * library; new fields go at the end. */
typedef struct traincost_throughput {
    const char *chip;         /* id */
    const char *format;       /* "bf16": the MFU is of its dense peak */
    const char *method;       /* "full", "lora", "qlora" */
    const char *kind;         /* "bench", "run" (steps of a run), "whole" (from a run's chip-hours) */
    const char *organization; /* whose run, or who measured */
    const char *name;         /* of the model, or of a series in which only the cluster changes */
    double chips;
    double batch;        /* tokens of a step */
    double sequence;     /* tokens */
    double active;       /* parameters that a token passes through */
    double total;        /* all parameters, where that is more */
    double tokens_per_s; /* a chip */
    double mfu;          /* on 6 FLOP a parameter and token, 4 of adapters; attention is not counted */
    const char *date;
    const char *source;
    const char *note;
    int day; /* days since 1970-01-01; a month stands for its 15th, a year for its 1 July */
} traincost_throughput;

/* A published training run: its id, and the rest of its scenario file. Made by the library; new fields go at the
 * end. */
typedef struct traincost_run {
    const char *id;
    const char *text; /* traincost-scenario(5) */
    const char *path; /* the file that traincost_catalog_load took it from; NULL of the built-in ones */
    int line;         /* where it begins there */
} traincost_run;

/* What a US dollar was worth. Made by the library; new fields go at the end. */
typedef struct traincost_rate {
    const char *key;      /* "exchange-rate"; "consumer-prices", "data-processing-prices": indices of prices in USD */
    const char *currency; /* its ISO code */
    const char *date;     /* a month or a year, over which it is the mean */
    double value;         /* of the currency for a dollar; of an index, its level */
    const char *unit;
    const char *source;
    const char *note;
    int day; /* days since 1970-01-01; a month stands for its 15th, a year for its 1 July */
} traincost_rate;

/* A machine as a cloud rents it. Made by the library; new fields go at the end. */
typedef struct traincost_instance {
    const char *id; /* "p5.48xlarge" */
    const char *vendor;
    const char *chip; /* id */
    double chips;     /* how many it has */
    const char *source;
    const char *checked;
    const char *note;
} traincost_instance;

/* A country, a state or a cloud's region, and the larger place whose figures hold where it has none of its own.
 * Made by the library; new fields go at the end. */
typedef struct traincost_place {
    const char *name;    /* "France", "US-Iowa", "us-central1" */
    const char *aliases; /* "FR;FRA" */
    const char *within;  /* "EU"; "world" at the end */
    const char *source;
    const char *checked;
} traincost_place;

/* A price at a date: a lognormal, and what it rests on. Made by the library; new fields go at the end. */
typedef struct traincost_price {
    double p5, p50, p95;
    size_t observations; /* that carry it; 0 where it is inferred from other chips */
    const char *basis;   /* "41 observations of H800 and H100, 2023-06 to 2026-10" */
} traincost_price;

/* The built-in catalogue. The caller frees it. */
TRAINCOST_API traincost_status traincost_catalog_new(traincost_catalog **catalog,
                                                     traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_catalog_free(traincost_catalog *catalog);

/* Lays a table (chips.csv, prices.csv, economics.csv, throughput.csv, ..., known by its header), a list of runs (a file
 * that ends in .yaml), or a folder with any of them (there the runs are claims.yaml), over the catalogue: a row with the
 * key of an earlier one replaces it. Errors: IO, SYNTAX, DATA, NO_MEMORY; after one the catalogue is as it was.
 * Rows got from it before stay valid as long as the catalogue, with what they said then. */
TRAINCOST_API traincost_status traincost_catalog_load(traincost_catalog *catalog, const char *path,
                                                      traincost_error *error) TRAINCOST_CHECKED;

/* The tables, sorted; NULL past the end. */
TRAINCOST_API const traincost_chip *traincost_catalog_chip(const traincost_catalog *catalog, size_t index);
TRAINCOST_API const traincost_observation *traincost_catalog_observation(const traincost_catalog *catalog,
                                                                         size_t index);
TRAINCOST_API const traincost_fact *traincost_catalog_fact(const traincost_catalog *catalog, size_t index);
TRAINCOST_API const traincost_throughput *traincost_catalog_throughput(const traincost_catalog *catalog,
                                                                       size_t index);
TRAINCOST_API const traincost_run *traincost_catalog_run(const traincost_catalog *catalog, size_t index);
TRAINCOST_API const traincost_rate *traincost_catalog_rate(const traincost_catalog *catalog, size_t index);
TRAINCOST_API const traincost_instance *traincost_catalog_instance(const traincost_catalog *catalog, size_t index);
TRAINCOST_API const traincost_place *traincost_catalog_place(const traincost_catalog *catalog, size_t index);

/* The chip of that name as people write it: "H800", "NVIDIA H800 SXM5", "A100 80GB", "tpu-v5p". `*usual` (may
 * be NULL) becomes 1 where the name fits several and the usual variant was taken. Errors: UNKNOWN, with the
 * nearest name in the message. */
TRAINCOST_API traincost_status traincost_catalog_find(const traincost_catalog *catalog, const char *name,
                                                      const traincost_chip **chip, int *usual,
                                                      traincost_error *error) TRAINCOST_CHECKED;

/* The date that is used where none is stated: the newest rental observation, as YYYY-MM-DD. */
TRAINCOST_API const char *traincost_catalog_date(const traincost_catalog *catalog);

/* The newest rent that was seen of a chip of the catalogue, as long as its rows are valid; NULL where none was.
 * `*months` (may be NULL) becomes the whole months by which it is older than that of traincost_catalog_date. */
TRAINCOST_API const traincost_observation *traincost_catalog_last_rent(const traincost_catalog *catalog,
                                                                       const traincost_chip *chip, int *months);

/* Where a price is asked for; NULL is the default of each, so that {0} asks for all of them. Made by the caller, so it is
 * frozen: these fields and no others. */
typedef struct traincost_market {
    const char *date;   /* "2026-10": a month is its middle; the default is that of traincost_catalog_date */
    const char *term;   /* "cluster", the default, "on-demand", "spot", "1y", "3y" or "any" */
    const char *tier;   /* "specialised", "hyperscaler" or "marketplace"; by default all that the term has */
    const char *region; /* "China": rents differ there; by default they are those of the world */
} traincost_market;

/* What a chip-hour of that chip costs to rent in that market, in USD/h. A date after the newest observation is a
 * forecast: its basis says so. The caller frees `*price`. Errors: SYNTAX (the date), UNKNOWN (a word, the region),
 * NO_MEMORY. */
TRAINCOST_API traincost_status traincost_catalog_market_price(const traincost_catalog *catalog,
                                                              const traincost_chip *chip,
                                                              const traincost_market *market,
                                                              traincost_price **price,
                                                              traincost_error *error) TRAINCOST_CHECKED;

/* The same of the whole world and all tiers: what a chip-hour of that chip costs to rent at `date` (NULL: the default
 * date) on `term` ("cluster", "on-demand", "spot", "1y", "3y", "any"; NULL: "cluster"), in USD/h. The caller frees
 * `*price`. Errors: SYNTAX (the date), UNKNOWN (the term), NO_MEMORY. */
TRAINCOST_API traincost_status traincost_catalog_rental_price(const traincost_catalog *catalog,
                                                              const traincost_chip *chip, const char *date,
                                                              const char *term, traincost_price **price,
                                                              traincost_error *error) TRAINCOST_CHECKED;

/* What the chip alone cost to buy new around the day it became available, in USD. The caller frees it. */
TRAINCOST_API traincost_status traincost_catalog_hardware_price(const traincost_catalog *catalog,
                                                                const traincost_chip *chip,
                                                                traincost_price **price,
                                                                traincost_error *error) TRAINCOST_CHECKED;

/* What the chip alone costs to buy new at `date` (NULL: the default date), in USD: new prices fall with age. The
 * caller frees it. Errors: SYNTAX (the date), NO_MEMORY. */
TRAINCOST_API traincost_status traincost_catalog_purchase_price(const traincost_catalog *catalog,
                                                                const traincost_chip *chip, const char *date,
                                                                traincost_price **price,
                                                                traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_price_free(traincost_price *price);

/* ---- A run as stated ---- */

/* A scenario: settings of the whole run and of its stages. It keeps no text of the caller's. */
typedef struct traincost_scenario traincost_scenario;

/* The stage number that stands for the whole run. */
#define TRAINCOST_RUN ((size_t)-1)

/* An empty run over `catalog`, which must outlive it; NULL for the built-in one. NULL after an error. */
TRAINCOST_API traincost_scenario *traincost_scenario_new(const traincost_catalog *catalog,
                                                         traincost_error *error);
TRAINCOST_API void traincost_scenario_free(traincost_scenario *scenario);

/* Reads a scenario file, traincost-scenario(5), into an empty run. Errors: IO, SYNTAX, LIMIT, UNKNOWN, and
 * those of traincost_scenario_set, with the line. After an error the run is to be freed. */
TRAINCOST_API traincost_status traincost_scenario_read(traincost_scenario *scenario, const char *path,
                                                       traincost_error *error) TRAINCOST_CHECKED;
/* The run of that id in the scenario's catalogue, into an empty run; case does not matter, and "Llama 3.1 405B" is
 * "llama-3-1-405b". Errors: UNKNOWN, with the nearest id. */
TRAINCOST_API traincost_status traincost_scenario_find(traincost_scenario *scenario, const char *id,
                                                       traincost_error *error) TRAINCOST_CHECKED;

/* Reads a run as the command takes one: a file (a path, or a name that is one), the id of a published run in any case, or
 * a cluster ("512xH800", "H100:8", "v5p-64", "4xp5.48xlarge"). Errors: those of the three; UNKNOWN names what may have
 * been meant. */
TRAINCOST_API traincost_status traincost_scenario_take(traincost_scenario *scenario, const char *text,
                                                       traincost_error *error) TRAINCOST_CHECKED;
/* As traincost_scenario_read, from memory. */
TRAINCOST_API traincost_status traincost_scenario_parse(traincost_scenario *scenario, const char *text,
                                                        size_t length,
                                                        traincost_error *error) TRAINCOST_CHECKED;

/* Adds a stage; `name` may be NULL. Its number goes to `*stage` (may be NULL). A run without stages has
 * one, made of the run's own settings. Errors: CONFLICT (the name is taken), NO_MEMORY. */
TRAINCOST_API traincost_status traincost_scenario_add_stage(traincost_scenario *scenario, const char *name,
                                                            size_t *stage,
                                                            traincost_error *error) TRAINCOST_CHECKED;

/* States a parameter of a stage, or of the run (TRAINCOST_RUN): there it holds for every stage that does not
 * state its own. What is stated once is one draw. `key` may also be "cluster", as in "512xH800", and for the
 * run "name" and "base": the run whose model this one starts from, by its id in the catalogue or its file. A
 * second statement replaces the first. Errors: UNKNOWN, SYNTAX, UNIT, RANGE, NO_MEMORY,
 * and for a base those of reading it, CONFLICT among them. */
TRAINCOST_API traincost_status traincost_scenario_set(traincost_scenario *scenario, size_t stage,
                                                      const char *key, const char *value,
                                                      traincost_error *error) TRAINCOST_CHECKED;

/* ---- Claims ---- */

/* What can be claimed of a run. The table is static. Made by the library; new fields go at the end. */
typedef struct traincost_claim_key {
    const char *key;    /* in a file, and of traincost_scenario_claim: "usd" */
    const char *option; /* of the command: "claim" */
    const char *values; /* its unit, or how it is written: "USD", "DATE", "chips|servers|site" */
    const char *help;   /* one line */
} traincost_claim_key;

/* NULL past the end. */
TRAINCOST_API const traincost_claim_key *traincost_claim_key_at(size_t index);

/* States a published figure about the run, or what it counts: by key "usd", "energy", "co2", "chip-hours",
 * "rental-price", "mfu", "counts", "energy-counts", "published" or "dollars". A figure is one number ("294k"), about one
 * ("~5M", "nearly $6 million"), a bound (">100M", "more than $100M", "under 2M", "100M+") or a range ("2M..5M").
 * Errors: UNKNOWN, SYNTAX, UNIT, RANGE, each with what to write instead; NO_MEMORY. */
TRAINCOST_API traincost_status traincost_scenario_claim(traincost_scenario *scenario, const char *key,
                                                        const char *value,
                                                        traincost_error *error) TRAINCOST_CHECKED;

/* A figure as it was claimed. Made by the library; new fields go at the end. */
typedef struct traincost_claim {
    const char *key; /* as in traincost_claim_key */
    const char *unit;
    const char *kind; /* "exact", "about" (rounded, or said so), "at_least", "at_most" */
    const char *text; /* as it was stated */
    double value;
    double low, high; /* what its digits, "about" or its range leave open */
} traincost_claim;

/* The figures that the run claims, in the order of the keys; NULL past the end. Valid until the run is changed. */
TRAINCOST_API const traincost_claim *traincost_scenario_claim_at(const traincost_scenario *scenario, size_t index);
/* In which year's or month's dollars they are, as stated: "2023"; NULL where nothing is: those of the run's date. Valid
 * until the run is changed. */
TRAINCOST_API const char *traincost_scenario_claim_dollars(const traincost_scenario *scenario);

/* ---- Estimates ---- */

/* How to compute. NULL stands for the defaults wherever a function takes one. */
typedef struct traincost_options traincost_options;

/* NULL when out of memory. */
TRAINCOST_API traincost_options *traincost_options_new(void);
TRAINCOST_API void traincost_options_free(traincost_options *options);

/* One way to compute otherwise. The table is static. Made by the library; new fields go at the end. */
typedef struct traincost_option {
    const char *key;     /* "samples" */
    const char *values;  /* how its value is written: "2048..1e10", "qmc|mc" */
    const char *initial; /* what holds where it is not set, or "" */
    const char *help;    /* one line */
} traincost_option;

/* NULL past the end. */
TRAINCOST_API const traincost_option *traincost_option_at(size_t index);

/* Sets the option of that key: "samples", "seed", "threads", "sampler", "tolerance", "quantiles", "bins", "outputs",
 * "sensitivity", "stages" or "correlate", which adds to what it was given before. Errors: UNKNOWN, SYNTAX, UNIT,
 * RANGE, LIMIT, CONFLICT. */
TRAINCOST_API traincost_status traincost_options_set(traincost_options *options, const char *key,
                                                     const char *value,
                                                     traincost_error *error) TRAINCOST_CHECKED;

/* Told now and then how much of the work is done, 0 to 1, by one thread at a time, which need not be the caller's. With
 * a tolerance it begins anew whenever more samples are taken. */
typedef void traincost_progress(void *context, double done);

/* Whom to tell; NULL: nobody. A sweep tells of its points. */
TRAINCOST_API void traincost_options_progress(traincost_options *options, traincost_progress *progress,
                                              void *context);

/* A figure of the answer. Made by the library; new fields go at the end. */
typedef struct traincost_output {
    const char *key;  /* "rental_usd" */
    const char *unit; /* "USD" */
    const char *help; /* one line */
    double mean, mean_se, sd;
    size_t levels;             /* how many quantiles follow; the levels are traincost_result_level's */
    const double *quantile;    /* ascending */
    const double *quantile_se; /* Monte Carlo standard errors, 0 where the figure is exact */
    /* With the option "bins" a histogram of all samples: `bins` shares, which sum to 1, between bins + 1 rising
     * edges from the least sample to the most; 0 where the figure is exact. */
    size_t bins;
    const double *bin_edge;
    const double *bin_share;
    double sd_se; /* Monte Carlo standard error of sd, as mean_se is of the mean */
} traincost_output;

/* A quantity that went in: stated, or a default. Made by the library; new fields go at the end. */
typedef struct traincost_input {
    const char *key;   /* of the parameter */
    const char *stage; /* the stages that use it, "R1-Zero, R1", or NULL: all of them */
    const char *unit;  /* of the parameter */
    const char *text;  /* the quantity as text */
    double p5, p50, p95;
    int given;          /* 1: stated by the user */
    const char *source; /* what a default rests on; "stated" where it was given */
} traincost_input;

/* A stage as it was resolved; a quantity that the run does not give is NaN. Made by the library; new fields go at
 * the end. */
typedef struct traincost_stage {
    const char *name;
    const traincost_chip *chip;
    double chips, hours, chip_hours; /* medians of what was stated; what was not follows from the others */
    int chips_exact, hours_exact, chip_hours_exact; /* 0: it is the median of a range */
} traincost_stage;

/* How much of an output's variance an input explains: alone, and with all that it interacts with. The total indices
 * of all inputs add up to over 1 where inputs interact. Made by the library; new fields go at the end. */
typedef struct traincost_sensitivity {
    const char *key;
    const char *stage; /* as in traincost_input */
    double first, total;
    double first_se, total_se; /* Monte Carlo standard errors */
} traincost_sensitivity;

/* What an output is with an input at its 5 % and at its 95 %, all others at their median. Made by the library; new
 * fields go at the end. */
typedef struct traincost_swing {
    const char *key;
    const char *stage; /* as in traincost_input */
    double low, high;
} traincost_swing;

typedef struct traincost_result traincost_result;

/* Estimates the run. Errors: MISSING, CONFLICT, DATA, RANGE (an output beyond what doubles hold, so that each figure
 * of a result is finite), NO_MEMORY. `*result` is NULL after an error; the caller frees it, before the catalogue. */
TRAINCOST_API traincost_status traincost_estimate(const traincost_scenario *scenario,
                                                  const traincost_options *options, traincost_result **result,
                                                  traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_result_free(traincost_result *result);

/* What follows is valid as long as the result. The `_at` functions return NULL past the end. */
TRAINCOST_API const char *traincost_result_name(const traincost_result *result); /* of the run, or "" */
TRAINCOST_API const char *traincost_result_date(const traincost_result *result); /* YYYY-MM-DD */
TRAINCOST_API double traincost_result_samples(const traincost_result *result);
TRAINCOST_API double traincost_result_seed(const traincost_result *result);

/* In which dollars an answer is, where they are not those of the run's date. Made by the library; new fields go at the
 * end. */
typedef struct traincost_dollars {
    const char *of;     /* the year or month that was asked for: "2023" */
    const char *index;  /* the producer price index of data processing, which Cottier et al. 2024 take: its series */
    const char *at;     /* the year or month whose index was taken for `of` */
    const char *from;   /* and for the run's date: of that time, or the nearest that is known */
    double at_index, from_index;
    double factor;      /* what dollars of the run's date were multiplied by: at_index / from_index */
    const char *source; /* of the index */
} traincost_dollars;

/* NULL where they are dollars of the day. What a stage with a date of its own costs, or a base, is brought from there:
 * a note says so. Stated prices are taken as of the date; a budget is in the dollars of the answer. */
TRAINCOST_API const traincost_dollars *traincost_result_dollars(const traincost_result *result);
/* The quantile levels of the outputs as shares, 0.05 for 5 %; NaN past the end. */
TRAINCOST_API double traincost_result_level(const traincost_result *result, size_t index);

TRAINCOST_API const traincost_output *traincost_result_at(const traincost_result *result, size_t index);
/* NULL where the inputs do not give that output. */
TRAINCOST_API const traincost_output *traincost_result_find(const traincost_result *result, const char *key);
TRAINCOST_API const traincost_input *traincost_result_input_at(const traincost_result *result, size_t index);
TRAINCOST_API const traincost_stage *traincost_result_stage_at(const traincost_result *result, size_t index);
/* By falling total index, of the 128 inputs that move most; empty where the option "sensitivity" leaves the
 * output out. Correlated inputs carry the indices of all of them together. */
TRAINCOST_API const traincost_sensitivity *traincost_result_sensitivity_at(const traincost_result *result,
                                                                           const char *output, size_t index);
/* By falling distance of `low` and `high`, of the inputs that move the output. A run of a comparison has none. */
TRAINCOST_API const traincost_swing *traincost_result_swing_at(const traincost_result *result,
                                                               const char *output, size_t index);
/* What a stage gives by itself, from the samples of the run, so that means add up: of the outputs that are asked
 * for and that the option "stages" does not leave out, all but what is bought once, the base and development.
 * NULL past the end, where the stage does not give it, and where the run has one stage. */
TRAINCOST_API const traincost_output *traincost_result_stage_output_at(const traincost_result *result,
                                                                       size_t stage, size_t index);
TRAINCOST_API const traincost_output *traincost_result_stage_output(const traincost_result *result,
                                                                    size_t stage, const char *output);
/* The probability that the output, by key, is at most `value`: the level whose quantile that is. NaN where it is
 * not among the outputs. */
TRAINCOST_API double traincost_result_probability(const traincost_result *result, const char *output,
                                                  double value);
/* How an output follows a parameter, all others as they are. */
typedef enum traincost_dependence {
    TRAINCOST_INDEPENDENT,  /* not at all */
    TRAINCOST_PROPORTIONAL, /* exactly: k times the parameter, in every stage, is k times the output and its quantiles */
    TRAINCOST_OTHERWISE     /* in another way, or memory ran out */
} traincost_dependence;

/* INDEPENDENT too where the result lacks the output or there is no such parameter. */
TRAINCOST_API traincost_dependence traincost_result_dependence(const traincost_result *result, const char *output,
                                                               const char *key);

/* What the reader should know: a name taken as its usual variant, a figure inferred, a statement not used. */
TRAINCOST_API const char *traincost_result_note_at(const traincost_result *result, size_t index);

/* ---- Checks: a claim against an estimate ---- */

typedef enum traincost_verdict {
    TRAINCOST_UNCHECKED,  /* nothing to check it against */
    TRAINCOST_CONSISTENT, /* inside the 90 % range; of a bound: it holds with a probability of at least 5 % */
    TRAINCOST_LOW,
    TRAINCOST_HIGH,
    TRAINCOST_IMPOSSIBLE /* a limit is broken */
} traincost_verdict;

/* "consistent". Static text. */
TRAINCOST_API const char *traincost_verdict_name(traincost_verdict verdict);

/* In all that follows `unit` is one of an output's: "USD", "kWh", "h", ... */

/* Two stated figures that should agree. Made by the library; new fields go at the end. */
typedef struct traincost_audit {
    const char *what; /* "chip-hours x price = dollars" */
    const char *unit;
    double stated, computed;
    int ok; /* 1: they agree within the rounding of their digits */
} traincost_audit;

/* What cannot be. Made by the library; new fields go at the end. */
typedef struct traincost_limit {
    const char *what; /* "dollars cover the electricity" */
    const char *unit;
    double value, limit;
    int ok; /* 1: the limit is kept */
    const char *value_date, *limit_date; /* of two dates as they were stated ("2024-05"), whose unit is "date":
                                            value and limit are then days since 1970-01-01; else NULL */
} traincost_limit;

/* A claimed figure read as one thing that it could count. Made by the library; new fields go at the end. */
typedef struct traincost_scope {
    const char *key;  /* of the output: "rental_usd" */
    const char *name; /* "rental", "site" */
    const char *unit;
    const char *claim; /* the key of the figure: "usd" */
    int counted;       /* 1: what the claim says it counts, or the best fit where it does not say */
    double p5, p50, p95;
    double percentile;  /* the share of the range below the claim, 0..1 */
    double factor;      /* the claim over the median */
    double probability; /* of a bound, that it holds; else NaN */
    traincost_verdict verdict;
    int best; /* 1: of the scopes of its figure the one that fits best, which need not be consistent */
    double further_out; /* how often a true figure is as stated or further out on that side; NaN where the range
                           is one figure, or the claim a bound */
    const char *note;   /* "computed, not measured": rated power x hours, as model cards have it; else NULL */
} traincost_scope;

/* The figures claimed, judged together: a true claim is called low or high in one case of ten, whether it has one
 * figure or several. Bounds, figures that follow exactly and those that were computed from rated power are each
 * judged alone. Made by the library; new fields go at the end. */
typedef struct traincost_family {
    size_t figures;
    double level;       /* a figure is doubted where less of its range than this lies beyond it: 0.05 of one alone */
    double further_out; /* how often the figures of a true claim lie as far out as these, or further */
    traincost_verdict verdict;
} traincost_family;

/* A usual mistake that would explain a claim that is far off. Made by the library; new fields go at the end. */
typedef struct traincost_slip {
    const char *what;
    double factor;      /* over 1: how much too high or too low the figure is for it */
    const char *figure; /* the key of the figure that it would explain: "usd", "energy"; "flop" for compute */
} traincost_slip;

/* What follows from the claim, and what is usual: NaN where that is not known. Made by the library; new fields go
 * at the end. */
typedef struct traincost_implied {
    const char *key; /* "usd_per_chip_hour", "usd_per_chip", "mfu", "w_per_chip", "energy_over_rated" (over rated power x
                        hours), "kg_per_kwh", "chip_hours" */
    const char *unit;
    double value;
    double p5, p50, p95;
} traincost_implied;

/* What the dollars claimed do not count. Made by the library; new fields go at the end. */
typedef struct traincost_left_out {
    const char *what; /* "base model deepseek-v3" */
    const char *unit;
    double p5, p50, p95;
} traincost_left_out;

typedef struct traincost_report traincost_report;

/* Checks what the run claims against its estimate: the audit, the limits, the scopes, the verdict, what it
 * implies, likely slips and what it leaves out. Of the options "samples", "seed", "threads", "sampler" and
 * "tolerance" count. What cannot be checked is listed. Errors: MISSING (nothing is claimed), those of
 * traincost_estimate but for a missing time, NO_MEMORY. `*report` is NULL after an error; the caller frees it,
 * before the catalogue. */
TRAINCOST_API traincost_status traincost_check(const traincost_scenario *scenario,
                                               const traincost_options *options, traincost_report **report,
                                               traincost_error *error) TRAINCOST_CHECKED;
/* The same of many runs, faster than one after the other, as what they have in common is found once; with "threads" on
 * several threads, each run on one. Progress is told in runs. `reports` and `statuses` have room for `count`; where a status is not
 * TRAINCOST_OK its report is NULL, and traincost_check of that run alone has the message. The caller frees the reports.
 * Errors: INVALID (a NULL), NO_MEMORY, both before the first check. */
TRAINCOST_API traincost_status traincost_check_many(const traincost_scenario *const *scenarios, size_t count,
                                                    const traincost_options *options, traincost_report **reports,
                                                    traincost_status *statuses,
                                                    traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_report_free(traincost_report *report);

/* What follows is valid as long as the report. The `_at` functions return NULL past the end. */
/* IMPOSSIBLE where a limit is broken, else the first verdict that is not CONSISTENT among the figures that are
 * judged alone, each on the scope that it counts, else that of the figures together. */
TRAINCOST_API traincost_verdict traincost_report_verdict(const traincost_report *report);
/* The date of the prices, YYYY-MM-DD, and the samples and the seed of the estimate behind it. */
TRAINCOST_API const char *traincost_report_date(const traincost_report *report);
TRAINCOST_API double traincost_report_samples(const traincost_report *report);
TRAINCOST_API double traincost_report_seed(const traincost_report *report);
/* NULL where no figure has a range. */
TRAINCOST_API const traincost_family *traincost_report_family(const traincost_report *report);
/* The name of the scope that fits the dollars best, else the energy, else the CO2; NULL where there is none. */
TRAINCOST_API const char *traincost_report_fits_best(const traincost_report *report);
/* The estimate behind it, of the outputs that the claim is about and with quantiles of its own; NULL where the
 * run states too little for one. */
TRAINCOST_API const traincost_result *traincost_report_result(const traincost_report *report);
/* What the file says: "id", "name", "organization", "counts", "energy-counts", "published", "dollars", "source",
 * "confidence", "status" (of the claim: confirmed or reported), "run-status" (of chips, hours and compute),
 * "circular", "note", "contradiction", "telling-of"; NULL where it does not. */
TRAINCOST_API const char *traincost_report_said(const traincost_report *report, const char *key);
TRAINCOST_API const traincost_claim *traincost_report_claim_at(const traincost_report *report, size_t index);
TRAINCOST_API const traincost_audit *traincost_report_audit_at(const traincost_report *report, size_t index);
TRAINCOST_API const traincost_limit *traincost_report_limit_at(const traincost_report *report, size_t index);
TRAINCOST_API const traincost_scope *traincost_report_scope_at(const traincost_report *report, size_t index);
TRAINCOST_API const traincost_slip *traincost_report_slip_at(const traincost_report *report, size_t index);
TRAINCOST_API const traincost_implied *traincost_report_implied_at(const traincost_report *report,
                                                                   size_t index);
TRAINCOST_API const traincost_left_out *traincost_report_left_out_at(const traincost_report *report,
                                                                     size_t index);
/* What could not be checked, and why. */
TRAINCOST_API const char *traincost_report_unchecked_at(const traincost_report *report, size_t index);

/* ---- Comparisons: several runs from the same samples ---- */

typedef struct traincost_comparison traincost_comparison;

/* Estimates the runs together, sample by sample: what they share is one draw, so that it does not blur their
 * ratios. They share the market of each chip and what hardware costs and wears; what a laboratory and its site
 * have of their own (MFU, goodput, power fraction, PUE, prices and carbon of its electricity, experiments,
 * staff) they share unless two organizations are named; and they share what is stated alike for both, of the
 * parameters that a run's stages share. Hours, chips and compute are each run's own. All are of one catalogue.
 * Where any has a base, the rent with base of the others is their rent. The option "sensitivity" does not
 * count. Errors: MISSING (no run), CONFLICT (two catalogues), and those of traincost_estimate. `*comparison` is
 * NULL after an error; the caller frees it, before the catalogue. */
TRAINCOST_API traincost_status traincost_compare(const traincost_scenario *const *runs, size_t count,
                                                 const traincost_options *options,
                                                 traincost_comparison **comparison,
                                                 traincost_error *error) TRAINCOST_CHECKED;
/* The same, and how often each run has the least of the output `by` (NULL: the runs are not ranked), which is
 * then among the outputs. Errors also: UNKNOWN (the output), MISSING (no run gives it). */
TRAINCOST_API traincost_status traincost_compare_by(const traincost_scenario *const *runs, size_t count,
                                                    const char *by, const traincost_options *options,
                                                    traincost_comparison **comparison,
                                                    traincost_error *error) TRAINCOST_CHECKED;
/* The same work on each of the chips named in `types`, "H100,MI300X", or on "all" of the catalogue that can be rented
 * (a rent of its own was seen within 18 months of the date), or on "every" one, ranked by the output `by` (NULL:
 * "rental_usd"), without ratios. The run states the work as params with tokens or as flop, and chips or a deadline as
 * hours; its own type does not count, but where it states hours and no work: they are carried over from that type, or
 * from the first named, by what both chips reach. Of a plan the stages that state work go to each chip, whatever type
 * they name; those that state a time stay as they are, and a note names them. All that it states is one draw for every
 * chip. Of "all", those that cannot do the work are left out: not released at the date, neither a release nor a price
 * known, no peak published for the format, too little memory; of named ones, those of which the catalogue does not know
 * what is needed: a peak, how many a server has. The name of each result is its chip's. Errors also: CONFLICT (a time
 * that is no work, a chip twice), MISSING (no work is stated, no chip can do it), SYNTAX, UNKNOWN, RANGE (a format that
 * a chip lacks). */
TRAINCOST_API traincost_status traincost_compare_types(const traincost_scenario *run, const char *types,
                                                       const char *by, const traincost_options *options,
                                                       traincost_comparison **comparison,
                                                       traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_comparison_free(traincost_comparison *comparison);

/* The estimate of a run, valid as long as the comparison; NULL past the end. */
TRAINCOST_API const traincost_result *traincost_comparison_result(const traincost_comparison *comparison,
                                                                  size_t run);
/* The chip that the work is done on, of traincost_compare_types; else, and past the end, NULL. */
TRAINCOST_API const traincost_chip *traincost_comparison_chip(const traincost_comparison *comparison, size_t run);
/* An output of the run over that of the first run; NULL for the first, and where either lacks it or
 * the first has 0 of it. */
TRAINCOST_API const traincost_output *traincost_comparison_ratio(const traincost_comparison *comparison,
                                                                 size_t run, const char *output);

/* The output by which the runs are ranked; NULL where they are not. */
TRAINCOST_API const char *traincost_comparison_by(const traincost_comparison *comparison);
/* The share of the samples in which the run has the least of it; of equal ones the first counts. The shares sum
 * to 1. NaN where the runs are not ranked, where the run lacks the output, and past the end. */
TRAINCOST_API double traincost_comparison_least(const traincost_comparison *comparison, size_t run);
/* The number of the run at `place`, from 0, by rising median of that output; runs that lack it come last, and
 * where they are not ranked they stand as given. Past the end the number of runs. */
TRAINCOST_API size_t traincost_comparison_ranked(const traincost_comparison *comparison, size_t place);
/* The id of a chip that was left out, and why; `why` may be NULL. NULL past the end. */
TRAINCOST_API const char *traincost_comparison_left_out_at(const traincost_comparison *comparison, size_t index,
                                                           const char **why);

/* ---- Sweeps: a run along one or two parameters ---- */

/* The values of the parameters that vary, and once it was run the estimate at each point. */
typedef struct traincost_sweep traincost_sweep;

/* NULL when out of memory. */
TRAINCOST_API traincost_sweep *traincost_sweep_new(void);
TRAINCOST_API void traincost_sweep_free(traincost_sweep *sweep);

/* Varies a parameter, at most two of them: over a range, "256..4096", in `steps` values (NULL: "9") of
 * `spacing` "linear" or "log" (NULL: log where the range spans a factor over 4, else linear), or over a list,
 * "1T,2T,5T" or "H100,H200", as it stands. Between the ends of a range, counts of chips are whole, equal ones
 * left out, and other values are rounded to 3 digits, or to as many as part them. Errors: UNKNOWN (the
 * parameter, the spacing), SYNTAX, UNIT, RANGE, CONFLICT (a parameter twice), LIMIT (more than 10,000 points in
 * all, a third parameter). */
TRAINCOST_API traincost_status traincost_sweep_vary(traincost_sweep *sweep, const char *key, const char *values,
                                                    const char *steps, const char *spacing,
                                                    traincost_error *error) TRAINCOST_CHECKED;

/* Estimates the run at every point from the same seed, so that the curves are smooth. The option "sensitivity"
 * does not count. Errors: MISSING (nothing varies), CONFLICT (nothing depends on a parameter: other statements
 * stand in its place, or a stage states its own), those of traincost_scenario_set and traincost_estimate with
 * the point. After an error it has no results. */
TRAINCOST_API traincost_status traincost_sweep_run(traincost_sweep *sweep, const traincost_scenario *run,
                                                   const traincost_options *options,
                                                   traincost_error *error) TRAINCOST_CHECKED;

/* What varies, from 0; NULL past the end. How many values it has, and each as text and as number, NaN where it
 * is none, a range, or of another currency or a server. */
TRAINCOST_API const traincost_parameter *traincost_sweep_parameter(const traincost_sweep *sweep, size_t axis);
TRAINCOST_API size_t traincost_sweep_size(const traincost_sweep *sweep, size_t axis);
TRAINCOST_API const char *traincost_sweep_text(const traincost_sweep *sweep, size_t axis, size_t index);
TRAINCOST_API double traincost_sweep_value(const traincost_sweep *sweep, size_t axis, size_t index);

/* How many points there are, the last parameter varying fastest, and which value of a parameter one has. */
TRAINCOST_API size_t traincost_sweep_points(const traincost_sweep *sweep);
TRAINCOST_API size_t traincost_sweep_index(const traincost_sweep *sweep, size_t point, size_t axis);
/* An output at a point; NULL where it has none. The level of a quantile, NaN past the end. The samples and the
 * seed of every point, NaN before it was run. */
TRAINCOST_API const traincost_output *traincost_sweep_output(const traincost_sweep *sweep, size_t point,
                                                             const char *output);
/* In which dollars a point is, as of a result; NULL past the end, before it was run, or where they are of the day. */
TRAINCOST_API const traincost_dollars *traincost_sweep_dollars(const traincost_sweep *sweep, size_t point);
/* Of the run, or "". Valid until the sweep is run again or freed. */
TRAINCOST_API const char *traincost_sweep_name(const traincost_sweep *sweep);
/* YYYY-MM-DD: the date of the prices of all points; NULL where it varies, or before it was run. */
TRAINCOST_API const char *traincost_sweep_date(const traincost_sweep *sweep);
TRAINCOST_API double traincost_sweep_level(const traincost_sweep *sweep, size_t index);
TRAINCOST_API double traincost_sweep_samples(const traincost_sweep *sweep);
TRAINCOST_API double traincost_sweep_seed(const traincost_sweep *sweep);

/* Every output that an estimate can have, in order; NULL past the end. */
TRAINCOST_API const char *traincost_output_key(size_t index);

/* ---- Inverse questions: how much a budget buys, how many chips a deadline takes, rent or own ---- */

/* What a solution is to keep to. */
typedef struct traincost_goal traincost_goal;

/* One part of a goal. The table is static. Made by the library; new fields go at the end. */
typedef struct traincost_goal_key {
    const char *key;     /* "budget" */
    const char *values;  /* how its value is written: "USD", "rental|ownership|..." */
    const char *initial; /* what holds where it is not set, or "" */
    const char *help;    /* one line */
} traincost_goal_key;

/* NULL past the end. */
TRAINCOST_API const traincost_goal_key *traincost_goal_key_at(size_t index);

/* NULL when out of memory. */
TRAINCOST_API traincost_goal *traincost_goal_new(void);
TRAINCOST_API void traincost_goal_free(traincost_goal *goal);

/* Sets the part of that key: "budget" (one exact number over 0, USD), "deadline" (one exact time), "confidence"
 * (0.1% to 99.9%), "scope" (as a claim counts: "rental", "ownership", "acquisition", "energy", "with_base",
 * "development"), and of break-even "years" and "min-hold" (one exact number, the latter in months), "rent-drift" and
 * "resale" (a share, which may be a range). Errors: UNKNOWN, SYNTAX, UNIT, RANGE, NO_MEMORY; after one the goal is as it was. */
TRAINCOST_API traincost_status traincost_goal_set(traincost_goal *goal, const char *key, const char *value,
                                                  traincost_error *error) TRAINCOST_CHECKED;

/* The output that the goal is about, by key: "rental_usd" by default, "hours" where there is a deadline. */
TRAINCOST_API const char *traincost_goal_output(const traincost_goal *goal);

/* How likely an estimate keeps to a goal. Made by the library; new fields go at the end. */
typedef struct traincost_within {
    const char *output; /* the key of the output that is to stay within it */
    double goal;        /* the budget in USD, or the deadline in hours */
    double probability; /* that the output is at most that */
    double confidence;  /* the probability that was asked for; NaN where none was set */
    int kept;           /* 1: the probability is at least the confidence, or none was set */
} traincost_within;

/* Judges an estimate that has the goal's output by its budget or deadline; the answer stays in the result.
 * Errors: MISSING (neither is set, the output is not among those of the result). */
TRAINCOST_API traincost_status traincost_result_judge(traincost_result *result, const traincost_goal *goal,
                                                      traincost_error *error) TRAINCOST_CHECKED;
/* NULL where no goal was judged. Valid as long as the result. */
TRAINCOST_API const traincost_within *traincost_result_within(const traincost_result *result);

typedef struct traincost_solution traincost_solution;

/* Finds what the run does not state. `what` is "hours", "chips", "tokens", "params", "flop" or "rental-price":
 * the largest with which the scope stays within the budget, or the hours within the deadline, with the
 * probability `confidence`; of "chips" with a deadline the smallest. Chips, tokens and params are whole. It is
 * found on common random numbers, so that traincost_estimate of the answer, with the same options, gives a
 * quantile within the budget at that confidence. Or `what` is "break-even", rent or own: the struct below.
 *
 * The run holds everything but what is solved for. Where the option "tolerance" is set, the samples that it
 * takes are found once. Errors: UNKNOWN (what), MISSING (a budget; what it needs to matter), CONFLICT (it is
 * stated already, or does not move the scope), RANGE (an impossible goal, with the least that it can be), those
 * of traincost_estimate, NO_MEMORY. `*solution` is NULL after an error; the caller frees it, before the
 * catalogue. */
TRAINCOST_API traincost_status traincost_solve(const traincost_scenario *scenario, const char *what,
                                               const traincost_goal *goal, const traincost_options *options,
                                               traincost_solution **solution,
                                               traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_solution_free(traincost_solution *solution);

/* What follows is valid as long as the solution. What was solved for: "hours", "break-even". */
TRAINCOST_API const char *traincost_solution_what(const traincost_solution *solution);
/* The answer in the parameter's unit; NaN of break-even. */
TRAINCOST_API double traincost_solution_answer(const traincost_solution *solution);
/* Its Monte Carlo standard error, in the same unit: that of the quantile that keeps to the goal, over how fast that
 * moves with the answer. 0 where the quantile is exact, and of break-even. */
TRAINCOST_API double traincost_solution_answer_se(const traincost_solution *solution);
/* The answer to the digits that its error leaves, two to six, so that it still keeps to the goal, as text that may be
 * stated: "482.931", "14.8T"; "" of break-even. */
TRAINCOST_API const char *traincost_solution_text(const traincost_solution *solution);
/* The output that was to stay within the goal: "rental_usd", or "hours" for a deadline; NULL of break-even. */
TRAINCOST_API const char *traincost_solution_output(const traincost_solution *solution);
/* The budget or the deadline, the confidence, and the output's quantile there at the answer; NaN of break-even.
 */
TRAINCOST_API double traincost_solution_goal(const traincost_solution *solution);
TRAINCOST_API double traincost_solution_confidence(const traincost_solution *solution);
TRAINCOST_API double traincost_solution_reached(const traincost_solution *solution);
/* The estimate at the answer, its quantiles with that of the confidence; of break-even the estimate of the
 * chips in use over all the years. */
TRAINCOST_API const traincost_result *traincost_solution_result(const traincost_solution *solution);

/* A 90 % interval. INFINITY is never. It stands inside others, so it is frozen: these fields and no others. */
typedef struct traincost_range {
    double p5, p50, p95;
} traincost_range;

/* What owning is beside one rent. Made by the library; new fields go at the end. */
typedef struct traincost_rent_even {
    const char *term;              /* "cluster", the market's; "1y", "3y", a contract; NULL: the rent was stated */
    const char *tier;              /* whose offers: "specialised", "hyperscaler"; NULL: all that the term has */
    size_t observations;           /* of that very term and tier, among those that carry the rent */
    traincost_range rental_price;  /* USD a chip-hour */
    traincost_range months;        /* of the use stated, after which owning is cheaper */
    traincost_range months_unsold; /* the same where nothing can be sold: until the purchase is paid back */
    traincost_range use;           /* share of all hours from which owning for these years is cheaper */
    traincost_range use_unsold;    /* the same where nothing can be sold */
    double within_a_year;          /* the probability that that use is at most 1 */
    const double *own_is_cheaper;  /* the probability after each of the months */
} traincost_rent_even;

/* Rent or own, of the run's chips. Bought new with servers and interconnect for A (acquisition_usd over the
 * chips, at the price of the date), a chip is sold after t years, `min_hold` at the earliest, for resale x A x
 * 10^(-depreciation x t) without the interconnect's share: the loss of value of Cottier et al. 2024, arXiv 2405.21015. A
 * year takes u, space and operations, and its electricity, e an hour of use; renting takes the rental price r. Money of
 * later years counts at the capital cost c: a dollar a year for t years is worth a(t) = (1 - (1 + c)^-t) / c, which is
 * 1 / CRF(c, t) of `own`. So at h hours a year owning is cheaper after t years where
 *
 *     A (1 - resale x 10^(-depreciation t) (1 + c)^-t) + u a(t) + e h a(t) < r h a(t);
 *
 * all of it uncertain, sample by sample. At the rent that `own` comes to, with t its economic life and the sale its
 * resale-share, both sides are the same. Where rents fall by the share d a year, a dollar of rent is worth
 * ln(1 + c) / c x (1 - v^t) / -ln v with v = (1 - d) / (1 + c); the first such time counts, and a contract's
 * rent stays for its term and is then renewed at what rents have come to. What takes over 25 years is never.
 *
 * The first figures are against the rent asked for: the market's, or that of the term stated. Beside it stand, unless a
 * rent was stated, the market's and each contract of which offers were seen: of the tier stated, else of specialised
 * clouds, else of hyperscalers. Each is the answer to its term and tier. Made by the library; new fields go at the
 * end. */
typedef struct traincost_break_even {
    double years; /* that the chips are kept */
    traincost_range
        hours_per_year;            /* from which owning for these years is cheaper; over 8766: no use will do */
    traincost_range months;        /* of the use stated, after which owning is cheaper */
    traincost_range months_unsold; /* the same where nothing can be sold: until the purchase is paid back */
    traincost_range own_usd;       /* of all chips: bought, in use over these years, sold, with the interest; for
                                      the rent see the estimate */
    size_t count;
    const double *after;          /* months, rising; those of `years` among them */
    const double *own_is_cheaper; /* the probability after each */
    double within_a_year;         /* the probability that the hours a year are at most 8766 */
    traincost_range use;          /* share of all hours from which owning for these years is cheaper */
    double min_hold;              /* months before which nothing is sold */
    traincost_range rent_drift;   /* the share by which rents fall a year: 0 where none was stated */
    size_t rent_count;            /* at least 1 */
    const traincost_rent_even *rents; /* the one asked for first */
} traincost_break_even;

/* NULL unless break-even was solved for. */
TRAINCOST_API const traincost_break_even *traincost_solution_break_even(const traincost_solution *solution);

/* ---- Answers as JSON ---- */

/* Each gives an answer as one JSON text with a newline at its end: where `line` is not 0 all of it on one line,
 * else a member a line. What an answer lacks is absent. The schemas are installed in share/traincost/schemas.
 * The caller frees `*text` with traincost_text_free; it is NULL after an error. Errors: NO_MEMORY. */
TRAINCOST_API traincost_status traincost_result_json(const traincost_result *result, int line, char **text,
                                                     traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API traincost_status traincost_report_json(const traincost_report *report, int line, char **text,
                                                     traincost_error *error) TRAINCOST_CHECKED;
/* Several checks, {"claims": [...]}. */
TRAINCOST_API traincost_status traincost_reports_json(const traincost_report *const *reports, size_t count,
                                                      int line, char **text,
                                                      traincost_error *error) TRAINCOST_CHECKED;
/* `names` says how each run was named; NULL: by its chip, or by the name that it states. */
TRAINCOST_API traincost_status traincost_comparison_json(const traincost_comparison *comparison,
                                                         const char *const *names, int line, char **text,
                                                         traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API traincost_status traincost_solution_json(const traincost_solution *solution, int line,
                                                       char **text, traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API traincost_status traincost_sweep_json(const traincost_sweep *sweep, int line, char **text,
                                                    traincost_error *error) TRAINCOST_CHECKED;
/* The chips of the catalogue with what they cost to rent in a market (NULL: that of the defaults), or with a name one of
 * them, its prices there on each term, or on that one, and all observations of it. Errors also: UNKNOWN, SYNTAX (the
 * date). */
TRAINCOST_API traincost_status traincost_chips_json_in(const traincost_catalog *catalog, const char *name,
                                                       const traincost_market *market, int line, char **text,
                                                       traincost_error *error) TRAINCOST_CHECKED;
/* The same of the whole world and all tiers, at a date (NULL: the default date) on a term (NULL: "cluster"). */
TRAINCOST_API traincost_status traincost_chips_json(const traincost_catalog *catalog, const char *name,
                                                    const char *date, const char *term, int line, char **text,
                                                    traincost_error *error) TRAINCOST_CHECKED;
/* An error, {"error": {"status": "TRAINCOST_UNKNOWN", "key": "type", "line", "column", "message"}}. */
TRAINCOST_API traincost_status traincost_error_json(const traincost_error *error, int line,
                                                    char **text) TRAINCOST_CHECKED;

/* A question as JSON text, its answer as JSON text on one line, which the caller frees with traincost_text_free:
 *
 *     {"command": "check", "run": "deepseek-r1", "claim": "294k", "options": {"samples": 16384}}
 *
 * "command" is estimate (as where it is absent), check, claims, compare, solve, sweep or chips. "run" is the id of a
 * published run, a file or a cluster; further members are parameters and claims by the names that options have, a
 * text or a number each; "stages" is a list of objects of them. compare has "runs", a list of such runs, or "type",
 * a list of chips, and "by"; solve has "solve", what is looked for, and the parts of a goal; sweep has "vary",
 * {"chips": "256..4096"}, "steps" and "spacing"; chips has "type", "date", "term", "tier" and "region". "options" are those of
 * traincost_options_set. `catalog` may be NULL. After an error the answer is that of traincost_error_json, and NULL
 * where there was no memory for it. Errors: SYNTAX, LIMIT (more than 10,000 members, nested deeper than 16), UNKNOWN
 * (a member), and those of what it asks. */
TRAINCOST_API traincost_status traincost_json(const traincost_catalog *catalog, const char *question, size_t length,
                                              char **answer) TRAINCOST_CHECKED;

/* Frees a text that the library gave. */
TRAINCOST_API void traincost_text_free(char *text);

/* ---- Price lists of others ---- */

/* What became of the rows of a price list. Made by the library; new fields go at the end. */
typedef struct traincost_import {
    size_t rows;         /* in the list */
    size_t written;      /* in the table that was made of it: one for each chip, vendor, term and price */
    size_t repeated;     /* offers at a price that is in the table already, as of other zones */
    size_t without_chip; /* machines without an accelerator */
    size_t parts;        /* of a part of a chip */
    size_t unpriced;     /* without a price, or above 30 USD an hour for a chip, which says that it is not offered */
    size_t no_spot;      /* spot prices that are no less than the machine's own */
    size_t foreign;      /* in a currency without a rate in the catalogue */
    size_t unknown;      /* of chips that the catalogue does not know */
    size_t assumed;      /* offers of chips that were taken to be in USD, as nothing says in what they are */
    const char *unknown_chips; /* those that stand most often, and in how many rows: "Gaudi9 (12), X1 (3)"; "" of none */
} traincost_import;

/* Makes a table with the columns of prices.csv, USD for an hour of one chip, of the price list in the file `path`:
 * `format` is "skypilot", "gpuhunt" or "csv"; columns are known by their names, in any order. `date` is when the list
 * was read; `vendor` whose prices they are (NULL: as a column says); `map` a CSV with the columns name and chip for
 * names that the catalogue (NULL: the built-in one) does not know, or NULL. Machines are priced whole and TPU slices by
 * their number. Prices in another currency, as a column has it, are taken at the rate of the date. `*csv` is for
 * traincost_text_free, `*counts` for traincost_import_free; both are NULL after an error. Errors: UNKNOWN (the format),
 * SYNTAX (the date, a table), MISSING (the vendor), IO, LIMIT, NO_MEMORY. */
TRAINCOST_API traincost_status traincost_prices_import(const traincost_catalog *catalog, const char *format,
                                                       const char *path, const char *date, const char *vendor,
                                                       const char *map, char **csv, traincost_import **counts,
                                                       traincost_error *error) TRAINCOST_CHECKED;
/* The same of a list whose rows, where no column says so, are in `currency`: "EUR"; NULL: USD. Errors beside those:
 * UNKNOWN (a currency without a rate). */
TRAINCOST_API traincost_status traincost_prices_import_in(const traincost_catalog *catalog, const char *format,
                                                          const char *path, const char *date, const char *vendor,
                                                          const char *map, const char *currency, char **csv,
                                                          traincost_import **counts,
                                                          traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_import_free(traincost_import *counts);

/* ---- Many rows ---- */

/* Rows of a CSV, or JSON lines, a run each. It keeps what rows have in common, and no row. One thread at a time calls
 * it; it answers on as many as the options say, with the same bytes on any number. */
typedef struct traincost_batch traincost_batch;

/* Options as `batch` has them: 4,096 samples, the 5, 50 and 95 % quantiles of chip-hours, rent, owning, energy and
 * CO2e. NULL when out of memory; the caller frees it. */
TRAINCOST_API traincost_options *traincost_options_new_for_rows(void);

/* Rows over `catalog`, which must outlive it (NULL: the built-in one), each estimated by `options` (NULL: those above)
 * without sensitivity. `*batch` is NULL after an error; the caller frees it. Errors: NO_MEMORY. */
TRAINCOST_API traincost_status traincost_batch_new(const traincost_catalog *catalog,
                                                   const traincost_options *options, traincost_batch **batch,
                                                   traincost_error *error) TRAINCOST_CHECKED;
TRAINCOST_API void traincost_batch_free(traincost_batch *batch);

/* States a parameter or a claim for every row, before what the row states. Errors: UNKNOWN, and those of
 * traincost_scenario_set and traincost_scenario_claim. */
TRAINCOST_API traincost_status traincost_batch_state(traincost_batch *batch, const char *key, const char *value,
                                                     traincost_error *error) TRAINCOST_CHECKED;

/* The first record of a CSV, which names its columns: parameters, claims and "run"; others are carried through. Without
 * it rows are JSON. `*header` is that of the answers, valid as long as the batch. Errors: UNKNOWN (a name that is
 * nearly a key), CONFLICT (a key twice, a name that the answers add), MISSING (no key at all), SYNTAX, NO_MEMORY. */
TRAINCOST_API traincost_status traincost_batch_columns(traincost_batch *batch, const char *text, size_t length,
                                                       const char **header,
                                                       traincost_error *error) TRAINCOST_CHECKED;

/* A row and its answer, both without the end of the line. Made by the caller, so it is frozen: these fields and no
 * others. */
typedef struct traincost_row {
    const char *text; /* as it came */
    size_t length;
    const char *answer; /* valid until the batch answers again */
    size_t answer_length;
    traincost_status status; /* of the row: what is wrong with it stands in its answer */
} traincost_row;

/* Answers rows, in any number. Errors: NO_MEMORY for an answer itself; what is wrong with a row is no error here. */
TRAINCOST_API traincost_status traincost_batch_answer(traincost_batch *batch, traincost_row *rows, size_t count,
                                                      traincost_error *error) TRAINCOST_CHECKED;

/* Keeps the rows that are answered from now on for a total: all of them as one run, whose market of a chip, shared
 * parameters stated alike and defaults of the same words are one draw, as for stages. */
TRAINCOST_API traincost_status traincost_batch_keep_total(traincost_batch *batch,
                                                          traincost_error *error) TRAINCOST_CHECKED;
/* The total as a row: `*text` of `*length` bytes is valid until the batch is used again. Of rows with more than 2,000
 * ranges of their own (hours, chips) it says that in place of figures. Errors: MISSING (none was kept), NO_MEMORY. */
TRAINCOST_API traincost_status traincost_batch_total(traincost_batch *batch, const char **text, size_t *length,
                                                     traincost_error *error) TRAINCOST_CHECKED;

#ifdef __cplusplus
}
#endif

#endif
