/* traincost batch: rows in, their answers out, in order. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "commands/batch_merge.h"
#include "commands/batch_resume.h"
#include "commands/commands.h"
#include "records.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Rows that are answered at a time, at most; what a pipe gives at once is fewer. */
enum { ROWS_AT_A_TIME = 1024 };

struct batch_work {
    struct session *session;
    traincost_batch *batch;
    struct records in;
    const char *name; /* of the input */
    struct batch_resume resume;
    struct outlet *out;
    unsigned long long part, parts; /* of every `parts` rows the one at `part`, from 0 */
    unsigned long long row, answered, failed;
    traincost_row rows[ROWS_AT_A_TIME];
    bool written[ROWS_AT_A_TIME]; /* before: the row is only counted in the total */
    bool total;
    struct timespec began, told;
    long long size; /* of the input; 0: unknown */
    bool shows;     /* progress, on a terminal */
};

/* ---- what is asked ---- */

/* "3/100" */
static int take_part(struct batch_work *work)
{
    const char *text = arguments_last(work->session->arguments, "part");
    char *end = NULL;
    work->parts = 1;
    if (!text)
        return EXIT_DONE;
    work->part = strtoull(text, &end, 10) - 1;
    if (*end == '/' && end[1] >= '0' && end[1] <= '9')
        work->parts = strtoull(end + 1, &end, 10);
    else
        work->parts = 0;
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && work->part < work->parts)
        return EXIT_DONE;
    complain(work->session->err, "--part '%.60s': write which part of how many, as in 3/100", text);
    return EXIT_INPUT;
}

static int ask_for_total(struct batch_work *work)
{
    work->total = arguments_last(work->session->arguments, "total") != NULL;
    if (work->total && work->parts > 1) {
        complain(work->session->err, "option '--total': a part has none; it is of all rows together");
        return EXIT_INPUT;
    }
    if (work->total && traincost_batch_keep_total(work->batch, work->session->error) != TRAINCOST_OK)
        return complain_error(work->session, NULL);
    return EXIT_DONE;
}

/* Parameters and claims that the options state hold for every row. */
static int state_for_all(struct batch_work *work)
{
    const struct arguments *arguments = work->session->arguments;
    for (size_t i = 0; i < arguments->count; i++) {
        const struct statement *s = &arguments->settings[i];
        if ((s->kind == OPTION_PARAMETER || s->kind == OPTION_CLAIM) &&
            traincost_batch_state(work->batch, s->name, s->value, work->session->error) != TRAINCOST_OK)
            return complain_error(work->session, NULL);
    }
    return EXIT_DONE;
}

static int open_rows(struct batch_work *work)
{
    const struct arguments *arguments = work->session->arguments;
    const char *path = arguments->operand_count ? arguments->operands[0] : "-";
    struct stat about;
    bool standard = !strcmp(path, "-");
    if (arguments->operand_count > 1) {
        complain(work->session->err, "unexpected argument '%s': batch takes one file", arguments->operands[1]);
        return EXIT_INPUT;
    }
    work->name = standard ? "standard input" : path;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        work->size = about.st_size;
    if (fd < 0 || !records_open(&work->in, fd)) {
        complain(work->session->err, "%s: %s", work->name, strerror(errno));
        return EXIT_TROUBLE;
    }
    return EXIT_DONE;
}

static void close_rows(struct batch_work *work)
{
    if (work->in.buffer && work->in.fd != STDIN_FILENO)
        close(work->in.fd);
    records_close(&work->in);
}

static int complain_input(const struct batch_work *work, const char *why)
{
    complain(work->session->err, "%s: %s", work->name, why);
    return EXIT_INPUT;
}

static int complain_system(const struct batch_work *work)
{
    complain(work->session->err, "%s: %s", work->name, strerror(errno));
    return EXIT_TROUBLE;
}

/* ---- the first rows ---- */

/* Whether the JSON that begins there is a list, or spread over lines. */
static bool is_no_json_line(const struct records *in, size_t at)
{
    bool list = in->buffer[at] == '[';
    do
        at++;
    while (at < in->end && strchr(" \t\r", in->buffer[at]));
    bool ends = at < in->end && in->buffer[at] == '\n';
    return list ? ends || (at < in->end && in->buffer[at] == '{') : ends && in->lines;
}

