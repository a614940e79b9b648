/* Money in other currencies is taken at the rate of the run's date, and the price of a server by its chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/money.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static const traincost_rate *rate_of(const traincost_catalog *catalog, int currency, int day)
{
    return catalog_find_rate(catalog, "exchange-rate", currency_codes[currency], day);
}

static int money_day(const traincost_scenario *run, size_t stage)
{
    const struct setting *own = stage == TRAINCOST_RUN ? NULL : &run->stages[stage].settings[PARAMETER_DATE];
    const struct setting *date = own && own->given ? own : &run->settings[PARAMETER_DATE];
    return date->given ? date->day : catalog_day(run->catalog);
}

double money_factor(const traincost_scenario *run, int currency)
{
    if (currency == CURRENCY_USD)
        return 1;
    const traincost_rate *rate = rate_of(run->catalog, currency, money_day(run, TRAINCOST_RUN));
    return rate ? 1 / rate->value : 0;
}

double money_server_chips(const traincost_scenario *scenario, size_t stage)
{
    const struct setting *settings = stage == TRAINCOST_RUN ? scenario->settings : scenario->stages[stage].settings;
    const struct setting *chips = &settings[PARAMETER_CHIPS], *type = &settings[PARAMETER_TYPE];
    if (!chips->given && !type->given)
        chips = &scenario->settings[PARAMETER_CHIPS];
    if (!type->given)
        type = &scenario->settings[PARAMETER_TYPE];
    if (chips->given && chips->machine_chips > 0)
        return chips->machine_chips;
    return type->given ? type->chip->chips_per_server : 0;
}

static void settle_setting(const traincost_scenario *run, size_t stage, struct setting *setting)
{
    const quantity *stated = &setting->stated;
    double factor = 1, chips = money_server_chips(run, stage);
    if (stated->currency != CURRENCY_USD) {
        const traincost_rate *rate = rate_of(run->catalog, stated->currency, money_day(run, stage));
        factor = rate ? 1 / rate->value : 1;
    }
    if (stated->per == PER_SERVER && chips > 0)
        factor /= chips;
    setting->q = quantity_scaled(*stated, factor);
    setting->q.currency = CURRENCY_USD;
    setting->q.per = PER_UNSAID;
    setting->q.may_be_yen = false;
}

static void settle_stage(traincost_scenario *run, size_t stage, struct setting *settings)
{
    for (size_t p = 0; p < PARAMETERS; p++)
        if (settings[p].given && settings[p].converted)
            settle_setting(run, stage, &settings[p]);
}

static void settle_claim(traincost_scenario *run, struct claim_statement *s)
{
    double factor = money_factor(run, s->currency);
    if (s->currency == CURRENCY_USD || factor <= 0)
        return;
    s->value = s->own_value * factor;
    s->low = s->own_low * factor;
    s->high = s->own_high * factor;
}

void money_settle(traincost_scenario *scenario, size_t stage)
{
    if (stage != TRAINCOST_RUN) {
        settle_stage(scenario, stage, scenario->stages[stage].settings);
        return;
    }
    settle_stage(scenario, TRAINCOST_RUN, scenario->settings);
    for (size_t s = 0; s < scenario->stage_count; s++)
        settle_stage(scenario, s, scenario->stages[s].settings);
    settle_claim(scenario, &scenario->claim.figures[CLAIM_USD]);
    settle_claim(scenario, &scenario->claim.figures[CLAIM_PRICE]);
    claim_show(&scenario->claim);
}

const char *money_note(const traincost_catalog *catalog, const quantity *stated, const char *text, int day,
                       double server_chips, char out[MONEY_NOTE])
{
    char number[TEXT_NUMBER];
    int used = 0;
    *out = '\0';
    if (stated->currency != CURRENCY_USD) {
        const traincost_rate *rate = rate_of(catalog, stated->currency, day);
        used = snprintf(out, MONEY_NOTE, "%.63s is taken at %s %s for a dollar, the mean of %s (%s)%s%s", text,
                        text_print_number(rate->value, number), currency_codes[stated->currency], rate->date,
                        rate->source, stated->may_be_yen ? "; the sign is read as yuan: write JPY for yen" : "",
                        stated->per == PER_SERVER ? "; " : "");
    }
    if (stated->per == PER_SERVER && used >= 0 && used < MONEY_NOTE)
        snprintf(out + used, (size_t)(MONEY_NOTE - used), "%.63s is of a server: a chip has its share of %s", text,
                 text_print_digits(server_chips, 6, number));
    return out;
}
