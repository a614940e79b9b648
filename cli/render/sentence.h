/* Sentences about claims: pieces of text put together. What does not fit is cut. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SENTENCE_H
#define CLI_SENTENCE_H

#include "output.h"
#include "render/words.h"

#include <stdbool.h>
#include <traincost.h>

enum { SENTENCE = 4096 };

struct sentence {
    char text[SENTENCE];
    size_t length;
};

void say(struct sentence *s, const char *text);
/* To four digits as its unit is shown; a share as a percentage, a year as its month. */
void say_figure(struct sentence *s, double value, const char *unit);
/* Money and hours to the last digit, so that a reader can add them up. */
void say_in_full(struct sentence *s, double value, const char *unit);
/* "$234k to $678k", or the one value where the ends are the same. */
void say_range(struct sentence *s, double p5, double p95, const char *unit);
void say_percent(struct sentence *s, double share);
/* "$294k", "about $5M", "over $100M". */
void say_claim(struct sentence *s, const traincost_claim *claim);

/* The figure of that key that was claimed; NULL where it was not. */
const traincost_claim *claim_of(const traincost_report *report, const char *key);
bool is_bound(const traincost_claim *claim);
bool is_range(const traincost_claim *claim);

/* Whether its figure is read as that scope: as what it counts, or as a model card's. */
bool scope_is_read(const traincost_report *report, const traincost_scope *scope);
/* Whether nobody says what the figure counts, so that it is read as what fits best. */
bool scope_is_best(const traincost_report *report, const traincost_scope *scope);
/* The scope that the verdict is of; NULL where nothing is counted. */
const traincost_scope *deciding_scope(const traincost_report *report);

/* What an energy that is just rated power x hours is called; NULL for any other. */
const char *told_rated(const traincost_implied *item);

/* " in the dollars": of the key of a figure. */
const char *figure_words(const char *figure);

/* The verdict and why, what it leaves out, and what disagrees; and printed. */
void say_check(struct sentence *s, const traincost_report *report);
void render_check_sentence(const struct output *output, const traincost_report *report);

#endif
