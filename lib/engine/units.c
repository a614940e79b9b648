/* Units as people write them: one table for each thing that is counted, and what may follow "per". */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/units.h"

#include "base/text.h"
#include "engine/unit_words.h"

#include <string.h>

#define OTHER_CURRENCIES "EUR GBP CNY JPY INR KRW CHF SEK SGD TWD CAD"

static const struct unit_row chip_rows[] = {
    {"chip", 1, 1, WORD}, {"GPU", 1, 1, WORD}, {"TPU", 1, 1, WORD}, {"accelerator", 1, 1, WORD}, {"card", 1, 1, WORD},
    {"NPU", 1, 1, WORD},  {0}};
static const struct unit_row server_rows[] = {
    {"server", 1, 1, WORD}, {"node", 1, 1, WORD}, {"instance", 1, 1, WORD}, {"machine", 1, 1, WORD},
    {"VM", 1, 1, WORD},     {"box", 1, 1, PLAIN}, {0}};
static const struct unit_row token_rows[] = {{"token", 1, 1, WORD}, {"tok", 1, 1, WORD}, {0}};
static const struct unit_row param_rows[] = {{"param", 1, 1, WORD}, {"parameter", 1, 1, WORD}, {0}};
static const struct unit_row no_rows[] = {{0}};
static const struct unit_row time_rows[] = {
    {"h", 1, 1, PLAIN},     {"hr", 1, 1, WORD},       {"hour", 1, 1, WORD},   {"d", 24, 1, PLAIN},
    {"day", 24, 1, WORD},   {"min", 1, 60, WORD},     {"minute", 1, 60, WORD}, {"s", 1, 3600, PLAIN},
    {"sec", 1, 3600, WORD}, {"second", 1, 3600, WORD}, {"wk", 168, 1, WORD},   {"w", 168, 1, PLAIN},
    {"week", 168, 1, WORD}, {"mo", 730.5, 1, WORD},   {"month", 730.5, 1, WORD}, {"y", 8766, 1, PLAIN},
    {"yr", 8766, 1, WORD},  {"year", 8766, 1, WORD},  {"ms", 1, 3600e3, PLAIN}, {0}};
static const struct unit_row year_rows[] = {
    {"y", 1, 1, PLAIN}, {"yr", 1, 1, WORD}, {"year", 1, 1, WORD}, {"mo", 1, 12, WORD}, {"month", 1, 12, WORD}, {0}};
static const struct unit_row month_rows[] = {
    {"y", 12, 1, PLAIN}, {"yr", 12, 1, WORD}, {"year", 12, 1, WORD}, {"mo", 1, 1, WORD}, {"month", 1, 1, WORD}, {0}};
static const struct unit_row power_rows[] = {{"W", 1, 1, SCALED}, {"watt", 1, 1, SCALED}, {"watts", 1, 1, SCALED}, {0}};
static const struct unit_row energy_rows[] = {
    {"Wh", 1, 1000, SCALED},         {"J", 1, 3.6e6, SCALED},          {"watt-hour", 1, 1000, SCALED},
    {"watt-hours", 1, 1000, SCALED}, {"kwh", 1, 1, WORD}, {0}};
static const struct unit_row mass_rows[] = {
    {"kg", 1, 1, PLAIN},       {"g", 1, 1000, PLAIN},      {"t", 1000, 1, PLAIN},    {"kt", 1e6, 1, PLAIN},
    {"Mt", 1e9, 1, PLAIN},     {"tonne", 1000, 1, WORD},   {"ton", 1000, 1, WORD},   {"gram", 1, 1000, WORD},
    {"metric-ton", 1000, 1, WORD}, {"kilogram", 1, 1, WORD}, {"metric-tonne", 1000, 1, WORD}, {0}};
