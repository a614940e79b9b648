/* The same answer as text, JSON and CSV. A renderer writes and gives an exit_status; whether the writing
 * went well is seen when the output is closed. */
#ifndef CLI_RENDER_H
#define CLI_RENDER_H

#include "display.h"
#include "output.h"

#include <stdbool.h>
#include <traincost.h>

struct estimate_view {
    const traincost_result *result;
    bool explain;
    bool all_quantiles; /* they were asked for: text shows all that fit */
    bool all_outputs;   /* they were asked for: text shows those that it leaves to the others too */
    bool samples;       /* how many were taken is told */
};

/* False where memory ran out. */
bool render_text(const struct output *output, const struct estimate_view *view);
bool render_json(const struct output *output, const struct estimate_view *view);
bool render_csv(const struct output *output, const struct estimate_view *view);

/* The outputs that text shows where none were asked for, as the option takes them; 512 bytes hold them. */
void render_text_outputs(char *list, size_t size);

/* What the rents rest on; every input with its range and source. */
void render_price_sources(const struct output *output, const traincost_result *result);
void render_inputs(const struct output *output, const traincost_result *result);

/* Checks of claims, in order; `ids` are those of the catalogue. */
struct check_view {
    const traincost_report *const *reports;
    const char *const *ids;
    size_t count;
    bool explain;
};

/* One check, whole. */
bool render_check_text(const struct output *output, const struct check_view *view);
bool render_check_json(const struct output *output, const struct check_view *view);
/* A line a check. */
bool render_claims_text(const struct output *output, const struct check_view *view);
bool render_claims_json(const struct output *output, const struct check_view *view);
bool render_claims_csv(const struct output *output, const struct check_view *view);

struct compare_view {
    const traincost_comparison *comparison;
    const traincost_scenario *const *runs; /* NULL: one run on several chips */
    const char *const *operands;           /* as the runs were named */
    size_t count;
    bool all_outputs; /* they were asked for: text shows all of them */
    bool deadline;    /* the chips follow from the work, not the hours */
};

/* The runs by rank, where they are ranked. */
bool render_ranking_text(const struct output *output, const struct compare_view *view);
bool render_compare_text(const struct output *output, const struct compare_view *view);
bool render_compare_json(const struct output *output, const struct compare_view *view);
bool render_compare_csv(const struct output *output, const struct compare_view *view);

/* A solution; how its estimate is shown. */
struct solve_view {
    const traincost_solution *solution;
    struct estimate_view estimate;
};

bool render_solve_text(const struct output *output, const struct solve_view *view);
bool render_solve_json(const struct output *output, const struct solve_view *view);
bool render_solve_csv(const struct output *output, const struct solve_view *view);
struct sweep_view {
    const traincost_sweep *sweep;
    const char *first; /* the output that a table of two parameters shows */
};

bool render_sweep_text(const struct output *output, const struct sweep_view *view);
bool render_sweep_json(const struct output *output, const struct sweep_view *view);
bool render_sweep_csv(const struct output *output, const struct sweep_view *view);

/* The name of the run, else how it was named. */
const char *compare_name(const struct compare_view *view, size_t run);

/* What an output is called in the tables of text; its key where it has no name there. */
const char *output_words(const char *key);

/* "$294k", "about $5M", "over $100M", "433 MWh". */
enum { CLAIM_WORDS = 96 };
void claim_words(const traincost_claim *claim, char out[CLAIM_WORDS]);

/* What scopes are called in prose: "rent with base" for "with_base_usd". */
const char *scope_words(const traincost_scope *scope);

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

/* "5 %", "median": the title of a column. */
void level_title(double level, char out[DISPLAY_FIGURE]);

/* "p2.5" for 0.025. */
enum { LEVEL_NAME = 32 };
void level_name(double level, char out[LEVEL_NAME]);

#endif
