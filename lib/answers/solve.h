/* Inverse questions about a run: what they are to keep to, and the answer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_SOLVE_H
#define LIB_SOLVE_H

#include "answers/estimate.h"

enum goal_part {
    GOAL_BUDGET,
    GOAL_DEADLINE,
    GOAL_CONFIDENCE,
    GOAL_SCOPE,
    GOAL_YEARS,
    GOAL_RESALE,
    GOAL_RENT_DRIFT,
    GOAL_MIN_HOLD,
    GOAL_PARTS
};

struct traincost_goal {
    bool given[GOAL_PARTS];
    double budget, deadline; /* in its currency, h */
    int currency;            /* of the budget */
    double confidence;
    int scope; /* a model_output, in dollars */
    double years, min_hold; /* y, months */
    quantity use, resale, rent_drift; /* shares */
};

/* What holds where no goal is given. */
extern const struct traincost_goal goal_default;

/* The deadline, or the budget: one in dollars is in those of the answer, which are `dollars` times those of the day;
 * another currency is taken at the day's rate. */
double goal_limit(const struct traincost_goal *goal, const traincost_catalog *catalog, int day, double dollars);

/* The output that the scope is. */
enum model_output goal_output(const struct traincost_goal *goal);

/* What can be solved for. The search begins at `usual` and ends at the others; quantities end at 1e30. */
struct unknown {
    enum parameter parameter;
    bool whole;
    double usual, least, most;
};

/* Errors: UNKNOWN, with the nearest that can be. */
traincost_status unknown_find(const char *what, const struct unknown **unknown, traincost_error *error);
/* Errors: CONFLICT (it is stated, or what is stated leaves it nothing to move), MISSING (what it needs). */
traincost_status unknown_check(const traincost_scenario *scenario, enum parameter parameter,
                               traincost_error *error);

enum { BREAK_EVEN_MONTHS = 7, BREAK_EVEN_RENTS = 4 };

/* A rent that owning is compared with. */
struct rent_offer {
    enum price_term term;
    enum price_tier tier;
    bool stated; /* in dollars */
    size_t observations;
};

/* The rent that the run asks for, then the market's and the contracts that there are beside it; how many. */
size_t rent_offers_find(const struct traincost_scenario *run, struct rent_offer offers[BREAK_EVEN_RENTS]);
/* The years for which its rent stays as it was agreed; 0: it moves with the market. */
double rent_offer_years(const struct rent_offer *offer);
/* In the words of the parameters; NULL where the rent was stated, and of all tiers. */
const char *rent_offer_term(const struct rent_offer *offer);
const char *rent_offer_tier(const struct rent_offer *offer);

struct traincost_solution {
    const char *what;
    double answer, answer_se, goal, confidence, reached;
    char text[TEXT_NUMBER + 8];
    const char *output;
    traincost_result *result;
    bool evened;
    traincost_break_even even;
    traincost_rent_even rents[BREAK_EVEN_RENTS];
    double after[BREAK_EVEN_MONTHS], cheaper[BREAK_EVEN_RENTS][BREAK_EVEN_MONTHS];
};

/* Fills the solution with the estimate of the chips' use and what it takes for owning to be cheaper. */
traincost_status break_even_solve(const traincost_scenario *scenario, const struct traincost_goal *goal,
                                  const struct traincost_options *options, traincost_solution *solution,
                                  traincost_error *error);

#endif