static const struct unit_row share_rows[] = {{"%", 1, 100, PLAIN}, {"percent", 1, 100, WORD}, {"per-cent", 1, 100, WORD}, {0}};
static const struct unit_row ratio_rows[] = {{"x", 1, 1, PLAIN}, {"\xc3\x97", 1, 1, PLAIN}, {0}};
static const struct unit_row flop_rows[] = {
    {"FLOP", 1, 1, SCALED}, {"FLOPs", 1, 1, SCALED}, {"FLOPS", 1, 1, SCALED}, {"flop", 1, 1, SCALED},
    {"flops", 1, 1, SCALED}, {"F", 1, 1, SCALED},    {0}};

static const struct {
    const struct unit_row *rows;
    const char *name, *usage;
} dimension_table[DIMENSIONS] = {
    [DIMENSION_COUNT] = {no_rows, "a count", "a plain number (k M B T multiply)"},
    [DIMENSION_CHIPS] = {chip_rows, "chips", "a plain number of chips (k M multiply), or as in 8x16"},
    [DIMENSION_TOKENS] = {token_rows, "tokens", "a number of tokens (k M B T multiply)"},
    [DIMENSION_PARAMS] = {param_rows, "parameters", "a number of parameters (k M B T multiply)"},
    [DIMENSION_TIME] = {time_rows, "a time", "a time (s min h d wk mo y; 2d 7h 51min; 49:24:56; 2-01:24:56)"},
    [DIMENSION_CHIP_TIME] = {time_rows, "chip-hours",
                             "chip-hours (h, or s min d wk mo y of chips; GPU-hours, GPU-days; 512x198 h)"},
    [DIMENSION_SECONDS] = {time_rows, "a time", "a time in seconds (ms s min h d; 1min 20s)"},
    [DIMENSION_YEARS] = {year_rows, "years", "a number of years (y yr mo)"},
    [DIMENSION_MONTHS] = {month_rows, "months", "a number of months (mo y yr)"},
    [DIMENSION_POWER] = {power_rows, "a power", "a power (W kW MW GW)"},
    [DIMENSION_ENERGY] = {energy_rows, "an energy", "an energy (Wh kWh MWh GWh TWh; MJ GJ TJ)"},
    [DIMENSION_MASS] = {mass_rows, "a mass", "a mass (g kg t kt, with or without CO2e)"},
    [DIMENSION_MONEY] = {no_rows, "money",
                         "money ($ USD, or " OTHER_CURRENCIES "; k M bn million billion)"},
    [DIMENSION_MONEY_PER_HOUR] = {no_rows, "a price",
                                  "a price of a chip-hour ($ USD, or " OTHER_CURRENCIES "; /h /hr per hour, "
                                  "/GPU-hour /day /month, /server for all its chips)"},
    [DIMENSION_MONEY_PER_KWH] = {no_rows, "a price",
                                 "a price of energy ($ USD ct, or " OTHER_CURRENCIES "; /kWh /MWh)"},
    [DIMENSION_MONEY_PER_KW_MONTH] = {no_rows, "a price", "a price of power and space (USD/kW a month, /kW-month)"},
    [DIMENSION_CARBON] = {no_rows, "a carbon intensity",
                          "a carbon intensity (g/kWh kg/kWh kg/MWh t/MWh, with or without CO2e)"},
    [DIMENSION_SHARE] = {share_rows, "a share", "a share (0..1, or %)"},
    [DIMENSION_RATIO] = {ratio_rows, "a ratio", "a plain ratio"},
    [DIMENSION_FLOP] = {no_rows, "FLOP", "FLOP (3e24, SI prefixes as in ZFLOP, or PFLOP-days)"},
    [DIMENSION_THROUGHPUT] = {no_rows, "a throughput",
                              "a throughput (tokens/s/chip, tokens/s of all chips, TFLOP/s/chip; /server)"},
};

const struct unit_found unit_none = {
    .multiplier = 1, .times = 1, .over = 1, .per_times = 1, .per_over = 1, .currency = -1};

