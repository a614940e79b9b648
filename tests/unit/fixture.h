/* A run to be stated and estimated, made anew for each test; what more a suite needs it adds to set_up. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "unit/count.h"

#include <traincost.h>

extern traincost_error *error;
extern traincost_scenario *run;
extern traincost_options *options;
extern traincost_result *result; /* NULL at first; freed at the end */

void open_run(void);
void close_run(void);

/* States a parameter of the run, sets an option, estimates it anew: all must go well. */
void set(const char *key, const char *value);
void set_option(const char *key, const char *value);
void estimate(void);

#endif
