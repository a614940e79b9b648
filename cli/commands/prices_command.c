/* traincost prices import: a price list of others as a table of the catalogue. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"

#include <string.h>

static void tell_import(FILE *err, const traincost_import *counts)
{
    const struct {
        size_t count;
        const char *what;
    } lines[] = {
        {counts->rows, counts->rows == 1 ? "row in the list" : "rows in the list"},
        {counts->written, counts->written == 1 ? "price written" : "prices written"},
        {counts->repeated, "at a price already written"},
        {counts->without_chip, "skipped: no accelerator"},
        {counts->parts, "skipped: part of a chip"},
        {counts->unpriced, "skipped: not offered, or no price"},
        {counts->no_spot, "skipped: spot not below on-demand"},
        {counts->foreign, "skipped: no rate of the currency"},
        {counts->unknown, "skipped: unknown chip"},
        {counts->assumed, "taken to be in USD, as no column says in what; --currency EUR says so"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].count)
            fprintf(err, "%8zu %s\n", lines[i].count, lines[i].what);
}

static int import_prices(struct session *session, const traincost_catalog *catalog, size_t format)
{
    const struct arguments *arguments = session->arguments;
    const char *date = run_stated(session, OPTION_PARAMETER, "date");
    char *csv = NULL;
    traincost_import *counts = NULL;
    (void)format;
    if (arguments->operand_count != 3 || strcmp(arguments->operands[0], "import") != 0) {
        complain(session->err, "prices takes a kind of list and a file, as in: prices import skypilot vms.csv");
        return EXIT_INPUT;
    }
    if (!date) {
        complain(session->err, "prices import needs --date: when the list was read");
        return EXIT_INPUT;
    }
    const char *path = strcmp(arguments->operands[2], "-") ? arguments->operands[2] : "/dev/stdin";
    if (traincost_prices_import_in(catalog, arguments->operands[1], path, date,
                                   arguments_last(arguments, "vendor"), arguments_last(arguments, "map"),
                                   arguments_last(arguments, "currency"), &csv, &counts,
                                   session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    fputs(csv, session->output->file);
    traincost_text_free(csv);
    tell_import(session->err, counts);
    if (counts->unknown)
        complain(session->err, "unknown chips, the most frequent first: %s; --map names them", counts->unknown_chips);
    bool known = counts->unknown <= counts->rows - counts->without_chip - counts->unknown;
    traincost_import_free(counts);
    if (known)
        return EXIT_DONE;
    complain(session->err, "over half of the rows are of unknown chips");
    return EXIT_INPUT;
}

int prices_command(struct session *session)
{
    static const char *const formats[] = {"csv", NULL};
    return with_catalog(session, formats, import_prices);
}
