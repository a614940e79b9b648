/* Going on with answers that were begun: after the last whole row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_BATCH_RESUME_H
#define CLI_BATCH_RESUME_H

#include "outlet.h"
#include "records.h"
#include "session.h"

struct batch_resume {
    const char *path; /* NULL: nothing is gone on with */
    struct outlet out;
    struct records old;
    bool header;             /* stands there already */
    bool ended;              /* what stands there was gone through */
    unsigned long long rows; /* that were answered before */
};

/* Opens what --resume names, and lets `*out` be it. Each gives an exit_status. */
int batch_resume_open(struct batch_resume *resume, struct session *session, struct outlet **out);
/* Looks for the header (NULL: of JSON, none), which must be that. */
int batch_resume_begin(struct batch_resume *resume, const char *header, struct session *session);
/* Whether the row is still wanted, and where not, whether it failed; its answer must be one to that row. */
int batch_resume_row(struct batch_resume *resume, const struct record *row, struct session *session, bool *wanted,
                     bool *failed);
/* Complains where more rows are answered than there are. */
int batch_resume_check_end(struct batch_resume *resume, struct session *session);
/* Ends the file before whatever is left of it: a total is written anew. */
int batch_resume_end(struct batch_resume *resume, struct session *session);
int batch_resume_close(struct batch_resume *resume, struct session *session);

#endif
