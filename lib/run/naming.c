/* A statement about a run by one name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/naming.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* What is stated by name and is no parameter. */
static const char *const naming_words[] = {"name", "base", "cluster"};
enum { NAMING_WORDS = sizeof naming_words / sizeof *naming_words, NAMING_SIZE = 64 };

/* In lower case, with '-' for '_' and for blanks; false where it is too long for a key. */
static bool naming_plain(const char *name, char out[NAMING_SIZE])
{
    size_t i = 0;
    for (; name[i] && i < NAMING_SIZE - 1; i++) {
        char c = name[i];
        out[i] = c == '_' || c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[i] = '\0';
    return !name[i];
}

/* Keys of figures are parameters' too: there the option is meant. */
static const char *naming_claim(const char *plain)
{
    const traincost_claim_key *key;
    for (size_t i = 0; (key = traincost_claim_key_at(i)); i++)
        if (!strcmp(plain, key->option) || !strcmp(plain, key->key))
            return key->key;
    return NULL;
}

struct naming naming_find(const char *name)
{
    char plain[NAMING_SIZE];
    if (!naming_plain(name, plain) || !*plain)
        return (struct naming){NAMES_NOTHING, NULL};
    if (!strcmp(plain, "run"))
        return (struct naming){NAMES_RUN, "run"};
    for (size_t i = 0; i < NAMING_WORDS; i++)
        if (!strcmp(plain, naming_words[i]))
            return (struct naming){NAMES_PARAMETER, naming_words[i]};
    const traincost_parameter *parameter = traincost_parameter_find(plain);
    if (parameter)
        return (struct naming){NAMES_PARAMETER, parameter->key};
    const char *claim = naming_claim(plain);
    return (struct naming){claim ? NAMES_CLAIM : NAMES_NOTHING, claim};
}

/* Words that tables have of their own, whatever key they are near. */
static bool naming_is_usual(const char *plain)
{
    static const char *const usual[] = {"team",  "user", "users", "node",  "nodes", "job",  "jobs",  "rate", "note",
                                        "notes", "id",   "site",  "cost",  "model", "time", "title", "day",  "zone",
                                        "flag",  "tag",  "tags",  "stage", "state", "log",  "sum",   "lab",  "rank"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (!strcmp(plain, usual[i]))
            return true;
    return false;
}

/* One slip for a short name, two from 8 letters on. */
static void naming_try(struct text_search *search, const char *name)
{
    size_t length = strlen(name);
    if (text_distance(search->given, name) <= (length < 4 ? 0 : length < 8 ? 1 : 2))
        text_try(search, name);
}

const char *naming_meant(const char *name)
{
    char plain[NAMING_SIZE];
    const traincost_claim_key *key;
    const traincost_parameter *parameter;
    if (!naming_plain(name, plain) || naming_is_usual(plain))
        return NULL;
    struct text_search search = {.given = plain};
    for (size_t i = 0; i < NAMING_WORDS; i++)
        naming_try(&search, naming_words[i]);
    for (size_t i = 0; (parameter = traincost_parameter_at(i)); i++) {
        naming_try(&search, parameter->key);
        if (parameter->alias)
            naming_try(&search, parameter->alias);
    }
    for (size_t i = 0; (key = traincost_claim_key_at(i)); i++) {
        naming_try(&search, key->option);
        naming_try(&search, key->key);
    }
    return search.nearest;
}

/* ---- the run ---- */

static traincost_status naming_dispatch(traincost_scenario *scenario, size_t stage, struct naming naming,
                                        const char *value, traincost_error *error)
{
    switch (naming.kind) {
    case NAMES_NOTHING:
        return TRAINCOST_OK;
    case NAMES_RUN:
        return traincost_scenario_take(scenario, value, error);
    case NAMES_PARAMETER:
        return traincost_scenario_set(scenario, stage, naming.key, value, error);
    case NAMES_CLAIM:
        return traincost_scenario_claim(scenario, naming.key, value, error);
    }
    return TRAINCOST_OK;
}

traincost_status naming_state(traincost_scenario *scenario, size_t stage, struct naming naming, const char *value,
                              traincost_error *error)
{
    traincost_status status = naming_dispatch(scenario, stage, naming, value, error);
    return status ? error_about(error, status, naming.key) : TRAINCOST_OK;
}
