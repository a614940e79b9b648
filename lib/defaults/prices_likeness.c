/* How like two chips are, and the walk over what was seen of those that are like one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_likeness.h"

#include "base/elementary.h"
#include "base/error.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

/* How unlike two chips are, in e-folds of the weight that an observation of one has for the other. Estimated
 * from lib/data/prices.csv, by predicting each chip's prices from those of others, and rounded. */
static const double other_chip = 1.0;      /* at least, for a chip that is not the same */
static const double other_family = 2.0;    /* more, where the architecture differs */
static const double peak_distance = 1.5;   /* per unit of ln(peak / peak) */
static const double memory_distance = 0.5; /* per unit of ln(memory / memory) */
static const double no_peak = 1.0;         /* within a family, where one of the peaks was not published */
static const double too_far = 4.5;         /* chips farther apart say nothing about each other */

/* Half and twice what the rented chips span, from a K80 to a GB200; TFLOP/s. */
static const double least_peak = 2.0, most_peak = 5000.0;

/* ---- chips ---- */

double price_peak(const traincost_chip *chip)
{
    return fmax(fmax(chip->peak[TRAINCOST_BF16], chip->peak[TRAINCOST_FP16]), chip->peak[TRAINCOST_FP32]);
}

bool price_peak_is_odd(const traincost_chip *chip)
{
    double peak = price_peak(chip);
    return peak > 0 && (peak < least_peak || peak > most_peak);
}

static struct likeness compare_chips(const traincost_chip *chip, const traincost_chip *other)
{
    struct likeness like = {.own = !strcmp(chip->id, other->id)};
    if (like.own || strcmp(chip->kind, other->kind) != 0) {
        like.alike = like.own;
        return like;
    }
    bool related = !strcmp(chip->family, other->family);
    bool rated = price_peak(chip) > 0 && price_peak(other) > 0;
    if (rated)
        like.peak = elementary_log(price_peak(chip) / price_peak(other));
    if (chip->memory_gb > 0 && other->memory_gb > 0)
        like.memory = elementary_log(chip->memory_gb / other->memory_gb);
    like.distance = other_chip + (related ? 0 : other_family) + (rated ? 0 : no_peak) +
                    peak_distance * fabs(like.peak) + memory_distance * fabs(like.memory);
    like.alike = (related || rated) && like.distance <= too_far;
    return like;
}

static const traincost_chip *chip_of_id(const struct rows *rows, const char *id)
{
    traincost_chip wanted = {.id = id};
    return bsearch(&wanted, rows->chips, rows->chip_count, sizeof wanted, rows_compare_chips);
}

/* ---- observations ---- */

static void walk_to_chip(struct price_walk *walk, const char *id)
{
    if (walk->id && (walk->id == id || !strcmp(walk->id, id)))
        return;
    walk->id = id;
    walk->other = chip_of_id(walk->rows, id);
    walk->like = (struct likeness){0};
    if (walk->other)
        walk->like = compare_chips(walk->chip, walk->other);
}

bool price_walk_on(struct price_walk *walk)
{
    while (walk->next < walk->rows->observation_count) {
        walk->seen = &walk->rows->observations[walk->next++];
        if (walk->seen->kind[0] != walk->kind)
            continue;
        walk_to_chip(walk, walk->seen->chip);
        if (walk->like.alike)
            return true;
    }
    return false;
}

/* ---- what carries a price ---- */

/* Whether a word of a chip's name is in its id too, and is no form that it is built in. */
static bool is_its_own(const char *word, size_t length, const char *squeezed_id)
{
    static const char *const forms[] = {"sxm", "sxm2", "sxm3", "sxm4", "sxm5", "pcie", "nvl", "oam"};
    char plain[CARRIER_NAME];
    snprintf(plain, sizeof plain, "%.*s", (int)length, word);
    text_squeeze(plain, plain, sizeof plain);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (!strcmp(plain, forms[i]))
            return false;
    return *plain && strstr(squeezed_id, plain);
}

static void upper_case(const char *text, char out[CARRIER_NAME])
{
    size_t n = 0;
    for (; text[n] && n + 1 < CARRIER_NAME; n++)
        out[n] = text[n] >= 'a' && text[n] <= 'z' ? (char)(text[n] - 'a' + 'A') : text[n];
    out[n] = '\0';
}

/* The words of its name that its id has too, without its form: "A100" of "NVIDIA A100 PCIe 40GB", "TPU v5e"
 * of "Google TPU v5e"; so the variants of a chip share a name. Where there are none, the id. */
static void short_name(const traincost_chip *chip, char out[CARRIER_NAME])
{
    char id[64];
    size_t used = 0;
    text_squeeze(chip->id, id, sizeof id);
    for (const char *at = chip->name; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (used + length + 2 <= CARRIER_NAME && is_its_own(at, length, id)) {
            const char *blank = used > 0 ? " " : "";
            used += (size_t)snprintf(out + used, CARRIER_NAME - used, "%s%.*s", blank, (int)length, at);
        }
        at += length;
    }
    if (used == 0)
        upper_case(chip->id, out);
}

