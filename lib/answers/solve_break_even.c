/* Rent or own: the use and the time from which chips of one's own are cheaper than the same chips rented. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/solve.h"

#include "base/elementary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double months_a_year = 12;
static const double least_money_cost = 1e-7; /* a cost of nothing has a limit, which this is near to */
static const double usual_months[] = {6, 12, 18, 24, 36, 48};

/* What pays back later than in half a lifetime of data centres never does; statistics want a number for it. */
static const double longest = 25, never = 26;

/* Columns of the answer; after them one for each of the months. */
enum { USE, UNSOLD_USE, YEARS, UNSOLD_YEARS, OWN, WITHIN_A_YEAR, AFTER };

struct even {
    const struct model_stage *stage;
    size_t resale, drift; /* the columns of inputs */
    double years, held;   /* kept; not sold before */
    double fixed;         /* years for which a rent stays as agreed; 0: it moves with the market */
    const double *after;
    size_t count;
};

/* A chip of one sample: bought for `price`, of which `resale` can be got back, and that falls by e^-`decline` a
 * year. */
struct chip_costs {
    double price, resale, decline, electricity;
    double rent, fall; /* an hour at first, and how fast: it falls by e^-`fall` a year */
    double fixed;      /* for so many years as agreed, then renewed at what it has fallen to */
    double upkeep;     /* a year: space and operations */
    double use;        /* h a year */
    double cost, discount; /* of capital, a year: r, and ln(1 + r) by which money to come is worth less */
};

static double output_column(const double *const *inputs, const struct model_stage *stage,
                            enum model_variable variable, size_t i)
{
    return inputs[stage->input[variable]][i];
}

static struct chip_costs costs_of(const struct even *even, const double *const *inputs, size_t i)
{
    const struct model_stage *s = even->stage;
    double power = s->input[MODEL_POWER] != MODEL_ABSENT
                       ? output_column(inputs, s, MODEL_POWER, i)
                       : output_column(inputs, s, MODEL_TDP, i) *
                             output_column(inputs, s, MODEL_SERVER_POWER_RATIO, i) *
                             output_column(inputs, s, MODEL_POWER_FRACTION, i);
    double electricity = power / 1000 * output_column(inputs, s, MODEL_PUE, i) *
                         output_column(inputs, s, MODEL_ELECTRICITY_PRICE, i);
    double network = output_column(inputs, s, MODEL_INTERCONNECT_OVERHEAD, i);
    double price = output_column(inputs, s, MODEL_PURCHASE_PRICE, i) *
                   output_column(inputs, s, MODEL_SERVER_OVERHEAD, i) * network;
    double cost = fmax(least_money_cost, output_column(inputs, s, MODEL_CAPITAL_COST, i));
    double kilowatts =
        output_column(inputs, s, MODEL_TDP, i) * output_column(inputs, s, MODEL_SERVER_POWER_RATIO, i) / 1000;
    return (struct chip_costs){
        .price = price,
        .resale = inputs[even->resale][i] / network, /* nobody buys laid cables */
        .upkeep = kilowatts * output_column(inputs, s, MODEL_COLOCATION, i) * months_a_year +
                  price * output_column(inputs, s, MODEL_OPERATIONS_SHARE, i),
        .decline = output_column(inputs, s, MODEL_DEPRECIATION, i) * MODEL_LN_10,
        .rent = output_column(inputs, s, MODEL_RENTAL_PRICE, i),
        .fall = -elementary_log(1 - inputs[even->drift][i]),
        .fixed = even->fixed,
        .electricity = electricity,
        .use = output_column(inputs, s, MODEL_HOURS, i) / even->years,
        .cost = cost,
        .discount = elementary_log(1 + cost),
    };
}

/* ---- all of it as money of the day of the purchase ---- */

/* What a dollar a year is worth that falls by e^-`fall` a year: of a steady one 1 / CRF(r, t), as in `own`. */
static double worth_of_years(const struct chip_costs *c, double fall, double years)
{
    double rate = fall + c->discount;
    return c->discount / c->cost * (1 - elementary_exp(-rate * years)) / rate;
}

