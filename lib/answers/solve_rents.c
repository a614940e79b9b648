/* The rents that owning is compared with: the one that is asked for, and beside it the market's and each contract of
 * which offers were seen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/solve.h"

/* As the parameters have them. */
static const char *const term_words[] = {"cluster", "on-demand", "spot", "1y", "3y", "any"};
static const char *const tier_words[] = {"specialised", "hyperscaler", "marketplace"};

static struct rental_question question_of(const struct traincost_scenario *run, enum price_term term,
                                          enum price_tier tier)
{
    const struct setting *settings = run->settings;
    const struct setting *date = &settings[PARAMETER_DATE], *region = &settings[PARAMETER_REGION];
    return (struct rental_question){settings[PARAMETER_TYPE].chip,
                                    date->given ? date->day : catalog_day(run->catalog), term, tier,
                                    region->given ? region->region : "US"};
}

static struct rent_offer offer_seen(const struct traincost_scenario *run, enum price_term term,
                                    enum price_tier tier)
{
    struct price_estimate price;
    struct rental_question question = question_of(run, term, tier);
    price_rental(run->catalog, &question, &price);
    return (struct rent_offer){.term = term, .tier = tier, .observations = price.of_term};
}

/* Whose contracts: all tiers together are two markets, of which nobody pays the mean. */
static struct rent_offer contract_seen(const struct traincost_scenario *run, enum price_term term)
{
    const struct setting *tier = &run->settings[PARAMETER_TIER];
    if (tier->given)
        return offer_seen(run, term, (enum price_tier)tier->word);
    struct rent_offer offer = offer_seen(run, term, TIER_SPECIALISED);
    return offer.observations ? offer : offer_seen(run, term, TIER_HYPERSCALER);
}

static struct rent_offer offer_asked(const struct traincost_scenario *run)
{
    const struct setting *term = &run->settings[PARAMETER_TERM], *tier = &run->settings[PARAMETER_TIER];
    enum price_term whichever = term->given ? (enum price_term)term->word : TERM_CLUSTER;
    if (run->settings[PARAMETER_RENTAL_PRICE].given)
        return (struct rent_offer){.term = whichever, .tier = TIER_ALL, .stated = true};
    return offer_seen(run, whichever, tier->given ? (enum price_tier)tier->word : TIER_ALL);
}

size_t rent_offers_find(const struct traincost_scenario *run, struct rent_offer offers[BREAK_EVEN_RENTS])
{
    static const enum price_term terms[] = {TERM_CLUSTER, TERM_1Y, TERM_3Y};
    size_t count = 1;
    offers[0] = offer_asked(run);
    for (size_t i = 0; i < sizeof terms / sizeof *terms && !offers[0].stated; i++) {
        if (terms[i] == offers[0].term)
            continue;
        struct rent_offer offer = terms[i] == TERM_CLUSTER ? offer_seen(run, TERM_CLUSTER, offers[0].tier)
                                                           : contract_seen(run, terms[i]);
        if (offer.observations)
            offers[count++] = offer;
    }
    return count;
}

double rent_offer_years(const struct rent_offer *offer)
{
    return offer->term == TERM_1Y ? 1 : offer->term == TERM_3Y ? 3 : 0;
}

const char *rent_offer_term(const struct rent_offer *offer)
{
    return offer->stated ? NULL : term_words[offer->term];
}

const char *rent_offer_tier(const struct rent_offer *offer)
{
    return offer->stated || offer->tier == TIER_ALL ? NULL : tier_words[offer->tier];
}
