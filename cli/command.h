/* What every command shares: exit status, the session, the table of commands. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>
#include <traincost.h>

enum exit_status {
    EXIT_DONE = 0,
    EXIT_REFUTED = 1, /* `check`: the claim is low, high or impossible; the answer was given */
    EXIT_INPUT = 2,   /* usage, or input that is not right */
    EXIT_TROUBLE = 3, /* a file that cannot be read or written; no memory */
};

struct arguments;
struct output;

/* One run of the program, as a command sees it. */
struct session {
    const struct arguments *arguments;
    struct output *output;
    FILE *err;
    traincost_error *error; /* for every library call */
};

struct command {
    const char *name;
    const char *usage; /* what stands after "traincost" */
    const char *summary;
    bool estimates;                      /* takes the library's parameters and options */
    bool claims;                         /* takes its claims too */
    const char *const *refused;          /* of those options the ones that mean nothing to it; NULL: none */
    const char *const *options;          /* the others that it takes, by name, NULL at the end */
    int (*run)(struct session *session); /* an exit_status */
};

/* Sorted as --help shows them; NULL past the end. The first is the one that needs no name. */
const struct command *command_at(size_t index);
/* NULL where there is none. */
const struct command *command_find(const char *name);

/* The program: all but closing `out`. It changes nothing but getopt's own variables. */
int command_main(int argc, char **argv, FILE *out, FILE *err);

/* "traincost: ..." on one line, whatever stands in the arguments. */
#if defined(__GNUC__)
__attribute__((__format__(__printf__, 2, 3)))
#endif
void complain(FILE *err, const char *format, ...);

/* Complains of what the library found, with the place in `file` (NULL: none), and gives the exit status. */
int complain_error(const struct session *session, const char *file);

/* To be called when the answer is ready to be written: a file loses what was in it. An exit_status. */
int begin_answer(const struct session *session);

/* What a command does with the catalogue, every --catalog laid over it, and with what --format asks for: an
 * index into `formats` (NULL at the end); the first holds where nothing was asked for. All give an exit_status.
 */
typedef int catalog_work(struct session *session, const traincost_catalog *catalog, size_t format);
int with_catalog(struct session *session, const char *const *formats, catalog_work *work);

/* The run of each command. */
int estimate_command(struct session *session);
int check_command(struct session *session);
int claims_command(struct session *session);
int compare_command(struct session *session);
int solve_command(struct session *session);
int sweep_command(struct session *session);
int chips_command(struct session *session);

#endif