/* What a sale brings. */
static double sale_after(const struct chip_costs *c, double years)
{
    return c->price * c->resale * elementary_exp(-(c->decline + c->discount) * years);
}

/* What a chip has lost after some years, sold, with its upkeep. */
static double loss_after(const struct chip_costs *c, double years)
{
    return c->price - sale_after(c, years) + c->upkeep * worth_of_years(c, 0, years);
}

/* What a dollar of rent an hour a year comes to. A contract's is renewed at what rents have fallen to. */
static double worth_of_rent(const struct chip_costs *c, double years)
{
    if (c->fixed <= 0)
        return worth_of_years(c, c->fall, years);
    double terms = floor(years / c->fixed), rate = (c->fall + c->discount) * c->fixed;
    double left = elementary_exp(-rate * terms);
    return worth_of_years(c, 0, c->fixed) * (1 - left) / (1 - elementary_exp(-rate)) +
           left * worth_of_years(c, 0, years - terms * c->fixed);
}

/* What an hour a year of use has saved of the rent after some years, over the electricity. */
static double saved_after(const struct chip_costs *c, double years)
{
    return c->rent * worth_of_rent(c, years) - c->electricity * worth_of_years(c, 0, years);
}

/* What owning is cheaper by after some years. */
static double gain_after(const struct chip_costs *c, double years)
{
    return saved_after(c, years) * c->use - loss_after(c, years);
}

/* When the gain, less than nothing at `low` and not at `high`, becomes one: by false positions, of which the one
 * that stays counts half. */
static double gain_begins(const struct chip_costs *c, double low, double high)
{
    double at_low = gain_after(c, low), at_high = gain_after(c, high);
    for (int i = 0, side = 0; i < 60 && at_high > 1e-12 * c->price; i++) {
        double t = high - at_high * (high - low) / (at_high - at_low), at = gain_after(c, t);
        if (at < 0) {
            low = t;
            at_low = at;
            at_high *= side < 0 ? 0.5 : 1;
            side = -1;
        } else {
            high = t;
            at_high = at;
            at_low *= side > 0 ? 0.5 : 1;
            side = 1;
        }
    }
    return high;
}

/* Where rents fall, owning may become cheaper and dearer again: the first time that it is cheaper. Never
 * once the rent is less than what owning costs day by day. While a contract's rent stays, a gain once begun only
 * grows. */
static double first_years(const struct chip_costs *c, bool sold)
{
    const double step = c->fixed > 0 ? c->fixed : 0.125;
    struct chip_costs kept = *c;
    kept.resale = sold ? c->resale : 0;
    double daily = c->upkeep + c->electricity * c->use, falls = elementary_exp(-c->fall * step);
    double rent = c->rent * c->use;
    for (double t = 0; t < longest && rent > daily; t += step, rent *= falls)
        if (gain_after(&kept, t + step) >= 0)
            return gain_begins(&kept, t, t + step);
    return INFINITY;
}

/* Until the saving has paid back the purchase and its interest. */
static double unsold_years(const struct chip_costs *c)
{
    if (c->fall >= 1e-12)
        return first_years(c, false);
    double saving = (c->rent - c->electricity) * c->use - c->upkeep, interest = c->cost * c->price;
    return saving > interest ? -elementary_log(1 - interest / saving) / c->discount : INFINITY;
}

/* When the saving has paid for the loss. Where rents stay as they are, what is still owed then, with its interest, is
 * concave in time, so that Newton's steps from its right, where nothing could be sold, never pass the last moment
 * at which both are the same. */
static double years_to_even(const struct chip_costs *c)
{
    double saving = (c->rent - c->electricity) * c->use - c->upkeep;
    double flow = c->discount / c->cost * saving, loss_rate = c->price * c->resale * (c->decline + c->discount);
    if (c->fall >= 1e-12)
        return first_years(c, true);
    if (c->price * (1 - c->resale) <= 0 && loss_rate <= flow)
        return 0;
    double t = unsold_years(c);
    for (int i = 0; i < 100 && !isinf(t); i++) {
        double left = sale_after(c, t), owed = c->price - left - saving * worth_of_years(c, 0, t);
        double step = owed / (left * c->decline + c->price * c->discount - flow);
        if (!(step > 1e-14 * t))
            break;
        t -= step;
    }
    return fmax(t, 0);
}

