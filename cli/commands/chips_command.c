/* traincost chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"
#include "output.h"
#include "render/render_chips.h"
#include "render/render_pages.h"
#include "render/render_pictures.h"

#include <stdlib.h>
#include <string.h>

enum { TERM_WORD = 32, TERMS_MOST = 16 };

struct terms {
    char words[TERMS_MOST][TERM_WORD];
    size_t count;
};

/* The one asked for, or all words of the parameter "term", which the library's table lists. */
static void list_terms(struct terms *terms, const char *asked)
{
    const char *at = asked ? asked : traincost_parameter_find("term")->values;
    terms->count = 0;
    while (*at && terms->count < TERMS_MOST) {
        size_t length = strcspn(at, "|");
        snprintf(terms->words[terms->count++], TERM_WORD, "%.*s", (int)length, at);
        at += length + (at[length] == '|');
    }
}

static int add_price(struct session *session, struct chips_view *view, const traincost_chip *chip,
                     const char *date, const char *term)
{
    struct priced *priced = &view->prices[view->price_count];
    *priced = (struct priced){date, term, NULL};
    const traincost_market market = {date, term, view->tier, view->region};
    if (traincost_catalog_market_price(view->catalog, chip, &market, &priced->price, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    view->price_count++;
    return EXIT_DONE;
}

static int price_all(struct session *session, struct chips_view *view)
{
    const traincost_chip *chip;
    int status = EXIT_DONE;
    for (size_t i = 0; status == EXIT_DONE && (chip = traincost_catalog_chip(view->catalog, i)); i++)
        status = add_price(session, view, chip, view->date, view->term);
    return status;
}

/* Today's price and that at --date, on each term. */
static int price_one(struct session *session, struct chips_view *view, const struct terms *terms)
{
    const char *today = traincost_catalog_date(view->catalog);
    const char *dates[] = {today, view->date};
    size_t date_count = strcmp(view->date, today) != 0 ? 2 : 1;
    int status = EXIT_DONE;
    for (size_t d = 0; d < date_count; d++)
        for (size_t i = 0; i < terms->count && status == EXIT_DONE; i++)
            status = add_price(session, view, view->chip, dates[d], terms->words[i]);
    if (status != EXIT_DONE)
        return status;
    if (traincost_catalog_hardware_price(view->catalog, view->chip, &view->hardware, session->error) != TRAINCOST_OK ||
        traincost_catalog_purchase_price(view->catalog, view->chip, view->date, &view->purchase, session->error) !=
            TRAINCOST_OK)
        return complain_error(session, NULL);
    return EXIT_DONE;
}

static int find_chip(struct session *session, struct chips_view *view)
{
    const struct arguments *arguments = session->arguments;
    int usual = 0;
    if (arguments->operand_count == 0)
        return EXIT_DONE;
    if (arguments->operand_count > 1) {
        complain(session->err, "unexpected argument '%s': chips takes one name", arguments->operands[1]);
        return EXIT_INPUT;
    }
    view->asked = arguments->operands[0];
    if (traincost_catalog_find(view->catalog, view->asked, &view->chip, &usual, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    view->usual = usual != 0;
    return EXIT_DONE;
}

static int fill_view(struct session *session, struct chips_view *view, struct terms *terms)
{
    const char *term = run_stated(session, OPTION_PARAMETER, "term");
    const char *date = run_stated(session, OPTION_PARAMETER, "date");
    size_t chips = 0;
    while (traincost_catalog_chip(view->catalog, chips))
        chips++;
    view->date = date ? date : traincost_catalog_date(view->catalog);
    view->term = term ? term : "cluster";
    view->only_term = term;
    view->tier = run_stated(session, OPTION_PARAMETER, "tier");
    view->region = run_stated(session, OPTION_PARAMETER, "region");
    view->prices = calloc(chips + (size_t)2 * TERMS_MOST, sizeof *view->prices);
    if (!view->prices) {
        complain(session->err, "out of memory");
        return EXIT_TROUBLE;
    }
    int status = find_chip(session, view);
    if (status != EXIT_DONE)
        return status;
    list_terms(terms, term);
    return view->chip ? price_one(session, view, terms) : price_all(session, view);
}

static int render_chips(struct session *session, size_t format, const struct chips_view *view)
{
    static bool (*const renderers[])(const struct output *, const struct chips_view *) = {
        render_chips_text, render_chips_json, render_chips_csv,
        render_chips_svg,  render_chips_html, render_chips_plot};
    return answered(session, renderers[format](session->output, view));
}

static void free_view(struct chips_view *view)
{
    for (size_t i = 0; i < view->price_count; i++)
        traincost_price_free(view->prices[i].price);
    free(view->prices);
    traincost_price_free(view->hardware);
    traincost_price_free(view->purchase);
}

static int show_chips(struct session *session, const traincost_catalog *catalog, size_t format)
{
    struct chips_view view = {.catalog = catalog};
    struct terms terms; /* the view points into it */
    int status = fill_view(session, &view, &terms);
    if (status == EXIT_DONE)
        status = render_chips(session, format, &view);
    free_view(&view);
    return status;
}

int chips_command(struct session *session)
{
    static const char *const formats[] = {"text", "json", "csv", "svg", "html", "plot", NULL};
    return with_catalog(session, formats, show_chips);
}