const char *dimension_name(enum dimension dimension)
{
    return dimension_table[dimension].name;
}

const char *dimension_usage(enum dimension dimension)
{
    return dimension_table[dimension].usage;
}

bool dimension_is_money(enum dimension d)
{
    return d == DIMENSION_MONEY || d == DIMENSION_MONEY_PER_HOUR || d == DIMENSION_MONEY_PER_KWH ||
           d == DIMENSION_MONEY_PER_KW_MONTH;
}

bool dimension_is_time(enum dimension d)
{
    return d == DIMENSION_TIME || d == DIMENSION_CHIP_TIME || d == DIMENSION_SECONDS;
}

size_t unit_time(const char *text, bool in_compound, struct unit_found *found)
{
    static const struct unit_row minutes[] = {{"m", 1, 60, PLAIN}, {0}};
    size_t n = match_unit(time_rows, text, found);
    return n == 0 && in_compound ? match_unit(minutes, text, found) : n;
}

/* ---- money ---- */

const char *const currency_codes[CURRENCIES] = {"USD", "EUR", "GBP", "CNY", "JPY", "INR",
                                                "KRW", "CHF", "SEK", "SGD", "TWD", "CAD"};

static const struct {
    const char *name;
    int currency;
    enum unit_manner manner;
} money_words[] = {
    {"$", 0, PLAIN},           {"USD", 0, WORD},       {"US$", 0, PLAIN},      {"dollar", 0, WORD},
    {"US-dollar", 0, WORD},    {"\xe2\x82\xac", 1, PLAIN}, {"EUR", 1, WORD},   {"euro", 1, WORD},
    {"\xc2\xa3", 2, PLAIN},    {"GBP", 2, WORD},       {"pound", 2, WORD},     {"\xc2\xa5", 3, PLAIN},
    {"\xef\xbf\xa5", 3, PLAIN}, {"CNY", 3, WORD},      {"RMB", 3, WORD},       {"yuan", 3, WORD},
    {"CN\xc2\xa5", 3, PLAIN},  {"\xe5\x85\x83", 3, PLAIN}, {"JPY", 4, WORD},   {"yen", 4, WORD},
    {"JP\xc2\xa5", 4, PLAIN},  {"\xe2\x82\xb9", 5, PLAIN}, {"INR", 5, WORD},   {"rupee", 5, WORD},
    {"\xe2\x82\xa9", 6, PLAIN}, {"KRW", 6, WORD},      {"won", 6, WORD},       {"CHF", 7, WORD},
    {"SEK", 8, WORD},          {"SGD", 9, WORD},       {"S$", 9, PLAIN},       {"TWD", 10, WORD},
    {"NT$", 10, PLAIN},        {"CAD", 11, WORD},      {"C$", 11, PLAIN},      {"CA$", 11, PLAIN}};

size_t unit_currency(const char *text, struct unit_found *found)
{
    size_t best = 0;
    for (size_t i = 0; i < sizeof money_words / sizeof *money_words; i++) {
        if (small_letter(*text) != small_letter(*money_words[i].name))
            continue;
        size_t n = match_spelling(text, money_words[i].name, money_words[i].manner);
        if (n <= best || (is_unit_letter(text[n - 1]) && is_unit_letter(text[n])))
            continue;
        best = n;
        found->currency = money_words[i].currency;
        found->has_unit = true;
        found->may_be_yen = !strcmp(money_words[i].name, "\xc2\xa5") || !strcmp(money_words[i].name, "\xef\xbf\xa5");
    }
    return best;
}

static size_t match_cents(const char *text, struct unit_found *found)
{
    static const struct unit_row cents[] = {
        {"ct", 1, 100, PLAIN}, {"cent", 1, 100, WORD}, {"\xc2\xa2", 1, 100, PLAIN}, {"c", 1, 100, PLAIN}, {0}};
    size_t n = match_unit(cents, text, found);
    found->is_percent = false;
    if (n > 0 && found->currency < 0)
        found->currency = CURRENCY_USD;
    return n;
}

