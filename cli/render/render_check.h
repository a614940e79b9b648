/* Checks of claims as text, JSON and CSV. A renderer writes and gives false where memory
 * ran out; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_CHECK_H
#define CLI_RENDER_CHECK_H

#include "output.h"

#include <stdbool.h>
#include <traincost.h>

/* Checks of claims, in order; `ids` are those of the catalogue. */
struct check_view {
    const traincost_report *const *reports;
    const char *const *ids;
    size_t count;
    bool explain;
};

/* One check, whole. */
bool render_check_text(const struct output *output, const struct check_view *view);
/* The claim and its verdict, in a line. */
void render_check_verdict(const struct output *output, const traincost_report *report);
bool render_check_json(const struct output *output, const struct check_view *view);
/* A line a check. */
/* The dollars that all of them are in; NULL where some are those of the day. */
const traincost_dollars *claims_dollars(const struct check_view *view);
bool render_claims_text(const struct output *output, const struct check_view *view);
bool render_claims_json(const struct output *output, const struct check_view *view);
bool render_claims_csv(const struct output *output, const struct check_view *view);

/* What a scope is called in a table: as the output that it is, or "model card". */
const char *scope_label(const traincost_scope *scope);
/* What the claim would be, if it counted that: of a scope that nobody claimed no verdict is passed. "" of a bound,
 * which holds with its chance and needs no second word. */
const char *would_be(const traincost_report *report, const traincost_scope *scope);

#endif
