/* A statement beyond all that is seen is taken as it stands, with a note of what may have been meant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/unlikely.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

enum { UNLIKELY_NOTE = 360 };

/* "400 kg/kWh", to three digits. */
static const char *in_words(double value, char out[TEXT_NUMBER])
{
    return text_print_grouped(value, 3, out);
}

static double stated_middle(const struct setting *setting)
{
    return quantity_quantile(&setting->q, 0.5);
}

/* The default that the statement takes the place of; false where there is none. */
static bool default_range(const struct resolver *r, enum parameter parameter, double levels[3])
{
    static const double shares[] = {0.05, 0.5, 0.95};
    struct default_value value;
    if (default_find(parameter, &r->where, &value, NULL) != TRAINCOST_OK)
        return false;
    for (int i = 0; i < 3; i++)
        levels[i] = quantity_quantile(&value.q, shares[i]);
    return levels[1] > 0;
}

/* As stated, else the middle of the default. */
static double middle_of(const struct resolver *r, enum parameter parameter)
{
    const struct setting *setting = resolver_setting(r, parameter);
    double levels[3];
    if (setting)
        return stated_middle(setting);
    return default_range(r, parameter, levels) ? levels[1] : NAN;
}

/* Dollars of a chip-hour that the meter takes. */
static double electricity_of_an_hour(const struct resolver *r)
{
    const struct setting *power = resolver_setting(r, PARAMETER_POWER);
    double watts = power ? stated_middle(power)
                         : middle_of(r, PARAMETER_TDP) * middle_of(r, PARAMETER_SERVER_POWER_RATIO) *
                               middle_of(r, PARAMETER_POWER_FRACTION);
    return watts / 1000 * middle_of(r, PARAMETER_PUE) * middle_of(r, PARAMETER_ELECTRICITY_PRICE);
}

static traincost_status note_price(struct resolver *r, const struct setting *setting)
{
    char note[UNLIKELY_NOTE] = "", price[TEXT_NUMBER], low[TEXT_NUMBER], high[TEXT_NUMBER], many[TEXT_NUMBER];
    double levels[3], value = stated_middle(setting), server = r->where.chip->chips_per_server, meter;
    if (!default_range(r, PARAMETER_RENTAL_PRICE, levels))
        return TRAINCOST_OK;
    bool like_server = server > 1 && value > 0.5 * levels[0] * server && value < 4 * levels[2] * server;
    meter = electricity_of_an_hour(r);
    if (value > 3 * levels[2])
        snprintf(note, sizeof note,
                 "rental-price %.63s is $%s a chip-hour, where %s is seen at $%s to $%s%s%s%s", setting->text,
                 in_words(value, price), r->where.chip->name, in_words(levels[0], low), in_words(levels[2], high),
                 like_server ? "; if it is of a server of " : "", like_server ? in_words(server, many) : "",
                 like_server ? ", write it with /server" : "");
    else if (value > 0 && value < meter)
        snprintf(note, sizeof note, "rental-price %.63s is $%s a chip-hour, less than its electricity alone, $%s",
                 setting->text, in_words(value, price), in_words(meter, low));
    return *note ? resolver_note(r, note, "", "") : TRAINCOST_OK;
}

static traincost_status note_purchase(struct resolver *r, const struct setting *setting)
{
    char note[UNLIKELY_NOTE], price[TEXT_NUMBER], low[TEXT_NUMBER], high[TEXT_NUMBER];
    double levels[3], value = stated_middle(setting);
    if (!default_range(r, PARAMETER_HARDWARE_PRICE, levels) || (value <= 3 * levels[2] && value >= levels[0] / 10))
        return TRAINCOST_OK;
    snprintf(note, sizeof note, "hardware-price %.63s is $%s a chip, where %s is seen at $%s to $%s%s", setting->text,
             in_words(value, price), r->where.chip->name, in_words(levels[0], low), in_words(levels[2], high),
             value > levels[1] ? "; if it is of a server, write it with /server" : "");
    return resolver_note(r, note, "", "");
}

static traincost_status note_power(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    char note[UNLIKELY_NOTE], watts[TEXT_NUMBER], rated[TEXT_NUMBER];
    double levels[3], value = stated_middle(setting);
    if (!default_range(r, PARAMETER_TDP, levels))
        return TRAINCOST_OK;
    double most = parameter == PARAMETER_POWER ? 4 * levels[2] : 3 * levels[2];
    if (value <= most && value >= levels[0] / 10)
        return TRAINCOST_OK;
    snprintf(note, sizeof note, "%s %.63s is %s W a chip, where %s is rated %s W%s",
             parameter_table[parameter].public.key, setting->text, in_words(value, watts), r->where.chip->name,
             in_words(levels[1], rated), value > most ? "; it is of one chip, not of its server or the cluster" : "");
    return resolver_note(r, note, "", "");
}

/* What no chip and no place makes likely: bounds on a value in its base unit. */
static const struct {
    enum parameter parameter;
    double least, most;
    const char *below, *above;
} usual_bounds[] = {
    {PARAMETER_HOURS, 0, 87660, "", " h of wall-clock time are over ten years; chip-hours are stated as chip-hours"},
    {PARAMETER_CHIPS, 0, 1e7, "", " chips are more than were made of any"},
    {PARAMETER_PARAMS, 1e4, 1e14, " parameters: B multiplies, as in 70B", " parameters are more than any model's"},
    {PARAMETER_ACTIVE_PARAMS, 1e4, 1e14, " parameters: B multiplies, as in 70B",
     " parameters are more than any model's"},
    {PARAMETER_TOKENS, 1e4, 1e16, " tokens: T multiplies, as in 15T", " tokens are more than were ever written"},
    {PARAMETER_CARBON_INTENSITY, 0, 1.5, "",
     " kg/kWh, where the dirtiest grids have about 1; for grams write g/kWh, as in 400 g/kWh"},
    {PARAMETER_ELECTRICITY_PRICE, 0.003, 1, " dollars a kWh, where the cheapest is about 0.02",
     " dollars a kWh, where the dearest is about 0.5; for cents write ct/kWh, for a megawatt-hour $/MWh"},
    {PARAMETER_PUE, 0, 3, "", " of PUE, where halls have 1.05 to 2"},
    {PARAMETER_MFU, 0.005, 0.85, " of the peak, where published runs reach 0.2 to 0.6; for per cent write %",
     " of the peak, where published runs reach 0.2 to 0.6"},
};

static traincost_status note_bounds(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    char note[UNLIKELY_NOTE], number[TEXT_NUMBER];
    double value = stated_middle(setting);
    for (size_t i = 0; i < sizeof usual_bounds / sizeof *usual_bounds; i++) {
        bool below = value > 0 && value < usual_bounds[i].least;
        if (usual_bounds[i].parameter != parameter || (!below && value <= usual_bounds[i].most))
            continue;
        snprintf(note, sizeof note, "%s %.63s: %s%s", parameter_table[parameter].public.key, setting->text,
                 in_words(value, number), below ? usual_bounds[i].below : usual_bounds[i].above);
        return resolver_note(r, note, "", "");
    }
    return TRAINCOST_OK;
}

traincost_status note_unlikely(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    switch ((int)parameter) {
    case PARAMETER_RENTAL_PRICE:
        return note_price(r, setting);
    case PARAMETER_HARDWARE_PRICE:
        return note_purchase(r, setting);
    case PARAMETER_POWER:
    case PARAMETER_TDP:
        return note_power(r, parameter, setting);
    default:
        return note_bounds(r, parameter, setting);
    }
}
