/* The commands, and which options each takes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <string.h>
#include <strings.h>

static const char *const estimate_takes[] = {
    "budget", "confidence", "scope",   "stage", "catalog", "format", "color",
    "plot",   "output",     "explain", "help",  "version", NULL,
};
static const char *const chips_takes[] = {
    "date", "term", "tier", "region", "catalog", "format", "color", "plot", "output", "help", "version", NULL,
};

static const char *const check_takes[] = {
    "stage", "catalog", "format", "color", "plot", "output", "explain", "help", "version", NULL,
};
static const char *const claims_takes[] = {
    "samples", "seed",  "threads", "sampler", "dollars", "verdict", "mine", "catalog",
    "format",  "color", "plot",    "output",  "help",    "version", NULL,
};
/* A check has quantiles and outputs of its own. */
static const char *const check_refused[] = {"quantiles", "outputs", "sensitivity", NULL};

static const char *const compare_takes[] = {
    "stage", "deadline", "by", "catalog", "format", "color", "plot", "output", "help", "version", NULL,
};
static const char *const compare_refused[] = {"sensitivity", "name", NULL};
static const char *const sweep_takes[] = {
    "vary",  "budget", "steps",  "spacing", "stage",   "catalog", "format",
    "color", "plot",   "output", "help",    "version", NULL,
};
static const char *const sweep_refused[] = {"sensitivity", NULL};

static const char *const solve_takes[] = {
    "budget",  "deadline", "confidence", "scope",   "years",  "use",  "resale",  "min-hold", "rent-drift", "stage",
    "catalog", "format",   "color",      "explain", "output", "help", "version", NULL,
};

static const char *const batch_takes[] = {
    "part", "merge", "resume", "total", "catalog", "format", "output", "help", "version", NULL,
};
static const char *const batch_refused[] = {"sensitivity", "tolerance", NULL};
static const char *const prices_takes[] = {"date",   "vendor", "map",     "currency", "catalog",
                                           "output", "help",   "version", NULL};
static const char *const show_takes[] = {"catalog", "output", "help", "version", NULL};

/* ---- what their help ends with ---- */

static const char estimate_closing[] =
    "\n'traincost check --help' has the options of a claim, 'traincost solve --help'\n"
    "those of a goal.\n\n"
    "Exit status: 0 done; 1 check found low, high or impossible; 2 usage or bad\n"
    "input; 3 could not read or write.\n\n"
    "  traincost 512xH800 --hours 198 --date 2025-01\n"
    "  traincost --stage 512xH800,hours=198 --stage 512xH800,hours=80 --explain\n";

static const char prices_closing[] =
    "\nThe list is a CSV of SkyPilot's catalogue, of gpuhunt, or of any kind that names\n"
    "a chip and what it costs for an hour; what is left out stands on standard error.\n\n"
    "  traincost prices import skypilot vms.csv --date 2026-05 --vendor aws >aws.csv\n"
    "  traincost prices import csv quote.csv --date 2026-05 --currency EUR >ours.csv\n"
    "  traincost 64xH100 --hours 100 --catalog ours.csv\n";

static const struct command commands[] = {
    {"estimate", "[estimate] [RUN] [options]",
     "what a run costs; RUN is a scenario file, the id of a published run, or a cluster as in 512xH800", true,
     false, NULL, estimate_takes, estimate_closing, NULL, NULL, NULL},
    {"check", "check [RUN] [options]",
     "whether a published figure can be true, and what it leaves out: of a published run by its id, or as in "
     "check "
     "512xH800 --hours 278 --claim 294k",
     true, true, check_refused, check_takes, "", NULL, NULL, NULL},
    {"claims", "claims [ID|WORD] [options]",
     "the published runs, each with its claim, our range and a verdict; those of a name, or one of them", false,
     false, NULL, claims_takes, "", NULL, NULL, "4096"},
    {"compare", "compare RUN RUN... | compare --type CHIP,CHIP... [options]",
     "runs side by side, and each over the first, sample by sample: what they share does not blur the ratio; "
     "or the same work on several chips, or on all, ranked by cost, with the probability that each is the "
     "cheapest",
     true, false, compare_refused, compare_takes, "", NULL, NULL, NULL},
    {"solve", "solve WHAT [RUN] [options]",
     "how many hours, chips, tokens, params or FLOP, or which rental-price, a budget allows; how few chips "
     "meet a "
     "deadline; break-even: rent or own",
     true, false, NULL, solve_takes, "", NULL, "text|json|csv|markdown", NULL},
    {"sweep", "sweep [RUN] --vary KEY=VALUES [options]", "a run along one or two parameters, as a table", true,
     false, sweep_refused, sweep_takes, "", NULL, NULL, NULL},
    {"chips", "chips [NAME] [options]", "the catalogue of chips; one chip with its prices and their sources",
     false, false, NULL, chips_takes, "",
     "when the prices hold: YYYY-MM-DD, YYYY-MM or YYYY [the newest price of the catalogue]", NULL, NULL},
    {"prices", "prices import skypilot|gpuhunt|csv FILE --date DATE",
     "a price list of others as a table for --catalog, on standard output; DATE is when it was read", false, false,
     NULL, prices_takes, prices_closing,
     "when the list was read: YYYY-MM-DD, YYYY-MM or YYYY", NULL, NULL},
    {"batch", "batch [FILE] [options]",
     "many rows, a run each: a CSV whose columns are parameters, claims and run, or JSON lines; the options hold for "
     "every row",
     true, true, batch_refused, batch_takes, "", NULL, "csv|json", "4096"},
    {"show", "show RUN", "the scenario file of a published run, to start one's own from", false, false, NULL,
     show_takes, "", NULL, NULL, NULL},
    {"completion", "completion bash|zsh|fish", "what makes a shell complete commands, options and their values",
     false, false, NULL, show_takes, "", NULL, NULL, NULL},
};

const struct command *command_at(size_t index)
{
    return index < sizeof commands / sizeof *commands ? &commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; command_at(i); i++)
        if (!strcasecmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}
