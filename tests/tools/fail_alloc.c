/* Whatever allocation fails, every call says so or does its work, leaks nothing, and the next session is sound.
 * A program of its own, since it takes the place of malloc; it stands on glibc's inner names. `fail-alloc N` tries every
 * Nth, `fail-alloc places` the first of each place that asks for memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "tools/alloc_places.h"

#include <traincost.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define CAN_FAIL 1
#else
#define CAN_FAIL 0
#endif

static atomic_long asked, alive;
static atomic_long fail_from, fail_to; /* which allocations fail, counted from 1; 0: none */

/* The first allocations of each place, while they are noted. */
enum { MOST_FIRSTS = 20000 };
static atomic_bool noting;
static atomic_long firsts;
static long first_of_place[MOST_FIRSTS];

static void note_place(long n)
{
    if (!is_new_place())
        return;
    long at = atomic_fetch_add(&firsts, 1);
    if (at < MOST_FIRSTS)
        first_of_place[at] = n;
}

static bool next_fails_not(void)
{
    long n = atomic_fetch_add(&asked, 1) + 1, from = atomic_load(&fail_from);
    if (atomic_load(&noting))
        note_place(n);
    bool works = from == 0 || n < from || n > atomic_load(&fail_to);
    if (!works)
        errno = ENOMEM; /* as malloc does */
    return works;
}

#if CAN_FAIL
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static void *count_allocations(void *block)
{
    if (block)
        atomic_fetch_add(&alive, 1);
    return block;
}

void *malloc(size_t size)
{
    return next_fails_not() ? count_allocations(__libc_malloc(size)) : NULL;
}

void *calloc(size_t count, size_t size)
{
    return next_fails_not() ? count_allocations(__libc_calloc(count, size)) : NULL;
}

void *realloc(void *block, size_t size)
{
    if (!next_fails_not())
        return NULL;
    void *moved = __libc_realloc(block, size);
    return block ? moved : count_allocations(moved);
}

void free(void *block)
{
    if (block)
        atomic_fetch_sub(&alive, 1);
    __libc_free(block);
}
#endif

/* ---- a session ---- */

static char folder[512], chips_path[600], scenario_path[600];

static const char chips_text[] =
    "id,name,aliases,vendor,kind,family,released,bf16,tdp_w,source,checked,note\n"
    "zz9,Zeta ZZ9,zeta,Zeta,gpu,hopper,2025-03-01,1000,,https://example.org/zz9,2025-04-01,\"two "
    "\"\"words\"\"\"\n";
static const char prices_text[] =
    "chip,kind,usd,low_usd,high_usd,date,term,tier,includes,vendor,source,note\n"
    "zz9,rent,3.5,3,4,2025-04-05,on-demand,specialised,,Zeta,https://example.org/p,\n";
static const char scenario_text[] = "name: a run\n"
                                    "base: deepseek-v3\n"
                                    "date: 2025-05\n"
                                    "pue: pert(1.05, 1.1, 1.4)\n"
                                    "stages:\n"
                                    "  - {name: first, type: H800, chips: 512, hours: 100..200}\n"
                                    "  - {name: second, type: zeta, chip-hours: 5k}\n";

static bool write_overlay(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    return file && fputs(text, file) >= 0 && fclose(file) == 0;
}

static bool write_files(void)
{
    char prices_path[600];
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/traincost-XXXXXX", temporary && *temporary ? temporary : P_tmpdir);
    if (!mkdtemp(folder))
        return false;
    snprintf(chips_path, sizeof chips_path, "%s/chips.csv", folder);
    snprintf(prices_path, sizeof prices_path, "%s/prices.csv", folder);
    snprintf(scenario_path, sizeof scenario_path, "%s/run.yaml", folder);
    return write_overlay(chips_path, chips_text) && write_overlay(prices_path, prices_text) &&
           write_overlay(scenario_path, scenario_text);
}

