/* What went wrong: code, message and place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The message lives inside the record, so that reporting an error never allocates. */
struct traincost_error {
    traincost_status status;
    int line;
    int column;
    char key[40]; /* what was stated wrongly, or "" */
    char message[768];
};

traincost_error *traincost_error_new(void)
{
    return calloc(1, sizeof(traincost_error));
}

void traincost_error_free(traincost_error *error)
{
    free(error);
}

void traincost_error_set(traincost_error *error, traincost_status status, const char *message)
{
    error_set(error, status, "%s", message ? message : "");
}

traincost_status traincost_error_status(const traincost_error *error)
{
    return error ? error->status : TRAINCOST_OK;
}

const char *traincost_error_message(const traincost_error *error)
{
    if (!error)
        return "no error record was given";
    return error->message[0] ? error->message : traincost_status_text(error->status);
}

int traincost_error_line(const traincost_error *error)
{
    return error ? error->line : 0;
}

int traincost_error_column(const traincost_error *error)
{
    return error ? error->column : 0;
}

const char *traincost_error_key(const traincost_error *error)
{
    return error ? error->key : "";
}

const char *traincost_status_name(traincost_status status)
{
    switch (status) {
#define NAME(name, number, text)                                                                               \
    case TRAINCOST_##name:                                                                                     \
        return "TRAINCOST_" #name;
        TRAINCOST_STATUS_MAP(NAME)
#undef NAME
    }
    return "TRAINCOST_?";
}

const char *traincost_status_text(traincost_status status)
{
    switch (status) {
#define TEXT(name, number, text)                                                                               \
    case TRAINCOST_##name:                                                                                     \
        return text;
        TRAINCOST_STATUS_MAP(TEXT)
#undef TEXT
    }
    return "a status that this version does not know";
}

/* What is quoted may hold anything; the message stays one line. */
static void keep_to_one_line(char *message)
{
    for (; *message; message++)
        if ((unsigned char)*message < 0x20 || *message == 0x7f)
            *message = '?';
}

traincost_status error_set(traincost_error *error, traincost_status status, const char *format, ...)
{
    if (!error)
        return status;
    error->status = status;
    error->line = 0;
    error->column = 0;
    error->key[0] = '\0';
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    keep_to_one_line(error->message);
    return status;
}

void error_prefix(traincost_error *error, const char *format, ...)
{
    if (!error)
        return;
    char prefix[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(prefix, sizeof prefix, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    size_t used = strlen(prefix), kept = strlen(error->message);
    size_t most = sizeof error->message - 3;
    size_t room = kept < most ? most - kept : 0; /* the reason is kept, whatever becomes of the way to it */
    if (used > room && room < 8)
        return;
    used = used < room ? used : room;
    memmove(error->message + used + 2, error->message, kept);
    memcpy(error->message, prefix, used);
    memcpy(error->message + used, ": ", 2);
    error->message[used + 2 + kept] = '\0';
    keep_to_one_line(error->message);
}

void error_place(traincost_error *error, int line, int column)
{
    if (!error)
        return;
    if (line > 0)
        error->line = line;
    if (column > 0)
        error->column = column;
}

traincost_status error_unknown(traincost_error *error, const char *what, const char *given, const char *meant,
                               const char *otherwise)
{
    if (meant)
        return error_set(error, TRAINCOST_UNKNOWN, "unknown %s '%.60s': did you mean %s?", what, given, meant);
    return error_set(error, TRAINCOST_UNKNOWN, "unknown %s '%.60s'%s%s", what, given, *otherwise ? ": " : "",
                     otherwise);
}

traincost_status error_choice(traincost_error *error, const char *what, const char *given, const char *values)
{
    char words[256];
    struct text_search search = {.given = given};
    snprintf(words, sizeof words, "%s", values);
    for (char *word = words, *end; word; word = end) {
        if ((end = strchr(word, '|')))
            *end++ = '\0';
        text_try(&search, word);
    }
    const char *meant = text_meant(&search);
    return error_set(error, TRAINCOST_UNKNOWN, "%s '%.60s': it is one of %s%s%s%s", what, given, values,
                     meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "");
}

traincost_status error_limit(traincost_error *error, int most, const char *what)
{
    char number[TEXT_NUMBER];
    return error_set(error, TRAINCOST_LIMIT, "more than %s %s (traincost-scenario(5), LIMITS)",
                     text_print_grouped(most, 15, number), what);
}

traincost_status error_about(traincost_error *error, traincost_status status, const char *key)
{
    if (error && status != TRAINCOST_OK && status != TRAINCOST_NO_MEMORY && !error->key[0])
        snprintf(error->key, sizeof error->key, "%s", key);
    return status;
}

traincost_status error_null(traincost_error *error, const char *function)
{
    static const char before[] = "; the error before: ";
    char reason[sizeof error->message] = "";
    const char *kept = NULL;
    if (error && error->status == TRAINCOST_INVALID) {
        kept = strstr(error->message, before);
        kept = kept ? kept + strlen(before) : NULL;
    } else if (error && error->status)
        kept = traincost_error_message(error);
    if (kept)
        memcpy(reason, kept, strlen(kept) + 1);
    return error_set(error, TRAINCOST_INVALID, "%s: NULL was given where it may not be%s%s", function,
                     kept ? before : "", reason);
}

traincost_status error_no_memory(traincost_error *error)
{
    return error_set(error, TRAINCOST_NO_MEMORY, "out of memory");
}
