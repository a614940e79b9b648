/* What each answer looks like. Each fills a picture that was begun; it is to be ended in any case. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PICTURES_H
#define CLI_PICTURES_H

#include "render/picture.h"
#include "render/render_check.h"
#include "render/render_chips.h"
#include "render/render_compare.h"
#include "render/render_estimate.h"
#include "render/render_sweep.h"

/* The scopes of each figure on one axis, and the claim across it. */
void picture_check(struct picture *picture, const struct check_view *view);
/* Every claim over its estimate as a dot, and those that lie outside by name. */
void picture_claims(struct picture *picture, const struct check_view *view);
/* The dollars on one axis, and what moves them. */
void picture_estimate(struct picture *picture, const struct estimate_view *view);
/* Of one chip: rents seen, and the price through time; of all: what each costs. */
void picture_chips(struct picture *picture, const struct chips_view *view);
/* Each output along the parameter, and the budget across it. */
void picture_sweep(struct picture *picture, const struct sweep_view *view);
/* Ratios of runs, or chips in their order. */
void picture_compare(struct picture *picture, const struct compare_view *view);

/* ---- for the pictures ---- */

/* "$234k to $678k", or the one value. */
const char *picture_range(struct picture *picture, double low, double high, const char *unit);
/* The quantile at a level of the result, or NaN. */
double picture_quantile(const traincost_result *result, const traincost_output *figure, double level);
/* A range in the panel's last row, with its quartiles where there are any. */
void mark_output(struct picture *picture, struct panel *panel, const traincost_result *result,
                 const traincost_output *figure, const char *what, enum hue hue);
/* By which index its dollars are those of another year; nothing where NULL. */
void picture_tell_dollars(struct picture *picture, const traincost_dollars *dollars);
/* The foot of the answer, and where a claim stands. */
void picture_cite(struct picture *picture, const struct output *output);

#endif