static size_t carrier_of(struct price_basis *basis, const traincost_chip *chip)
{
    char name[CARRIER_NAME] = "";
    short_name(chip, name);
    for (size_t i = 0; i < basis->carrier_count; i++)
        if (!strcmp(basis->carriers[i].name, name))
            return i;
    if (basis->carrier_count == CARRIERS) {
        basis->more = true;
        return CARRIERS;
    }
    memcpy(basis->carriers[basis->carrier_count].name, name, sizeof name);
    return basis->carrier_count++;
}

void price_basis_add(struct price_basis *basis, const struct price_walk *walk, double weight)
{
    const traincost_observation *seen = walk->seen;
    if (basis->chip != walk->other) {
        basis->chip = walk->other;
        basis->at = carrier_of(basis, walk->other);
    }
    if (basis->at < CARRIERS)
        basis->carriers[basis->at].weight += weight;
    if (!basis->first || seen->day < basis->first->day)
        basis->first = seen;
    if (!basis->last || seen->day > basis->last->day)
        basis->last = seen;
    basis->count++;
    basis->estimates += !strcmp(seen->term, "estimate");
}

/* ---- in words ---- */

void price_say(struct price_estimate *price, const char *text)
{
    size_t used = strlen(price->basis);
    snprintf(price->basis + used, sizeof price->basis - used, "%s", text);
}

static size_t weightiest(const struct price_basis *basis)
{
    size_t best = 0;
    for (size_t i = 1; i < basis->carrier_count; i++)
        if (basis->carriers[i].weight > basis->carriers[best].weight)
            best = i;
    return best;
}

void price_say_chips(struct price_estimate *price, struct price_basis *basis)
{
    enum { NAMED = 3 };
    size_t named = basis->carrier_count < NAMED ? basis->carrier_count : NAMED;
    bool others = basis->more || basis->carrier_count > NAMED;
    for (size_t i = 0; i < named; i++) {
        size_t best = weightiest(basis);
        price_say(price, i == 0 ? "" : i + 1 == named && !others ? " and " : ", ");
        price_say(price, basis->carriers[best].name);
        basis->carriers[best].weight = -1; /* it is said */
    }
    if (others)
        price_say(price, " and others");
}

/* To the month; where one of the dates is no more than the year of the other, that year. */
static void say_dates(struct price_estimate *price, const char *first, const char *last)
{
    char text[64];
    size_t a = strlen(first), b = strlen(last), least = a < b ? a : b;
    if (strncmp(first, last, least < 7 ? least : 7) != 0)
        snprintf(text, sizeof text, ", %.7s to %.7s", first, last);
    else
        snprintf(text, sizeof text, ", %.7s", a < b ? first : last);
    price_say(price, text);
}

void price_say_basis(struct price_estimate *price, struct price_basis *basis, const char *one, const char *many)
{
    char text[64];
    snprintf(text, sizeof text, "%zu %s of ", basis->count, basis->count == 1 ? one : many);
    price_say(price, text);
    price_say_chips(price, basis);
    say_dates(price, basis->first->date, basis->last->date);
}

void price_say_inferred(struct price_estimate *price, const traincost_chip *chip, const char *what,
                        const char *age)
{
    bool rated = price_peak(chip) > 0, dated = chip->released_day != 0;
    price_say(price, "no ");
    price_say(price, what);
    price_say(price, " seen: inferred from ");
    price_say(price, rated ? "peak FLOP/s" : dated ? age : "its kind");
    price_say(price, rated && dated ? " and " : " alone");
    price_say(price, rated && dated ? age : "");
    if (!rated)
        price_say(price, ", as its peak was not published");
    if (price_peak_is_odd(chip))
        price_say(price, "; a mere guess, since its peak is far from that of any chip with a known price");
}

/* ---- handing it over ---- */

struct owned_price {
    traincost_price public; /* first, so that freeing it frees the whole */
    char basis[sizeof((struct price_estimate *)0)->basis];
};

traincost_status price_give(const struct price_estimate *estimate, const double quantiles[3],
                            traincost_price **price, traincost_error *error)
{
    struct owned_price *owned = calloc(1, sizeof *owned);
    if (!owned)
        return error_no_memory(error);
    memcpy(owned->basis, estimate->basis, sizeof owned->basis);
    owned->public = (traincost_price){quantiles[0], quantiles[1], quantiles[2], estimate->count, owned->basis};
    *price = &owned->public;
    return TRAINCOST_OK;
}

void traincost_price_free(traincost_price *price)
{
    free(price);
}
