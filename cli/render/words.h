/* What text calls things: outputs, scopes, claims, formats, quantiles. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "display.h"

#include <traincost.h>

/* What an output is called: the word that every option takes. */
const char *output_words(const char *key);

/* "$294k", "about $5M", "over $100M", "433 MWh". */
enum { CLAIM_WORDS = 96 };
void claim_words(const traincost_claim *claim, char out[CLAIM_WORDS]);

/* What scopes are called in prose: "rent with base" for "with_base_usd". */
const char *scope_words(const traincost_scope *scope);

/* "2025-01 prices", "2025-01 prices, in 2023 dollars": what an answer's dollars are. */
enum { PRICES_WORDS = 64 };
const char *prices_words(const traincost_result *result, char out[PRICES_WORDS]);

/* "Dollars are of 2023, by the producer price index ...": by which index, and where it stands; "" where NULL. */
enum { DOLLARS_WORDS = 320 };
const char *dollars_words(const traincost_dollars *dollars, char out[DOLLARS_WORDS]);

/* "bf16": the names of the formats, in the order of traincost_chip's `peak`. */
extern const char *const format_names[TRAINCOST_FORMATS];

/* "5 %", "median": the title of a column. */
void level_title(double level, char out[DISPLAY_FIGURE]);

/* "p2.5" for 0.025. */
enum { LEVEL_NAME = 32 };
void level_name(double level, char out[LEVEL_NAME]);

#endif
