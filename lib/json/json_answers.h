/* The members of each answer, into an object that is open. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_JSON_JSON_ANSWERS_H
#define LIB_JSON_JSON_ANSWERS_H

#include "json/json_writer.h"

#include <traincost.h>

/* "p2.5" for 0.025. */
enum { JSON_LEVEL = TEXT_NUMBER + 1 };
void json_level_name(double level, char out[JSON_LEVEL]);

/* A figure with its quantiles and their standard errors, at the levels of the result; all outputs by key. */
void json_put_output(struct json_writer *json, const traincost_result *result, const traincost_output *figure,
                     const char *key);
/* The same without the errors, by its key. */
void json_put_quantiles(struct json_writer *json, const traincost_result *result, const traincost_output *figure);
void json_put_outputs(struct json_writer *json, const traincost_result *result);
void json_put_notes(struct json_writer *json, const traincost_result *result);
/* In which dollars an answer is; nothing where NULL. */
void json_put_dollars(struct json_writer *json, const traincost_dollars *dollars);
void json_put_range(struct json_writer *json, double p5, double p50, double p95);

void json_put_estimate(struct json_writer *json, const traincost_result *result);
void json_put_check(struct json_writer *json, const traincost_report *report);
void json_put_comparison(struct json_writer *json, const traincost_comparison *comparison,
                         const char *const *names);
void json_put_solution(struct json_writer *json, const traincost_solution *solution);
void json_put_sweep(struct json_writer *json, const traincost_sweep *sweep);
/* As traincost_chips_json_in. */
traincost_status json_put_chips(struct json_writer *json, const traincost_catalog *catalog, const char *name,
                                const traincost_market *market, traincost_error *error);

/* The writer's text, with a newline, to the caller. Errors: NO_MEMORY, and then it is freed. */
traincost_status json_give(struct json_writer *json, char **text, traincost_error *error);

#endif
