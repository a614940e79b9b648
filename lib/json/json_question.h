/* A question as JSON: its members, as statements about a run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_JSON_JSON_QUESTION_H
#define LIB_JSON_JSON_QUESTION_H

#include "json/json_reader.h"
#include "json/json_writer.h"

/* The run that the member "run" names, where it stands. */
traincost_status json_take_run(const struct json_tree *tree, const struct json_node *object, traincost_scenario *run,
                               traincost_error *error);

/* States what the object says of a run: "run", then parameters, stages and claims, in their order. Members that are
 * in `others`, up to a NULL, are left to the caller; where `carries`, so are names that are near no key. Errors:
 * UNKNOWN (a member), SYNTAX (a value of the wrong kind), those of the statements. */
traincost_status json_state_run(const struct json_tree *tree, const struct json_node *object,
                                const char *const *others, bool carries, traincost_scenario *run,
                                traincost_error *error);

/* The members of an error, as "error". */
void json_put_error(struct json_writer *json, const traincost_error *error);

/* Writes the answer to the question that the object is into an object that is open; it takes so many samples where the
 * object states none, or the usual ones where `samples` is 0. After an error it is to be written anew. */
traincost_status json_answer_question(const traincost_catalog *catalog, const struct json_tree *tree,
                                      const struct json_node *object, double samples, struct json_writer *json,
                                      traincost_error *error);

#endif