/* Reads until it is known what the rows are: JSON begins with a brace. */
static int look_at_input(struct batch_work *work)
{
    struct records *in = &work->in;
    do {
        if (!records_read(in))
            return complain_system(work);
    } while (!in->done && in->end < 4);
    const unsigned char *bytes = (const unsigned char *)in->buffer;
    bool utf16 =
        in->end >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF));
    if (utf16 || (in->end >= 2 && (!bytes[0] || !bytes[1])))
        return complain_input(work, "this is UTF-16, or no text: save it as UTF-8");
    if (in->end >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3))
        in->begin = in->at = 3;
    size_t first = in->begin;
    while (first < in->end && strchr(" \t\r\n", in->buffer[first]))
        first++;
    if (first == in->end && in->done)
        return complain_input(work, "it has no rows");
    in->lines = in->buffer[first] == '{';
    if (is_no_json_line(in, first))
        return complain_input(work, "rows of JSON are objects, a line each; 'jq -c' writes them so");
    const char *asked = format_asked(work->session);
    if (asked && !strcmp(asked, "json") != in->lines)
        return complain_input(work, in->lines ? "rows of JSON are answered as JSON"
                                              : "rows of a CSV are answered as CSV");
    return EXIT_DONE;
}

static int next_record(struct batch_work *work, struct record *record)
{
    while (!records_next(&work->in, record)) {
        if (work->in.done)
            return complain_input(work, "it has no rows");
        if (!records_read(&work->in))
            return complain_system(work);
    }
    return EXIT_DONE;
}

static int take_columns(struct batch_work *work)
{
    struct record record = {0};
    const char *header = NULL;
    if (work->in.lines)
        return batch_resume_begin(&work->resume, NULL, work->session);
    int status = next_record(work, &record);
    if (status != EXIT_DONE)
        return status;
    if (record.too_long)
        return complain_input(work, "its first line is longer than 32 MB");
    if (memchr(record.text, '\0', record.length))
        return complain_input(work, "its first line has a NUL byte: it is no text");
    if (traincost_batch_columns(work->batch, record.text, record.length, &header, work->session->error) !=
        TRAINCOST_OK)
        return complain_error(work->session, work->name);
    status = batch_resume_begin(&work->resume, header, work->session);
    if (status == EXIT_DONE && !work->resume.header)
        fprintf(work->out->file, "%s\n", header);
    return status;
}

/* ---- progress ---- */

static double seconds_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - from->tv_sec) + 1e-9 * (double)(now.tv_nsec - from->tv_nsec);
}

static void show_progress(struct batch_work *work)
{
    double seconds = seconds_since(&work->began);
    if (!work->shows || seconds < 1 || seconds_since(&work->told) < 0.5)
        return;
    clock_gettime(CLOCK_MONOTONIC, &work->told);
    double read = (double)records_offset(&work->in), left = seconds * ((double)work->size / read - 1);
    fprintf(work->session->err, "\r%llu rows, %.0f a second", work->row, (double)work->row / seconds);
    if (work->size && read > 0)
        fprintf(work->session->err, ", %.0f s left ", left);
    fputs("\033[K", work->session->err);
    fflush(work->session->err);
}

static void end_progress(struct batch_work *work)
{
    if (work->shows && seconds_since(&work->began) >= 1)
        fputs("\r\033[K", work->session->err);
}

/* ---- the rows ---- */

/* Whether this row is of the part, and was not answered before. */
static int wants_row(struct batch_work *work, const struct record *record, bool *wanted, bool *written)
{
    bool own = work->row++ % work->parts == work->part, failed = false;
    *wanted = own;
    if (!own)
        return EXIT_DONE;
    int status = batch_resume_row(&work->resume, record, work->session, wanted, &failed);
    *written = !*wanted;
    *wanted |= work->total;
    work->failed += failed;
    return status;
}

/* What was read and is wanted, up to ROWS_AT_A_TIME; `*more`: there may be others. */
static int gather_rows(struct batch_work *work, size_t *count, bool *more)
{
    struct record record;
    bool wanted = false;
    int status = EXIT_DONE;
    *count = 0;
    *more = false;
    while (status == EXIT_DONE && *count < ROWS_AT_A_TIME && (*more = records_next(&work->in, &record))) {
        status = wants_row(work, &record, &wanted, &work->written[*count]);
        if (status == EXIT_DONE && wanted)
            work->rows[(*count)++] = (traincost_row){.text = record.text, .length = record.length};
    }
    return status;
}