/* Nobody buys to sell at once: until then only the saving pays. */
static double held_years(const struct chip_costs *c, double least)
{
    double sold = years_to_even(c);
    return sold < least ? fmin(unsold_years(c), least) : sold;
}

static double finite_years(double t)
{
    return t < longest ? t : never;
}

/* A use may be beyond all hours, and of any size: x stands as x / (x + 1), which keeps the order. */
static double squeezed(double x)
{
    return isinf(x) ? 1 : x / (x + 1);
}

static double stretched(double v)
{
    return v >= 1 - 1e-12 ? INFINITY : v / (1 - v);
}

static void put_probability(double *output_column, size_t i, double value)
{
    if (output_column)
        output_column[i] = value;
}

/* The share of all hours from which the savings of these years pay for what they cost. */
static double use_to_even(double loss, double saved)
{
    if (loss <= 0)
        return 0;
    return saved > 0 ? loss / (saved * MODEL_HOURS_A_YEAR) : INFINITY;
}

static void evaluate_owning(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct even *even = model;
    for (size_t i = 0; i < n; i++) {
        struct chip_costs c = costs_of(even, inputs, i);
        double loss = loss_after(&c, even->years), saved = saved_after(&c, even->years);
        double worth = worth_of_years(&c, 0, even->years);
        double use = use_to_even(loss, saved), unsold = c.price + c.upkeep * worth;
        double electricity = c.use * even->years * c.electricity;
        put_probability(outputs[USE], i, squeezed(use));
        put_probability(outputs[UNSOLD_USE], i, squeezed(use_to_even(unsold, saved)));
        put_probability(outputs[YEARS], i, finite_years(held_years(&c, even->held)));
        put_probability(outputs[UNSOLD_YEARS], i, finite_years(unsold_years(&c)));
        put_probability(outputs[OWN], i,
                        output_column(inputs, even->stage, MODEL_CHIPS, i) *
                            (loss * even->years / worth + electricity));
        put_probability(outputs[WITHIN_A_YEAR], i, use <= 1);
        for (size_t k = 0; k < even->count; k++) {
            double years = even->after[k] / months_a_year;
            put_probability(outputs[AFTER + k], i, gain_after(&c, years) > 0);
        }
    }
}

/* ---- the chips ---- */

/* Circumstances and prices; what was done with the chips, and why, is another question. */
static bool counts(enum parameter parameter)
{
    return parameter == PARAMETER_CHIPS || parameter == PARAMETER_TYPE || parameter >= PARAMETER_DATE;
}

static traincost_status check_types(const traincost_scenario *scenario, traincost_error *error)
{
    const struct setting *first = scenario_setting(scenario, 0, PARAMETER_TYPE);
    for (size_t s = 1; s < scenario_stage_count(scenario); s++) {
        const struct setting *other = scenario_setting(scenario, s, PARAMETER_TYPE);
        if (first && other && first->chip != other->chip)
            return error_set(error, TRAINCOST_CONFLICT,
                             "break-even takes chips of one type: the stages have %s and %s", first->chip->name,
                             other->chip->name);
    }
    return TRAINCOST_OK;
}

