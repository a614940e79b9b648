/* Threads with little stack: what each answer takes of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "traincost.h"

#include "unit/count.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define OTHER_FRAMES
#endif
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || !defined __OPTIMIZE__ || !defined __GLIBC__
#define OTHER_FRAMES
#endif

/* A quarter of a megabyte is there, painted, so that what was used shows. Without optimisation, and under sanitizers,
 * frames are what they are. */
enum { STACK = 1 << 18, MOST_STACK = 1 << 16, PAINT = 0xA5 };

static const char *const questions[] = {
    "{\"type\": \"H800\", \"chips\": 512, \"hours\": \"~198\", \"options\": {\"samples\": 4096, \"threads\": 1}}",
    "{\"run\": \"deepseek-r1\", \"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"run\": \"llama-3-1-405b\", \"options\": {\"samples\": 4096, \"threads\": 4, \"sampler\": \"mc\"}}",
    "{\"run\": \"deepseek-r1\", \"options\": {\"tolerance\": \"0.01\", \"threads\": 4}}",
    "{\"command\": \"check\", \"run\": \"deepseek-r1\", \"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"command\": \"check\", \"run\": \"openai-gpt-4\", \"options\": {\"samples\": 4096, \"threads\": 1}}",
    "{\"command\": \"compare\", \"runs\": [{\"run\": \"deepseek-r1\"}, {\"run\": \"openai-gpt-4\"}], "
    "\"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"command\": \"compare\", \"type\": [\"H100\", \"A100-80GB\"], \"params\": \"7B\", \"tokens\": \"1T\", "
    "\"chips\": 64, \"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"command\": \"sweep\", \"type\": \"H100\", \"params\": \"70B\", \"tokens\": \"15T\", "
    "\"vary\": {\"chips\": \"256..4096\"}, \"steps\": 3, \"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"command\": \"solve\", \"solve\": \"hours\", \"type\": \"H100\", \"chips\": 64, \"budget\": \"1M\", "
    "\"confidence\": \"90%\", \"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"command\": \"solve\", \"solve\": \"break-even\", \"type\": \"H100\", \"chips\": 64, "
    "\"options\": {\"samples\": 4096, \"threads\": 4}}",
    "{\"command\": \"chips\", \"type\": \"H100\"}",
    "{\"command\": \"claims\", \"run\": \"deepseek-v3\", \"options\": {\"samples\": 4096}}",
};

#ifdef OTHER_FRAMES
enum { JUDGED = 0 };
#else
enum { JUDGED = COUNT(questions) + 1 };
#endif

static void *answer_json(void *question)
{
    char *answer = NULL;
    traincost_status status = traincost_json(NULL, question, strlen(question), &answer);
    void *failed = status == TRAINCOST_OK ? NULL : question;
    traincost_text_free(answer);
    return failed;
}

static void *answer_two_rows(void *text)
{
    static const char columns[] = "type,chips,hours,claim";
    traincost_row rows[] = {{.text = "H100,8,10", .length = 9}, {.text = "H800,512,~198,294k", .length = 18}};
    const char *header, *total;
    size_t length;
    traincost_batch *batch = NULL;
    traincost_status status = traincost_batch_new(NULL, NULL, &batch, NULL);
    if (status == TRAINCOST_OK)
        status = traincost_batch_columns(batch, columns, strlen(columns), &header, NULL);
    if (status == TRAINCOST_OK)
        status = traincost_batch_keep_total(batch, NULL);
    if (status == TRAINCOST_OK)
        status = traincost_batch_answer(batch, rows, COUNT(rows), NULL);
    if (status == TRAINCOST_OK)
        status = traincost_batch_total(batch, &total, &length, NULL);
    traincost_batch_free(batch);
    return status == TRAINCOST_OK ? NULL : text;
}

/* Bytes of stack that the answer took, with what the system's thread has on it. */
static size_t stack_taken(void *(*answer)(void *), const char *question)
{
    unsigned char *stack = aligned_alloc(4096, STACK);
    pthread_attr_t attributes;
    pthread_t thread;
    void *failed = NULL;
    size_t untouched = 0;
    memset(stack, PAINT, STACK);
    ck_assert_int_eq(pthread_attr_init(&attributes), 0);
    /* The library's own threads have no more than that. */
    ck_assert_int_eq(pthread_attr_setstacksize(&attributes, MOST_STACK), 0);
    ck_assert_int_eq(pthread_setattr_default_np(&attributes), 0);
    ck_assert_int_eq(pthread_attr_setstack(&attributes, stack, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, answer, (void *)question), 0);
    ck_assert_int_eq(pthread_join(thread, &failed), 0);
    pthread_attr_destroy(&attributes);
    ck_assert_msg(!failed, "no answer: %s", question);
    while (untouched < STACK && stack[untouched] == PAINT)
        untouched++;
    free(stack);
    return STACK - untouched;
}

START_TEST(each_answer_takes_little_stack)
{
    const char *question = _i < COUNT(questions) ? questions[_i] : "rows";
    size_t depth = stack_taken(_i < COUNT(questions) ? answer_json : answer_two_rows, question);
    ck_assert_msg(depth < MOST_STACK, "%zu bytes of stack: %s", depth, question);
}
END_TEST

Suite *stack_suite(void)
{
    Suite *suite = suite_create("stack");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, each_answer_takes_little_stack, 0, JUDGED);
    suite_add_tcase(suite, all);
    return suite;
}