/* ---- per ---- */

/* What a unit is per: each at most once. */
struct per_parts {
    struct unit_found time, energy, power;
    bool chip, server;
};

/* "H100" and the like, as a noun: capital letters, then digits. */
static size_t match_chip_name(const char *text)
{
    size_t letters = 0, digits = 0;
    while (text[letters] >= 'A' && text[letters] <= 'Z')
        letters++;
    while (text[letters + digits] >= '0' && text[letters + digits] <= '9')
        digits++;
    return letters > 0 && letters < 4 && digits > 1 && ends_unit_word(text + letters + digits) ? letters + digits : 0;
}

static size_t match_part(const char *text, struct per_parts *parts)
{
    size_t n;
    if (!parts->time.has_unit && (n = match_unit(time_rows, text, &parts->time)))
        return n;
    if (!parts->energy.has_unit && (n = match_unit(energy_rows, text, &parts->energy)))
        return n;
    if (!parts->power.has_unit && (n = match_unit(power_rows, text, &parts->power)))
        return n;
    struct unit_found noun = unit_none;
    if (!parts->chip && ((n = match_unit(chip_rows, text, &noun)) || (n = match_chip_name(text)))) {
        parts->chip = true;
        return n;
    }
    if (!parts->server && (n = match_unit(server_rows, text, &noun)))
        parts->server = true;
    else if (!parts->chip && !parts->time.has_unit && (!strncmp(text, "GPUh", 4) || !strncmp(text, "TPUh", 4))) {
        parts->chip = true;
        n = 3;
    }
    return n;
}

/* The bytes of what joins a part to what is before it. */
static size_t match_joint(const char *text, bool first)
{
    static const char *const words[] = {"per ", "a ", "an ", "each "};
    size_t n = count_blanks(text);
    if (text[n] == '/')
        return n + 1 + count_blanks(text + n + 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strncmp(text + n, words[i], strlen(words[i])))
            return n + strlen(words[i]) + count_blanks(text + n + strlen(words[i]));
    if (first)
        return 0;
    if (text[n] == '-' || text[n] == '*')
        return n + 1;
    return !strncmp(text + n, "\xc2\xb7", 2) ? n + 2 : n;
}

static size_t read_parts(const char *text, struct per_parts *parts)
{
    const char *at = text;
    *parts = (struct per_parts){unit_none, unit_none, unit_none, false, false};
    for (bool first = true;; first = false) {
        size_t joint = match_joint(at, first);
        if (first && joint == 0)
            return 0;
        size_t n = match_part(at + joint, parts);
        if (n == 0)
            return (size_t)(at - text);
        at += joint + n;
    }
}

static enum unit_per per_of(const struct per_parts *parts)
{
    return parts->chip && !parts->server ? PER_CHIP : parts->server ? PER_SERVER : PER_UNSAID;
}

/* Whether the parts make the dimension's base unit, and by which factor. */
static bool fit_parts(enum dimension dimension, const struct per_parts *p, struct unit_found *found)
{
    bool time = p->time.has_unit, energy = p->energy.has_unit, power = p->power.has_unit;
    found->per = per_of(p);
    found->has_per = time || energy || power || p->chip || p->server;
    switch ((int)dimension) {
    case DIMENSION_MONEY:
        return !time && !energy && !power;
    case DIMENSION_MONEY_PER_HOUR:
        found->per_times = p->time.over;
        found->per_over = p->time.times;
        return !energy && !power;
    case DIMENSION_MONEY_PER_KWH:
    case DIMENSION_CARBON:
        found->per_times = p->energy.over;
        found->per_over = p->energy.times;
        return !time && !power && found->per == PER_UNSAID;
    case DIMENSION_MONEY_PER_KW_MONTH:
        found->per_times = (time ? 730.5 * p->time.over : 1) * (power ? 1000 : 1);
        found->per_over = (time ? p->time.times : 1) * (power ? p->power.times : 1);
        return !energy && found->per == PER_UNSAID && (power || !found->has_per);
    case DIMENSION_THROUGHPUT:
        found->per_times = p->time.over;
        found->per_over = p->time.times * 3600;
        return time && !energy && !power;
    default:
        return !found->has_per;
    }
}