/* One stage of the run's chips, or of one chip, in use for the years. */
static void state_use(const traincost_scenario *scenario, const struct traincost_goal *goal,
                      struct traincost_scenario *use)
{
    double all = MODEL_HOURS_A_YEAR * goal->years;
    *use = (struct traincost_scenario){.catalog = scenario->catalog, .name = scenario->name};
    claim_init(&use->claim);
    for (int p = 0; p < PARAMETERS; p++)
        for (size_t s = 0; s < scenario_stage_count(scenario) && !use->settings[p].given; s++) {
            const struct setting *setting = scenario_setting(scenario, s, (enum parameter)p);
            if (setting && counts((enum parameter)p))
                use->settings[p] = *setting;
        }
    if (!use->settings[PARAMETER_CHIPS].given)
        use->settings[PARAMETER_CHIPS] = (struct setting){.given = true, .q = quantity_exact(1), .text = "1"};
    struct setting *hours = &use->settings[PARAMETER_HOURS];
    *hours = (struct setting){
        .given = true,
        .q = quantity_scaled(use->settings[PARAMETER_USE].given ? use->settings[PARAMETER_USE].q : goal->use,
                             all)};
    hours->q.least *= all;
    hours->q.most *= all;
    text_print_digits(quantity_quantile(&hours->q, 0.5), 10, hours->text);
}

/* ---- the answer ---- */

static void set_months(traincost_solution *solution, double years)
{
    double kept = years * months_a_year;
    size_t usual = sizeof usual_months / sizeof *usual_months, n = 0;
    for (size_t i = 0; i < usual; i++) {
        if (kept < usual_months[i] && (n == 0 || solution->after[n - 1] < kept))
            solution->after[n++] = kept;
        solution->after[n++] = usual_months[i];
    }
    if (kept > solution->after[n - 1])
        solution->after[n++] = kept;
    solution->even.count = n;
}

static traincost_range use_range(const struct engine_figure *figure, double unit)
{
    const double *q = figure->quantile;
    return (traincost_range){unit * stretched(q[0]), unit * stretched(q[1]), unit * stretched(q[2])};
}

static double months_of(double years)
{
    return years < longest ? years * months_a_year : INFINITY;
}

static traincost_range months_range(const struct engine_figure *figure)
{
    const double *q = figure->quantile;
    return (traincost_range){months_of(q[0]), months_of(q[1]), months_of(q[2])};
}

static traincost_range quantity_range(const quantity *q)
{
    return (traincost_range){quantity_quantile(q, 0.05), quantity_quantile(q, 0.5), quantity_quantile(q, 0.95)};
}

static void set_rent(traincost_solution *solution, size_t at, const struct rent_offer *offer,
                     const quantity *price, const struct engine_figure *figures)
{
    traincost_rent_even *rent = &solution->rents[at];
    *rent = (traincost_rent_even){
        .term = rent_offer_term(offer),
        .tier = rent_offer_tier(offer),
        .observations = offer->observations,
        .rental_price = quantity_range(price),
        .months = months_range(&figures[YEARS]),
        .months_unsold = months_range(&figures[UNSOLD_YEARS]),
        .use = use_range(&figures[USE], 1),
        .use_unsold = use_range(&figures[UNSOLD_USE], 1),
        .within_a_year = figures[WITHIN_A_YEAR].mean,
        .own_is_cheaper = solution->cheaper[at],
    };
    for (size_t k = 0; k < solution->even.count; k++)
        solution->cheaper[at][k] = figures[AFTER + k].mean;
}

/* The first rent is the one that the older figures are against. */
static void set_answer(traincost_solution *solution, const struct engine_figure *figures)
{
    traincost_break_even *even = &solution->even;
    const traincost_rent_even *asked = solution->rents;
    const double *own = figures[OWN].quantile;
    even->hours_per_year = use_range(&figures[USE], MODEL_HOURS_A_YEAR);
    even->use = asked->use;
    even->months = asked->months;
    even->months_unsold = asked->months_unsold;
    even->own_usd = (traincost_range){own[0], own[1], own[2]};
    even->within_a_year = asked->within_a_year;
    even->after = solution->after;
    even->own_is_cheaper = asked->own_is_cheaper;
    even->rents = solution->rents;
}

