/* The one vocabulary of outputs: keys, words, and what else people call them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/outputs.h"

#include "base/text.h"

#include <string.h>

const traincost_output_kind output_kinds[MODEL_OUTPUTS] = {
#define KIND(name, key, word, alias, unit, whole, help) {key, word, alias, unit, whole, help},
    MODEL_OUTPUT_MAP(KIND)
#undef KIND
};

const traincost_output_kind *traincost_output_kind_at(size_t index)
{
    return index < MODEL_OUTPUTS ? &output_kinds[index] : NULL;
}

const char *traincost_output_key(size_t index)
{
    return index < MODEL_OUTPUTS ? output_kinds[index].key : NULL;
}

enum { SQUEEZED_NAME = 64 };

/* Keys and words first: an alias of one may be the word of another. */
const traincost_output_kind *traincost_output_kind_find(const char *name)
{
    if (!name)
        return NULL;
    char given[SQUEEZED_NAME], known[SQUEEZED_NAME];
    text_squeeze(name, given, SQUEEZED_NAME);
    for (int round = 0; *given && round < 3; round++)
        for (size_t i = 0; i < MODEL_OUTPUTS; i++) {
            const traincost_output_kind *kind = &output_kinds[i];
            text_squeeze(round == 0 ? kind->key : round == 1 ? kind->word : kind->alias, known, SQUEEZED_NAME);
            if (!strcmp(given, known))
                return kind;
        }
    return NULL;
}

traincost_status output_need(const char *what, const char *name, enum model_output *output,
                             traincost_error *error)
{
    const traincost_output_kind *kind = traincost_output_kind_find(name);
    struct text_search search = {.given = name};
    if (kind) {
        *output = (enum model_output)(kind - output_kinds);
        return TRAINCOST_OK;
    }
    for (size_t i = 0; i < MODEL_OUTPUTS; i++) {
        text_try(&search, output_kinds[i].key);
        text_try(&search, output_kinds[i].word);
    }
    return error_unknown(error, what, name, text_meant(&search),
                         "it is a word or a key, as in rent or rental_usd; 'traincost help outputs' lists them");
}
