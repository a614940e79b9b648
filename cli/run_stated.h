/* The run that the command line states: a RUN, stages, parameters and a claim; and how to compute it. Each
 * gives an exit_status and complains of what is not right. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RUN_STATED_H
#define CLI_RUN_STATED_H

#include "session.h"

/* What a command does with the one run that was stated, and how to compute it. */
typedef int run_work(struct session *session, const traincost_scenario *run, traincost_options *options,
                     size_t format);
int with_run(struct session *session, const traincost_catalog *catalog, size_t format, run_work *work);

/* The one operand of a command that takes a RUN; NULL where there is none. */
int run_operand(struct session *session, const char **operand);

/* States the operand (NULL: none), then the options, whose statements replace those of its file. */
int run_state(struct session *session, traincost_scenario *run, const char *operand);

/* The same, but for one parameter, which the command reads in a way of its own. */
int run_state_without(struct session *session, traincost_scenario *run, const char *operand, const char *key);

/* The last value that the command line gives to a parameter or to an option of the engine; NULL: none. */
const char *run_stated(const struct session *session, enum option_kind kind, const char *name);

/* Sets what the command line says of the engine and the output. */
int run_options(struct session *session, traincost_options *options);

/* Where a format is drawn, which are the last three of text, json, csv, svg, html and plot, the quantiles that pictures
 * and their pages show are among those asked for. Behind run_options, which sees that these rise. */
int run_drawn_quantiles(struct session *session, traincost_options *options, size_t format);

/* Sets the options, {key, value} up to a NULL, that the command line does not. */
int run_usual(struct session *session, traincost_options *options, const char *const (*usual)[2]);

/* Complains that none of the outputs asked for is given. */
int run_gives_none(struct session *session);

/* True where it sets that option of traincost_options_set. */
bool run_asks_for(const struct session *session, const char *option);

/* The scenario file among the operands; NULL where there is none. */
const char *run_file(const struct session *session);

#endif