/* What is written leaves at once, so that no message overtakes it. */
static int flush_rows(struct batch_work *work)
{
    if (outlet_flush(work->out))
        return EXIT_DONE;
    complain(work->session->err, "%s: %s",
             work->resume.path ? work->resume.path : output_name(work->session->output), strerror(errno));
    return EXIT_TROUBLE;
}

static int answer_gathered(struct batch_work *work, size_t count)
{
    if (traincost_batch_answer(work->batch, work->rows, count, work->session->error) != TRAINCOST_OK)
        return complain_error(work->session, NULL);
    for (size_t i = 0; i < count; i++) {
        if (work->written[i])
            continue;
        work->answered++;
        fwrite(work->rows[i].answer, 1, work->rows[i].answer_length, work->out->file);
        putc('\n', work->out->file);
        work->failed += work->rows[i].status != TRAINCOST_OK;
    }
    return flush_rows(work);
}

static int work_through(struct batch_work *work)
{
    int status = EXIT_DONE;
    for (;;) {
        size_t count = 0;
        bool more = false;
        status = gather_rows(work, &count, &more);
        if (status == EXIT_DONE && count)
            status = answer_gathered(work, count);
        show_progress(work);
        if (status != EXIT_DONE || (!more && work->in.done))
            return status;
        if (!more && !records_read(&work->in))
            return complain_system(work);
    }
}

/* After all rows, and where it stands there already, again. */
static int write_total(struct batch_work *work)
{
    const char *text = NULL;
    size_t length = 0;
    if (traincost_batch_total(work->batch, &text, &length, work->session->error) != TRAINCOST_OK)
        return complain_error(work->session, NULL);
    int status = batch_resume_end(&work->resume, work->session);
    if (status != EXIT_DONE)
        return status;
    fwrite(text, 1, length, work->out->file);
    putc('\n', work->out->file);
    return flush_rows(work);
}

static int do_batch(struct batch_work *work)
{
    int status = look_at_input(work);
    if (status == EXIT_DONE)
        status = take_columns(work);
    if (status == EXIT_DONE)
        status = work_through(work);
    end_progress(work);
    if (status == EXIT_DONE && work->total)
        status = write_total(work);
    else if (status == EXIT_DONE)
        status = batch_resume_check_end(&work->resume, work->session);
    if (status != EXIT_DONE || !work->failed)
        return status;
    complain(work->session->err, "%llu of %llu rows failed: the %s 'error' says why", work->failed,
             work->answered + work->resume.rows, work->in.lines ? "member" : "column");
    return EXIT_REFUTED;
}

/* Batch's own defaults where nothing is asked. */
static int batch_with(struct batch_work *work, const traincost_catalog *catalog, traincost_options *options)
{
    int status = run_options(work->session, options);
    traincost_options_progress(options, NULL, NULL); /* rows are answered on many threads */
    if (status == EXIT_DONE &&
        traincost_batch_new(catalog, options, &work->batch, work->session->error) != TRAINCOST_OK)
        status = complain_error(work->session, NULL);
    if (status == EXIT_DONE)
        status = state_for_all(work);
    if (status == EXIT_DONE)
        status = take_part(work);
    if (status == EXIT_DONE)
        status = ask_for_total(work);
    if (status == EXIT_DONE)
        status = open_rows(work);
    if (status == EXIT_DONE)
        status = batch_resume_open(&work->resume, work->session, &work->out);
    if (status == EXIT_DONE)
        status = do_batch(work);
    int closed = batch_resume_close(&work->resume, work->session);
    close_rows(work);
    traincost_batch_free(work->batch);
    return status == EXIT_DONE || status == EXIT_REFUTED ? (closed != EXIT_DONE ? closed : status) : status;
}

static int batch_rows(struct session *session, const traincost_catalog *catalog, size_t format)
{
    (void)format;
    traincost_options *options = traincost_options_new_for_rows();
    struct batch_work *work = calloc(1, sizeof *work);
    int status = EXIT_TROUBLE;
    if (!options || !work)
        complain(session->err, "out of memory");
    else {
        work->session = session;
        work->out = &session->output->outlet;
        work->shows = isatty(fileno(session->err)) == 1;
        clock_gettime(CLOCK_MONOTONIC, &work->began);
        status = batch_with(work, catalog, options);
    }
    free(work);
    traincost_options_free(options);
    return status;
}

int batch_command(struct session *session)
{
    static const char *const formats[] = {"csv", "json", NULL};
    if (arguments_last(session->arguments, "merge"))
        return batch_merge(session);
    return with_catalog(session, formats, batch_rows);
}
