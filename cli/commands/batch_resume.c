/* What a batch that was ended has answered is read beside its rows; what is not whole is cut off. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#define _GNU_SOURCE /* memmem */
#include "commands/batch_resume.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int complain_of_answers(const struct batch_resume *resume, struct session *session)
{
    complain(session->err, "%s: %s", resume->path, strerror(errno));
    return EXIT_TROUBLE;
}

int batch_resume_open(struct batch_resume *resume, struct session *session, struct outlet **out)
{
    const char *path = arguments_last(session->arguments, "resume");
    if (!path)
        return EXIT_DONE;
    if (arguments_last(session->arguments, "output")) {
        complain(session->err, "option '--resume': the answers go to that file, and --output names another");
        return EXIT_INPUT;
    }
    resume->path = path;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0 || !outlet_open(&resume->out, fd)) {
        int status = complain_of_answers(resume, session);
        if (fd >= 0)
            close(fd);
        return status;
    }
    if (!records_open(&resume->old, fd))
        return complain_of_answers(resume, session);
    *out = &resume->out;
    return EXIT_DONE;
}

/* Ends the file there, and writes on from there. */
static int end_answers(struct batch_resume *resume, long long end, struct session *session)
{
    resume->ended = true;
    if (ftruncate(resume->out.fd, (off_t)end) == 0 && lseek(resume->out.fd, (off_t)end, SEEK_SET) >= 0)
        return EXIT_DONE;
    return complain_of_answers(resume, session);
}

int batch_resume_end(struct batch_resume *resume, struct session *session)
{
    if (!resume->path || resume->ended)
        return EXIT_DONE;
    return end_answers(resume, records_offset(&resume->old), session);
}

/* The next whole record; at the first that is not, the file ends before it and is written from there. */
static int next_answer(struct batch_resume *resume, struct record *record, struct session *session, bool *found)
{
    while (!(*found = records_next(&resume->old, record)) && !resume->old.done)
        if (!records_read(&resume->old))
            return complain_of_answers(resume, session);
    if (*found && record->ended)
        return EXIT_DONE;
    long long end = records_offset(&resume->old) - (*found ? (long long)record->length : 0);
    *found = false;
    return end_answers(resume, end, session);
}

int batch_resume_begin(struct batch_resume *resume, const char *header, struct session *session)
{
    struct record record = {0};
    bool found = false;
    if (!resume->path)
        return EXIT_DONE;
    resume->old.lines = header == NULL;
    if (!header)
        return EXIT_DONE;
    int status = next_answer(resume, &record, session, &found);
    if (status != EXIT_DONE || !found)
        return status;
    resume->header = true;
    if (record.length == strlen(header) && !memcmp(record.text, header, record.length))
        return EXIT_DONE;
    complain(session->err, "%s: its first line is not that of these rows and options", resume->path);
    return EXIT_INPUT;
}

/* Whether the answer begins with the row and a comma; empty cells behind the last column are cut. */
static bool begins_with_row(const char *answer, size_t size, const char *row, size_t length)
{
    size_t same = 0;
    while (same < length && same < size && answer[same] == row[same])
        same++;
    bool parted = same < size && (answer[same] == ',' || (same && answer[same - 1] == ','));
    while (same < length && row[same] && strchr(", \t\"", row[same]))
        same++;
    return parted && same == length;
}

/* Whether it begins with the row in quotes, as one that fits no columns. */
static bool begins_with_quoted_row(const char *answer, size_t size, const char *row, size_t length)
{
    size_t at = 1;
    for (size_t i = 0; i < length; i++) {
        bool quote = row[i] == '"';
        if (at + 1 + quote >= size || answer[at] != row[i] || (quote && answer[at + 1] != '"'))
            return false;
        at += 1 + quote;
    }
    return size > at && answer[0] == '"' && answer[at] == '"';
}

/* A line that is no JSON stands in its answer as a text, which is taken as it is. */
static bool answers_row(const struct batch_resume *resume, const struct record *answer, const struct record *row)
{
    static const char before[] = "{\"row\":";
    size_t skip = resume->old.lines ? strlen(before) : 0;
    size_t length = row->length - (row->length && row->text[row->length - 1] == '\r');
    while (resume->old.lines && length && strchr(" \t\r", row->text[length - 1]))
        length--;
    if (row->too_long || (skip && answer->length > skip && answer->text[skip] == '"'))
        return true;
    if (answer->length <= skip)
        return false;
    return begins_with_row(answer->text + skip, answer->length - skip, row->text, length) ||
           (!skip && begins_with_quoted_row(answer->text, answer->length, row->text, length));
}

static bool answer_failed(const struct batch_resume *resume, const struct record *answer)
{
    static const char error[] = ",\"error\":{\"status\":\"TRAINCOST_";
    if (!resume->old.lines)
        return answer->length && answer->text[answer->length - 1] != ',';
    return memmem(answer->text, answer->length, error, strlen(error)) != NULL;
}

int batch_resume_row(struct batch_resume *resume, const struct record *row, struct session *session, bool *wanted,
                     bool *failed)
{
    struct record answer = {0};
    bool found = false;
    if (!resume->path || resume->ended)
        return EXIT_DONE;
    int status = next_answer(resume, &answer, session, &found);
    if (status != EXIT_DONE || !found)
        return status;
    *wanted = false;
    *failed = answer_failed(resume, &answer);
    resume->rows++;
    if (answers_row(resume, &answer, row))
        return EXIT_DONE;
    complain(session->err, "%s: row %llu does not answer that row of the input: one of them was changed",
             resume->path, resume->rows);
    return EXIT_INPUT;
}

int batch_resume_check_end(struct batch_resume *resume, struct session *session)
{
    struct record answer = {0};
    bool found = false;
    if (!resume->path || resume->ended)
        return EXIT_DONE;
    int status = next_answer(resume, &answer, session, &found);
    if (status != EXIT_DONE || !found)
        return status;
    complain(session->err, "%s: it answers more rows than there are", resume->path);
    return EXIT_INPUT;
}

int batch_resume_close(struct batch_resume *resume, struct session *session)
{
    records_close(&resume->old);
    if (!resume->out.file || outlet_close(&resume->out))
        return EXIT_DONE;
    return complain_of_answers(resume, session);
}