static traincost_status run_even(traincost_solution *solution, const struct resolved *resolved,
                                 const struct rent_offer *offer, const struct traincost_goal *goal,
                                 const struct traincost_options *options, traincost_error *error)
{
    static const double levels[] = {0.05, 0.5, 0.95};
    size_t count = resolved->input_count, at = solution->even.rent_count;
    struct resolved_input *inputs = calloc(count + 2, sizeof *inputs);
    if (!inputs)
        return error_no_memory(error);
    memcpy(inputs, resolved->inputs, count * sizeof *inputs);
    inputs[count] = (struct resolved_input){.q = goal->resale, .leader = count};
    inputs[count + 1] = (struct resolved_input){.q = goal->rent_drift, .leader = count + 1};
    struct even even = {.stage = resolved->models,
                        .resale = count,
                        .drift = count + 1,
                        .years = goal->years,
                        .held = goal->min_hold / months_a_year,
                        .fixed = rent_offer_years(offer),
                        .after = solution->after,
                        .count = solution->even.count};
    struct engine_job job = {.input_count = count + 2,
                             .evaluate = evaluate_owning,
                             .model = &even,
                             .output_count = AFTER + even.count};
    struct traincost_options own = *options;
    struct engine_answer answer = {0};
    own.engine.level_count = sizeof levels / sizeof *levels;
    memcpy(own.levels, levels, sizeof levels);
    own.engine.sensitivity = false;
    own.engine.samples = solution->result->samples;
    own.engine.tolerance = 0; /* a time near never has none */
    traincost_status status = result_run(inputs, job, &own, &answer, error);
    if (status == TRAINCOST_OK) {
        set_rent(solution, at, offer, &inputs[even.stage->input[MODEL_RENTAL_PRICE]].q, answer.figures);
        if (at == 0)
            set_answer(solution, answer.figures);
        solution->even.rent_count++;
    }
    engine_answer_free(&answer);
    free(inputs);
    return status;
}

/* The same chips on another term. */
static traincost_status run_offer(traincost_solution *solution, const struct traincost_scenario *use,
                                  const struct rent_offer *offer, const struct traincost_goal *goal,
                                  const struct traincost_options *options, traincost_error *error)
{
    struct traincost_scenario *other = malloc(sizeof *other); /* too large for the stack of every thread */
    struct resolved resolved = {0};
    if (!other)
        return error_no_memory(error);
    *other = *use;
    other->settings[PARAMETER_TERM] = (struct setting){.given = true, .word = (int)offer->term};
    if (offer->tier != TIER_ALL)
        other->settings[PARAMETER_TIER] = (struct setting){.given = true, .word = (int)offer->tier};
    traincost_status status = scenario_resolve(other, options->lenient, options->dollars, &resolved, error);
    if (status == TRAINCOST_OK)
        status = run_even(solution, &resolved, offer, goal, options, error);
    resolved_free(&resolved);
    free(other);
    return status;
}

static traincost_status use_solve(const struct traincost_scenario *use, const struct traincost_goal *goal,
                                  const struct traincost_options *options, traincost_solution *solution,
                                  traincost_error *error)
{
    struct rent_offer offers[BREAK_EVEN_RENTS];
    solution->answer = solution->goal = solution->confidence = solution->reached = NAN;
    solution->evened = true;
    solution->even.years = goal->years;
    solution->even.min_hold = goal->min_hold;
    solution->even.rent_drift = quantity_range(&goal->rent_drift);
    set_months(solution, goal->years);
    traincost_status status = traincost_estimate(use, options, &solution->result, error);
    if (status)
        return status;
    size_t count = rent_offers_find(use, offers);
    status = run_even(solution, &solution->result->resolved, &offers[0], goal, options, error);
    for (size_t i = 1; i < count && status == TRAINCOST_OK; i++)
        status = run_offer(solution, use, &offers[i], goal, options, error);
    return status;
}

traincost_status break_even_solve(const traincost_scenario *scenario, const struct traincost_goal *goal,
                                  const struct traincost_options *options, traincost_solution *solution,
                                  traincost_error *error)
{
    traincost_status status = check_types(scenario, error);
    if (status)
        return status;
    struct traincost_scenario *use = malloc(sizeof *use);
    if (!use)
        return error_no_memory(error);
    state_use(scenario, goal, use);
    status = use_solve(use, goal, options, solution, error);
    free(use);
    return status;
}