static void remove_files(void)
{
    char path[600];
    static const char *const names[] = {"chips.csv", "prices.csv", "run.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

struct attempt {
    traincost_error *error;
    traincost_catalog *catalog;
    traincost_scenario *run;
    traincost_options *options;
    traincost_result *result;
    traincost_scenario *told; /* a published run, of which there is another telling */
    traincost_report *report;
    traincost_comparison *comparison, *ranking;
    traincost_sweep *sweep;
    traincost_goal *goal, *keep;
    traincost_solution *solution, *even;
    traincost_quantity *quantity;
    traincost_price *rent, *hardware;
    const char *threads;
    double median;
};

static traincost_status look_around(struct attempt *s)
{
    const traincost_chip *chip = NULL;
    traincost_status status = traincost_catalog_find(s->catalog, "zz9", &chip, NULL, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_catalog_rental_price(s->catalog, chip, "2025-04", "any", &s->rent, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_catalog_hardware_price(s->catalog, chip, &s->hardware, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_quantity_parse("hours", "2 wk +- 10%", &s->quantity, s->error);
    return status;
}

static traincost_status state_run(struct attempt *s)
{
    size_t stage = 0;
    s->run = traincost_scenario_new(s->catalog, s->error);
    s->options = traincost_options_new();
    if (!s->run || !s->options)
        return TRAINCOST_NO_MEMORY;
    traincost_status status = traincost_scenario_read(s->run, scenario_path, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_scenario_add_stage(s->run, "third", &stage, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_scenario_set(s->run, stage, "cluster", "64xA100", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_scenario_set(s->run, stage, "hours", "10", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_scenario_set(s->run, TRAINCOST_RUN, "name", "renamed", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "samples", "2048", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "correlate", "server-overhead,interconnect-overhead=0.5", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "threads", s->threads, s->error);
    return status;
}

static traincost_status try_estimate(struct attempt *s)
{
    traincost_status status = look_around(s);
    if (status == TRAINCOST_OK)
        status = state_run(s);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "sensitivity", "1", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_estimate(s->run, s->options, &s->result, s->error);
    if (status == TRAINCOST_OK)
        s->median = traincost_result_find(s->result, "ownership_usd")->quantile[2];
    return status;
}

/* A run that finds no memory has no report, and the others have theirs. */
static traincost_status try_many_checks(struct attempt *s)
{
    enum { RUNS = 3 };
    const traincost_scenario *const runs[RUNS] = {s->told, s->told, s->told};
    traincost_report *reports[RUNS];
    traincost_status statuses[RUNS];
    traincost_status status = traincost_check_many(runs, RUNS, s->options, reports, statuses, s->error);
    for (size_t i = 0; status == TRAINCOST_OK && i < RUNS; i++) {
        bool told = statuses[i] == (reports[i] ? TRAINCOST_OK : TRAINCOST_NO_MEMORY);
        traincost_report_free(reports[i]);
        if (!told)
            return traincost_scenario_set(s->told, TRAINCOST_RUN, "a report without its status", "", s->error);
    }
    return status;
}

static traincost_status try_check(struct attempt *s)
{
    s->told = traincost_scenario_new(s->catalog, s->error);
    if (!s->told)
        return TRAINCOST_NO_MEMORY;
    const traincost_scenario *const runs[] = {s->run, s->told};
    traincost_status status = traincost_scenario_find(s->told, "falcon-180b", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_scenario_claim(s->told, "usd", "20M", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_check(s->told, s->options, &s->report, s->error);
    if (status == TRAINCOST_OK)
        status = try_many_checks(s);
    if (status == TRAINCOST_OK)
        status = traincost_compare(runs, 2, s->options, &s->comparison, s->error);
    if (status == TRAINCOST_OK)
        s->median = traincost_result_find(traincost_comparison_result(s->comparison, 0), "ownership_usd")->quantile[2];
    return status;
}

static traincost_status try_sweep(struct attempt *s)
{
    traincost_status status = traincost_scenario_set(s->told, TRAINCOST_RUN, "date", "2025", s->error);
    if (!(s->sweep = traincost_sweep_new()))
        return TRAINCOST_NO_MEMORY;
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "outputs", "rental_usd", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_sweep_vary(s->sweep, "price", "1..2", "2", NULL, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_sweep_run(s->sweep, s->told, s->options, s->error);
    return status;
}

static traincost_status try_ranking(struct attempt *s)
{
    traincost_scenario *plain = traincost_scenario_new(s->catalog, s->error);
    if (!plain)
        return TRAINCOST_NO_MEMORY;
    traincost_status status = traincost_scenario_set(plain, TRAINCOST_RUN, "flop", "1e24", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_compare_types(plain, "H100,zeta", NULL, s->options, &s->ranking, s->error);
    traincost_scenario_free(plain);
    return status;
}

static traincost_status try_solving(struct attempt *s)
{
    s->run = traincost_scenario_new(NULL, s->error);
    s->options = traincost_options_new();
    s->goal = traincost_goal_new();
    s->keep = traincost_goal_new();
    if (!s->run || !s->options || !s->goal || !s->keep)
        return TRAINCOST_NO_MEMORY;
    traincost_status status = traincost_scenario_set(s->run, TRAINCOST_RUN, "cluster", "64xH100", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "samples", "2048", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(s->options, "threads", s->threads, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_goal_set(s->goal, "budget", "1M", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_solve(s->run, "hours", s->goal, s->options, &s->solution, s->error);
    if (status == TRAINCOST_OK)
        s->median = traincost_solution_answer(s->solution);
    if (status == TRAINCOST_OK)
        status = traincost_goal_set(s->keep, "rent-drift", "0..20%", s->error);
    if (status == TRAINCOST_OK)
        status = traincost_solve(s->run, "break-even", s->keep, s->options, &s->even, s->error);
    return status;
}

/* What comes later in a session is tried with all before it again: so there are scenes, each a session of its own. */
static enum scene { ESTIMATING, CHECKING, SOLVING } scene;

static traincost_status try_all(struct attempt *s)
{
    if (!(s->error = traincost_error_new()))
        return TRAINCOST_NO_MEMORY;
    if (scene == SOLVING)
        return try_solving(s);
    traincost_status status = traincost_catalog_new(&s->catalog, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_catalog_load(s->catalog, folder, s->error);
    if (status == TRAINCOST_OK)
        status = traincost_catalog_load(s->catalog, chips_path, s->error);
    if (status == TRAINCOST_OK && scene == ESTIMATING)
        return try_estimate(s);
    if (status == TRAINCOST_OK)
        status = state_run(s);
    if (status == TRAINCOST_OK)
        status = try_check(s);
    if (status == TRAINCOST_OK)
        status = try_sweep(s);
    if (status == TRAINCOST_OK)
        status = try_ranking(s);
    return status;
}

static void end(struct attempt *s)
{
    traincost_report_free(s->report);
    traincost_comparison_free(s->comparison);
    traincost_solution_free(s->solution);
    traincost_solution_free(s->even);
    traincost_goal_free(s->goal);
    traincost_goal_free(s->keep);
    traincost_comparison_free(s->ranking);
    traincost_sweep_free(s->sweep);
    traincost_scenario_free(s->told);
    traincost_result_free(s->result);
    traincost_options_free(s->options);
    traincost_scenario_free(s->run);
    traincost_quantity_free(s->quantity);
    traincost_price_free(s->rent);
    traincost_price_free(s->hardware);
    traincost_catalog_free(s->catalog);
    traincost_error_free(s->error);
}

/* ---- the trials ---- */

static int faults;
enum { BY_PLACE = 0 }; /* in the place of a stride */
static long stride = 1;

static void faulty(const char *what, long n, const char *why)
{
    faults++;
    fprintf(stderr, "fail-alloc: %s: allocation %ld: %s\n", what, n, why);
}

/* Runs one session in which allocations from..to fail; true where none of them came to pass. */
static bool try_session(const char *what, long from, long to, const char *threads, double expected)
{
    struct attempt s = {.threads = threads};
    long before = atomic_load(&alive);
    atomic_store(&asked, 0);
    atomic_store(&fail_to, to);
    atomic_store(&fail_from, from);
    traincost_status status = try_all(&s);
    long made = atomic_load(&asked);
    atomic_store(&fail_from, 0);
    if (status != TRAINCOST_OK && status != TRAINCOST_NO_MEMORY)
        faulty(what, from, s.error ? traincost_error_message(s.error) : traincost_status_name(status));
    bool begun = scene == SOLVING ? s.goal && s.keep : s.sweep || !s.comparison;
    if (status == TRAINCOST_NO_MEMORY && s.error && s.run && s.options && begun &&
        traincost_error_status(s.error) != TRAINCOST_NO_MEMORY)
        faulty(what, from, "the error record does not say so");
    if (status == TRAINCOST_OK && expected > 0 && s.median != expected)
        faulty(what, from, "the answer is another");
    end(&s);
    if (atomic_load(&alive) != before && threads[0] == '1')
        faulty(what, from, "memory is lost");
    return made < from;
}

static double sound_answer(void)
{
    struct attempt s = {.threads = "1"};
    traincost_status status = try_all(&s);
    if (status)
        faulty("nothing fails", 0, s.error ? traincost_error_message(s.error) : "no error record");
    double median = s.median;
    end(&s);
    return median;
}

static void begin_noting(void)
{
    begin_places();
    atomic_store(&firsts, 0);
    atomic_store(&asked, 0);
    atomic_store(&noting, true);
}

/* Returns how many places there are. */
static long end_noting(void)
{
    atomic_store(&noting, false);
    long count = atomic_load(&firsts);
    return count < MOST_FIRSTS ? count : MOST_FIRSTS;
}

/* The number of the allocation that fails in trial i, from 0; 0 where there is none. */
static long number_of_trial(long i, long step, long places)
{
    if (stride == BY_PLACE)
        return i < places ? first_of_place[i] : 0;
    long n = 1 + i * step * stride;
    return n < MOST_FIRSTS ? n : 0;
}

static void run_trials(const char *what, const char *threads, long length, long step, double expected)
{
    begin_noting();
    double sound = sound_answer();
    long places = end_noting(), n = 0, i = 0;
    while (faults < 20 && (n = number_of_trial(i, step, places)) > 0 &&
           !try_session(what, n, length ? n + length - 1 : 1L << 40, threads, expected))
        i++;
    if (places < 30)
        faulty(what, n, "too few places ask for memory");
    if (sound != expected || sound_answer() != expected)
        faulty(what, n, "the session that follows has another answer");
    printf("%s: %ld trials\n", what, i);
}

/* ---- rows, and questions as JSON ---- */

enum { ROWS = 4, ANSWER = 600 };
/* The last finds in the caches what the first left there. */
static const char *const row_texts[ROWS] = {"64,H100,10,294k,\"a, b\"", "8..16,H800,~20,,x", "5,zz,1,,", "128,H100,30,,"};

static traincost_status answer_rows(traincost_batch *batch, char answers[ROWS][ANSWER], traincost_status *of_rows)
{
    traincost_row rows[ROWS];
    for (int i = 0; i < ROWS; i++)
        rows[i] = (traincost_row){.text = row_texts[i], .length = strlen(row_texts[i])};
    traincost_status status = traincost_batch_answer(batch, rows, ROWS, NULL);
    for (int i = 0; i < ROWS; i++) {
        of_rows[i] = rows[i].status;
        snprintf(answers[i], ANSWER, "%s", rows[i].answer ? rows[i].answer : "");
    }
    return status;
}

static traincost_batch *begin_rows(void)
{
    static const char header[] = "chips,type,hours,claim,note";
    traincost_batch *batch = NULL;
    const char *columns = NULL;
    if (traincost_batch_new(NULL, NULL, &batch, NULL) != TRAINCOST_OK)
        return NULL;
    if (traincost_batch_keep_total(batch, NULL) == TRAINCOST_OK &&
        traincost_batch_state(batch, "operator", "hyperscaler", NULL) == TRAINCOST_OK &&
        traincost_batch_columns(batch, header, strlen(header), &columns, NULL) == TRAINCOST_OK)
        return batch;
    traincost_batch_free(batch);
    return NULL;
}

/* A row whose allocation fails says so, the others are as ever, and so is that row later. True where none failed. */
static bool try_rows(long n, char expected[ROWS][ANSWER])
{
    char answers[ROWS][ANSWER];
    traincost_status of_rows[ROWS] = {TRAINCOST_OK};
    long before = atomic_load(&alive);
    atomic_store(&asked, 0);
    atomic_store(&fail_to, n);
    atomic_store(&fail_from, n);
    traincost_batch *batch = begin_rows();
    traincost_status status = batch ? answer_rows(batch, answers, of_rows) : TRAINCOST_NO_MEMORY;
    long made = atomic_load(&asked);
    atomic_store(&fail_from, 0);
    if (status != TRAINCOST_OK && status != TRAINCOST_NO_MEMORY)
        faulty("rows", n, traincost_status_name(status));
    for (int i = 0; i < ROWS && status == TRAINCOST_OK; i++)
        if (strcmp(answers[i], expected[i]) != 0 &&
            (of_rows[i] != TRAINCOST_NO_MEMORY || !strstr(answers[i], "out of memory")))
            faulty("rows", n, answers[i]);
    if (batch && answer_rows(batch, answers, of_rows) != TRAINCOST_OK)
        faulty("rows", n, "they cannot be answered again");
    for (int i = 0; i < ROWS && batch; i++)
        if (strcmp(answers[i], expected[i]) != 0)
            faulty("rows", n, "answered again they are others");
    traincost_batch_free(batch);
    if (atomic_load(&alive) != before)
        faulty("rows", n, "memory is lost");
    return made < n;
}

/* The first is asked always, the others where allocations fail by place; `said` is in the answer. */
static const struct trial_question {
    const char *text, *said;
} questions[] = {
    {"{\"command\": \"check\", \"run\": \"deepseek-r1\", \"claim\": \"294k\", \"options\": {\"samples\": 2048}}",
     "\"verdict\":\"consistent\""},
    {"{\"command\": \"estimate\", \"name\": \"two\", \"date\": \"2025-01\", \"stages\": [{\"name\": \"a\", \"cluster\": \"64xH100\", "
     "\"hours\": \"10..20\"}, {\"type\": \"tpu-v4\", \"chips\": 64, \"flop\": 1e22}], \"options\": {\"samples\": 2048, \"bins\": 4, "
     "\"dollars\": \"2020\"}}",
     "\"name\":\"two\""},
    {"{\"command\": \"compare\", \"runs\": [\"deepseek-r1\", {\"cluster\": \"8xH100\", \"hours\": 5}], \"options\": {\"samples\": 2048}}",
     "deepseek-r1"},
    {"{\"command\": \"compare\", \"type\": \"H100,A100\", \"flop\": 1e22, \"options\": {\"samples\": 2048}}", "a100-sxm-80"},
    {"{\"command\": \"sweep\", \"cluster\": \"8xH100\", \"vary\": {\"hours\": \"1..4\", \"price\": \"1,2\"}, \"steps\": 3, "
     "\"options\": {\"samples\": 2048, \"outputs\": \"rent\"}}",
     "rental_usd"},
    {"{\"command\": \"solve\", \"solve\": \"hours\", \"cluster\": \"8xH100\", \"budget\": 1000, \"options\": {\"samples\": 2048}}",
     "\"answer\""},
    {"{\"command\": \"chips\", \"type\": \"H100\", \"date\": \"2025-01\"}", "h100"},
    {"{\"command\": \"estimate\", \"cluster\": \"8xH1000\", \"hours\": 5}", "did you mean"},
    {"{\"command\": \"estimate\", \"cluster\": [8, \"H100\"]}", "error"},
};

static bool try_question(const struct trial_question *question, traincost_status sound, long n)
{
    char *answer = NULL;
    long before = atomic_load(&alive);
    atomic_store(&asked, 0);
    atomic_store(&fail_to, n);
    atomic_store(&fail_from, n);
    traincost_status status = traincost_json(NULL, question->text, strlen(question->text), &answer);
    long made = atomic_load(&asked);
    atomic_store(&fail_from, 0);
    if (status != sound && status != TRAINCOST_NO_MEMORY)
        faulty("a question", n, answer ? answer : traincost_status_name(status));
    if (status == sound && (!answer || !strstr(answer, question->said)))
        faulty("a question", n, "the answer is another");
    traincost_text_free(answer);
    if (atomic_load(&alive) != before)
        faulty("a question", n, "memory is lost");
    return made < n;
}

static long note_rows(char expected[ROWS][ANSWER])
{
    traincost_status of_rows[ROWS];
    begin_noting();
    traincost_batch *batch = begin_rows();
    if (!batch || answer_rows(batch, expected, of_rows) != TRAINCOST_OK)
        faulty("rows", 0, "they cannot be answered");
    long places = end_noting();
    traincost_batch_free(batch);
    return places;
}

/* Returns how many trials there were. */
static long run_question_trials(const struct trial_question *question)
{
    char *answer = NULL;
    begin_noting();
    traincost_status sound = traincost_json(NULL, question->text, strlen(question->text), &answer);
    long places = end_noting(), i = 0, n;
    if (!answer || !strstr(answer, question->said))
        faulty("a question", 0, answer ? answer : "it is not answered");
    traincost_text_free(answer);
    while (faults < 20 && (n = number_of_trial(i, 1, places)) > 0 && !try_question(question, sound, n))
        i++;
    return i;
}

static void run_row_trials(void)
{
    char expected[ROWS][ANSWER];
    long i = 0, n, places = note_rows(expected);
    while (faults < 20 && (n = number_of_trial(i, 1, places)) > 0 && !try_rows(n, expected))
        i++;
    printf("rows, one fails: %ld trials\n", i);
    size_t asked_here = stride == BY_PLACE ? sizeof questions / sizeof *questions : 1;
    for (size_t q = 0; q < asked_here; q++)
        printf("question %zu, one fails: %ld trials\n", q + 1, run_question_trials(&questions[q]));
}

int main(int argc, char **argv)
{
    bool by_place = argc > 1 && !strcmp(argv[1], "places");
    if (by_place)
        stride = BY_PLACE;
    else if (argc > 1 && (stride = strtol(argv[1], NULL, 10)) < 1) {
        fputs("usage: fail-alloc [N|places]\n", stderr);
        return 2;
    }
    if (!CAN_FAIL) {
        puts("fail-alloc: skipped: this C library or build has its own allocator");
        return 0;
    }
    if (!write_files()) {
        fputs("fail-alloc: the temporary files cannot be written\n", stderr);
        return 1;
    }
    sound_answer(); /* what the C library allocates once is not counted */
    static const char *const names[] = {"estimating", "checking"};
    for (scene = ESTIMATING; scene <= CHECKING; scene++) {
        double expected = sound_answer();
        printf("%s\n", names[scene]);
        run_trials("one fails", "1", 1, 1, expected);
        run_trials("two fail", "1", 2, 5, expected);
        run_trials("all fail from there on", "1", 0, 3, expected);
        run_trials("one fails, three threads", "3", 1, 5, expected);
    }
    scene = SOLVING;
    run_trials("solving, one fails", "1", 1, 31, sound_answer());
    run_trials("solving, all fail from there on", "1", 0, 101, sound_answer());
    run_row_trials();
    remove_files();
    puts(faults ? "fail-alloc: failed" : "fail-alloc: passed");
    return faults != 0;
}