/* ---- of a dimension ---- */

/* "CO2", "-CO2e", " CO₂-eq". */
static size_t skip_co2(const char *text)
{
    static const char *const two[] = {"CO2", "CO\xe2\x82\x82"}, *const tails[] = {"eq", "-eq", "e"};
    size_t n = count_blanks(text);
    n += text[n] == '-';
    size_t gas = !strncmp(text + n, two[0], 3) ? 3 : !strncmp(text + n, two[1], 5) ? 5 : 0;
    if (gas == 0)
        return 0;
    n += gas;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (!strncmp(text + n, tails[i], strlen(tails[i])))
            return n + strlen(tails[i]);
    return n;
}

static size_t match_mass(const char *text, struct unit_found *found)
{
    size_t n = match_unit(mass_rows, text, found);
    return n ? n + skip_co2(text + n) : 0;
}

/* "/s", "/sec", "/second". */
static size_t skip_per_second(const char *text)
{
    static const char *const words[] = {"/s", "/sec", "/second"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (!strncmp(text, words[i], n) && !is_unit_letter(text[n]))
            return n;
    }
    return 0;
}

/* "PFLOP", "PFLOP-days", "petaFLOP/s-days"; a rate alone is none. */
static size_t match_flop(const char *text, struct unit_found *found)
{
    struct unit_found time = unit_none;
    size_t n = match_unit(flop_rows, text, found);
    if (n == 0)
        return 0;
    bool bare = text[n - 1] == 'F';
    size_t rate = skip_per_second(text + n);
    size_t at = n + rate, joint = strspn(text + at, " -*");
    size_t days = text[at + joint] ? match_unit(time_rows, text + at + joint, &time) : 0;
    if (days == 0 || joint == 0)
        return rate || bare ? 0 : n;
    found->times *= time.times * 3600;
    found->over = time.over;
    return at + joint + days;
}

static size_t match_throughput(const char *text, struct unit_found *found)
{
    struct per_parts parts;
    size_t n = match_unit(token_rows, text, found), more = 0;
    found->rate = RATE_TOKENS;
    if (n == 0 && (n = match_unit(flop_rows, text, found))) {
        found->rate = RATE_TFLOP;
        found->over *= 1e12;
    }
    if (n == 0)
        return 0;
    more = read_parts(text + n, &parts);
    if (found->rate == RATE_TFLOP && !parts.time.has_unit) { /* TFLOPS is a rate as it stands */
        parts.time = unit_none;
        parts.time.over = 3600;
        parts.time.has_unit = true;
    }
    return fit_parts(DIMENSION_THROUGHPUT, &parts, found) ? n + more : 0;
}

/* "GPU-hours", "chip hours", "H100-days" of chip-hours. */
static size_t match_chip_time(const char *text, struct unit_found *found)
{
    struct unit_found noun = unit_none;
    size_t n = match_unit(chip_rows, text, &noun);
    if (n == 0)
        n = match_chip_name(text);
    if (n == 0 && (!strncmp(text, "GPUh", 4) || !strncmp(text, "TPUh", 4)))
        n = 3;
    if (n == 0)
        return match_unit(time_rows, text, found);
    size_t joint = strspn(text + n, " -*"), more = match_unit(time_rows, text + n + joint, found);
    return more ? n + joint + more : 0;
}

