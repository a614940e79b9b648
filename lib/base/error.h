/* The error record: a code, a message and a place, owned by the caller. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_ERROR_H
#define LIB_ERROR_H

#include <traincost.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(at, first) __attribute__((__format__(__printf__, at, first)))
#else
#define PRINTF_LIKE(at, first)
#endif

/* Fills `error` (which may be NULL) and returns `status`. The format is for %s, %d and %zu only: a
 * floating conversion would follow the locale, so numbers go through text.h first. */
traincost_status error_set(traincost_error *error, traincost_status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Puts "prefix: " before the message that is there. */
void error_prefix(traincost_error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/* Names the place: a line of a file and a column in it or in the text; 0 where there is none. */
void error_place(traincost_error *error, int line, int column);

/* UNKNOWN: "unknown WHAT 'GIVEN': did you mean MEANT?", or ": OTHERWISE" where `meant` is NULL. */
traincost_status error_unknown(traincost_error *error, const char *what, const char *given, const char *meant,
                               const char *otherwise);

/* UNKNOWN: "WHAT 'GIVEN': it is one of a|b|c", the words of `values`, and which of them is meant, if one is. */
traincost_status error_choice(traincost_error *error, const char *what, const char *given, const char *values);

/* Where `status` is one, notes which key was stated wrongly, unless one is noted; gives the status. */
traincost_status error_about(traincost_error *error, traincost_status status, const char *key);

/* INVALID: a public function was given a NULL that it does not take. The reason that is there already, as of an
 * object whose making failed, stands behind it. */
traincost_status error_null(traincost_error *error, const char *function);

traincost_status error_no_memory(traincost_error *error);

#endif
