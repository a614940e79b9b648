/* The same answer as text, JSON and CSV. A renderer writes and gives an exit_status; whether the writing
 * went well is seen when the output is closed. */
#ifndef CLI_RENDER_H
#define CLI_RENDER_H

#include "output.h"

#include <stdbool.h>
#include <traincost.h>

struct estimate_view {
    const traincost_result *result;
    bool explain;
    bool all_quantiles; /* they were asked for: text shows all that fit */
    bool samples;       /* how many were taken is told */
};

/* False where memory ran out. */
bool render_text(const struct output *output, const struct estimate_view *view);
bool render_json(const struct output *output, const struct estimate_view *view);
bool render_csv(const struct output *output, const struct estimate_view *view);

/* A price with what it was asked for; `date` and `term` are NULL for the hardware price. */
struct priced {
    const char *date;
    const char *term;
    traincost_price *price;
};

struct chips_view {
    const traincost_catalog *catalog;
    const char *date; /* of the prices in the list */
    const char *term;
    const char *asked;          /* the name as it was given; NULL: all chips */
    const traincost_chip *chip; /* that one */
    bool usual;                 /* the name stands for several */
    struct priced *prices;      /* of each chip in the list; of the one, by date and term */
    size_t price_count;
    traincost_price *hardware; /* of the one */
};

bool render_chips_text(const struct output *output, const struct chips_view *view);
bool render_chips_json(const struct output *output, const struct chips_view *view);
bool render_chips_csv(const struct output *output, const struct chips_view *view);

/* "bf16": the names of the formats, in the order of traincost_chip's `peak`. */
extern const char *const format_names[TRAINCOST_FORMATS];

/* "p2.5" for 0.025. */
enum { LEVEL_NAME = 32 };
void level_name(double level, char out[LEVEL_NAME]);

#endif
