/* traincost batch --merge: the answers of parts, put together in the order of the rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "commands/batch_merge.h"

#include "records.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct part {
    struct records records;
    struct record record;
    const char *name;
};

struct merging {
    struct session *session;
    struct part *parts;
    size_t count;
};

static int complain_part(const struct merging *merge, const struct part *part, const char *why)
{
    complain(merge->session->err, "%s: %s", part->name, why);
    return EXIT_INPUT;
}

static int open_part(const struct merging *merge, struct part *part)
{
    int fd = open(part->name, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && records_open(&part->records, fd))
        return EXIT_DONE;
    complain(merge->session->err, "%s: %s", part->name, strerror(errno));
    return EXIT_TROUBLE;
}

static int next_of_part(const struct merging *merge, struct part *part, bool *found)
{
    while (!(*found = records_next(&part->records, &part->record)) && !part->records.done)
        if (!records_read(&part->records)) {
            complain(merge->session->err, "%s: %s", part->name, strerror(errno));
            return EXIT_TROUBLE;
        }
    if (*found && !part->record.ended)
        return complain_part(merge, part, "its last row is not whole: --resume it");
    return EXIT_DONE;
}

static void put_record(const struct merging *merge, const struct record *record)
{
    fwrite(record->text, 1, record->length, merge->session->output->file);
    putc('\n', merge->session->output->file);
}

/* All begin with the same first line, or with JSON. */
static int merge_headers(struct merging *merge)
{
    const struct record *first = &merge->parts[0].record;
    int status = EXIT_DONE;
    for (size_t i = 0; i < merge->count && status == EXIT_DONE; i++) {
        struct part *part = &merge->parts[i];
        bool found = false;
        if (!records_read(&part->records)) {
            complain(merge->session->err, "%s: %s", part->name, strerror(errno));
            return EXIT_TROUBLE;
        }
        if (part->records.end)
            part->records.lines = part->records.buffer[0] == '{';
        if (part->records.lines)
            continue;
        status = next_of_part(merge, part, &found);
        if (status == EXIT_DONE && !found)
            return complain_part(merge, part, "it is empty: --resume it");
        if (status == EXIT_DONE && i && (first->length != part->record.length ||
                                         memcmp(first->text, part->record.text, first->length) != 0))
            return complain_part(merge, part, "its first line is another than that of the first part");
    }
    if (status == EXIT_DONE && !merge->parts[0].records.lines)
        put_record(merge, first);
    return status;
}

/* A row of each part in turn. Where one ends, so do those behind it, and in the next turn all. */
static int merge_part_rows(struct merging *merge)
{
    for (bool over = false; !over;)
        for (size_t i = 0; i < merge->count; i++) {
            bool found = false;
            int status = next_of_part(merge, &merge->parts[i], &found);
            if (status != EXIT_DONE)
                return status;
            if (found && over)
                return complain_part(merge, &merge->parts[i],
                                     "a part before it lacks a row: --resume that, or put the parts in their order");
            over = over || !found;
            if (found)
                put_record(merge, &merge->parts[i].record);
        }
    return EXIT_DONE;
}

static int merge_parts(struct merging *merge)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < merge->count && status == EXIT_DONE; i++) {
        merge->parts[i].name = merge->session->arguments->operands[i];
        merge->parts[i].records.fd = -1;
        status = open_part(merge, &merge->parts[i]);
    }
    if (status == EXIT_DONE)
        status = merge_headers(merge);
    if (status == EXIT_DONE)
        status = merge_part_rows(merge);
    for (size_t i = 0; i < merge->count; i++) {
        if (merge->parts[i].records.buffer)
            close(merge->parts[i].records.fd);
        records_close(&merge->parts[i].records);
    }
    return status;
}

int batch_merge(struct session *session)
{
    struct merging merge = {.session = session, .count = session->arguments->operand_count};
    if (merge.count == 0) {
        complain(session->err, "--merge takes the answers of all parts, in their order");
        return EXIT_INPUT;
    }
    merge.parts = calloc(merge.count, sizeof *merge.parts);
    if (!merge.parts) {
        complain(session->err, "out of memory");
        return EXIT_TROUBLE;
    }
    int status = merge_parts(&merge);
    free(merge.parts);
    return status;
}