static size_t match_money(enum dimension dimension, const char *text, struct unit_found *found)
{
    struct per_parts parts;
    struct unit_found money = *found;
    size_t n = dimension == DIMENSION_MONEY_PER_KWH ? match_cents(text, &money) : 0;
    if (n == 0)
        n = unit_currency(text, &money);
    if (n && found->currency >= 0 && money.currency != found->currency)
        return 0; /* $5 EUR */
    size_t more = read_parts(text + n, &parts);
    if (n + more == 0 || !fit_parts(dimension, &parts, &money))
        return 0;
    *found = money;
    found->has_unit = true;
    return n + more;
}

static size_t match_carbon(const char *text, struct unit_found *found)
{
    struct per_parts parts;
    size_t n = match_mass(text, found);
    if (n == 0)
        return 0;
    size_t more = read_parts(text + n, &parts);
    return fit_parts(DIMENSION_CARBON, &parts, found) ? n + more : 0;
}

static size_t match_dimension(enum dimension dimension, const char *text, struct unit_found *found)
{
    size_t n;
    switch ((int)dimension) {
    case DIMENSION_MONEY:
    case DIMENSION_MONEY_PER_HOUR:
    case DIMENSION_MONEY_PER_KWH:
    case DIMENSION_MONEY_PER_KW_MONTH:
        return match_money(dimension, text, found);
    case DIMENSION_CARBON:
        return match_carbon(text, found);
    case DIMENSION_MASS:
        return match_mass(text, found);
    case DIMENSION_FLOP:
        return match_flop(text, found);
    case DIMENSION_THROUGHPUT:
        return match_throughput(text, found);
    case DIMENSION_CHIP_TIME:
        return match_chip_time(text, found);
    case DIMENSION_SECONDS:
        n = match_unit(time_rows, text, found);
        found->times *= n ? 3600 : 1;
        return n;
    default:
        return match_unit(dimension_table[dimension].rows, text, found);
    }
}

/* ---- what stands behind a number ---- */

static bool begins_unit(const char *text)
{
    return is_unit_letter(*text) || *text == '$' || *text == '%' || *text == '/' || (unsigned char)*text >= 0x80;
}

/* "x 8", "/ 8": the text goes on with a factor. */
static bool begins_factor(const char *text)
{
    static const char *const signs[] = {"x", "X", "*", "/", "\xc3\x97", "\xc2\xb7"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);
        const char *next = text + n;
        if (!strncmp(text, signs[i], n) && next[count_blanks(next)] >= '0' && next[count_blanks(next)] <= '9')
            return true;
    }
    return false;
}

static bool is_other_word(const char *text)
{
    return begins_factor(text) || !strncmp(text, "\xc2\xb1", 2) || !strncmp(text, "\xe2\x80\x93", 3) || !strncmp(text, "\xe2\x80\x94", 3) ||
           !strncmp(text, "\xe2\x80\xa6", 3) ||
           (!strncmp(text, "to", 2) && !is_unit_letter(text[2])) ||
           (!strncmp(text, "and", 3) && !is_unit_letter(text[3]));
}

int unit_read(enum dimension dimension, const char *text, struct unit_found *found, const char **wrong)
{
    const char *at = text + count_blanks(text);
    size_t n;
    if (!begins_unit(at) || is_other_word(at))
        return 0;
    struct unit_found trial = *found;
    if ((n = match_dimension(dimension, at, &trial))) {
        *found = trial;
        return (int)(at + n - text);
    }
    double factor = match_multiplier(dimension, at, &n);
    *wrong = at;
    if (factor == 0 || (n == 1 && is_unit_letter(at[1]) && !match_dimension(dimension, at + 1, &trial)))
        return -1;
    found->multiplier = factor;
    found->has_multiplier = true;
    at += n;
    const char *behind = at + count_blanks(at);
    if (!begins_unit(behind) || is_other_word(behind))
        return (int)(at - text);
    trial = *found;
    if (!(n = match_dimension(dimension, behind, &trial))) {
        *wrong = behind;
        return -1;
    }
    *found = trial;
    return (int)(behind + n - text);
}
