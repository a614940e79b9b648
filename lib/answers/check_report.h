/* A claim against an estimate. The report is filled part by part; running out of memory is kept in it, so that
 * the parts need not look. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CHECK_REPORT_H
#define LIB_CHECK_REPORT_H

#include "answers/estimate.h"
#include "base/text_date.h"
#include "defaults/mfu.h"

struct report_list {
    void *items;
    size_t count;
};

struct traincost_report {
    const traincost_scenario *run; /* only while it is made */
    traincost_scenario told;       /* the run with its claim in `dollars`, where they are not of the day */
    struct dollars dollars;        /* in which the claim is compared */
    traincost_result *result;      /* NULL: too little is stated */
    traincost_verdict verdict;
    traincost_family family;
    char date[TEXT_DATE];
    double samples, seed; /* that were asked for; of the estimate where there is one */
    const char *fits_best;
    struct report_list texts; /* of char *, freed with the report */
    struct report_list claims, audits, limits, scopes, slips, implied, left_out, unchecked;
    size_t own_audits; /* of the source alone; those after them compare it with other tellings */
    const char *said[CLAIM_TEXTS];
    const char *name, *counts, *energy_counts, *of_dollars;
    bool timeless; /* no hours are stated: the estimate is of a purchase alone */
    bool lent;   /* the result is somebody else's */
    bool failed; /* memory ran out */
};

/* The same as traincost_check, of many claims about one run: beside the estimate that the first report has, which it
 * takes from there and leaves there. The claims are of the same figures. */
traincost_status check_beside(const traincost_scenario *scenario, const traincost_options *options,
                              const traincost_report *first, traincost_report **report, traincost_error *error);

/* A new item at the end of the list, all zero; NULL after `failed`. */
void *report_add(struct traincost_report *report, struct report_list *list, size_t size);
/* The parts up to a NULL together, owned by the report; "" after `failed`. */
const char *report_text(struct traincost_report *report, const char *const *parts);
void report_unchecked(struct traincost_report *report, const char *what, const char *why);

/* What was stated in figures: a number and how far it may be off, as a share. */
struct stated {
    bool given;
    double value, rounding;
};
struct stated stated_parameter(const traincost_scenario *run, size_t stage, enum parameter parameter);
/* chip-hours, or chips x hours. */
struct stated stated_chip_hours(const traincost_scenario *run, size_t stage);
struct stated stated_total(const traincost_scenario *run);

/* How far off what follows from the stated figures may be for their rounding alone, as a share: the chip-hours,
 * and the parameters that the run states as `also`, up to PARAMETERS. */
double stated_rounding(const traincost_scenario *run, const enum parameter *also);

/* What published runs reached on the chip and in the format of the stage with the most compute; false where no
 * stage states its parameters. */
bool usual_mfu(const traincost_scenario *run, struct mfu_estimate *usual);
/* Makes an estimate take the quantiles that follow. */
void report_levels(struct traincost_options *options);
/* An output of the estimate, or NULL; its quantile at a level that the check asked for; and the share of it
 * that lies below a value. */
const traincost_output *report_output(const struct traincost_report *report, const char *key);
double report_quantile(const struct traincost_report *report, const char *key, double level);
double report_quantile_of(const traincost_output *output, double level);
double report_below(const traincost_output *output, double value);

/* The output whose range that of the scope is; NULL where it is none. */
const traincost_output *report_scope_output(const struct traincost_report *report, const traincost_scope *scope);
/* The figure that a scope is about. */
const struct claim_statement *report_statement(const struct traincost_report *report,
                                               const traincost_scope *scope);
/* Whether the figure of that key is rated power x hours, as model cards have it. */
bool report_is_computed(const struct traincost_report *report, const char *claim);
/* Marks such a reading among the scopes. */
extern const char report_computed[];

/* An input of the estimate by the key of its parameter, the first where stages differ; NULL where there is
 * none. */
const traincost_input *report_input(const struct traincost_report *report, const char *key);

/* Finds in which dollars the claim is compared: those asked for, else its own, which it writes there, else of the day;
 * and brings the claim to them. Errors: RANGE, a year without an index. */
traincost_status check_dollars(struct traincost_report *report, char asked[DOLLARS_TEXT], traincost_error *error);
/* Brings the claim of a run to those dollars; false where the index of its own is not known. */
bool claim_bring_to(traincost_scenario *run, const struct dollars *dollars);

void check_audit(struct traincost_report *report);
void check_tellings(struct traincost_report *report);
void check_limits(struct traincost_report *report);
void check_scopes(struct traincost_report *report);
/* Adds the model card's reading of energy or CO2. */
void check_card(struct traincost_report *report, enum claim_figure figure);
/* Judges the figures together, after check_scopes. Errors: NO_MEMORY. */
enum { REPORT_FAMILY = 8 };
traincost_status check_family(struct traincost_report *report, const struct traincost_options *options,
                              traincost_error *error);
/* The chips alone beside the cluster, of the dollars claimed; what a chip then costs. */
void check_purchase(struct traincost_report *report);
void imply_purchase(struct traincost_report *report);
/* An MFU or a throughput, which no output of the estimate has. */
void check_alone(struct traincost_report *report);
void check_implied(struct traincost_report *report);
void check_left_out(struct traincost_report *report);
void check_slips(struct traincost_report *report);

#endif
