/* Records in a buffer that grows with the longest of them alone. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "records.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_ROOM = 1 << 18 };
enum { CELL_BEGINS, CELL_PLAIN, CELL_QUOTED, CELL_QUOTE };

bool records_open(struct records *records, int fd)
{
    *records = (struct records){.fd = fd, .room = FIRST_ROOM};
    records->buffer = malloc(records->room);
    return records->buffer != NULL;
}

void records_close(struct records *records)
{
    free(records->buffer);
    records->buffer = NULL;
}

/* Moves what is left to the front, and makes room where that fills the buffer. */
static bool make_record_room(struct records *records)
{
    size_t left = records->end - records->begin;
    records->before += (long long)records->begin;
    memmove(records->buffer, records->buffer + records->begin, left);
    records->at -= records->begin;
    records->begin = 0;
    records->end = left;
    if (left < records->room)
        return true;
    char *grown = realloc(records->buffer, 2 * records->room);
    if (!grown)
        return false;
    records->buffer = grown;
    records->room *= 2;
    return true;
}

bool records_read(struct records *records)
{
    if (!make_record_room(records)) {
        errno = ENOMEM;
        return false;
    }
    for (;;) {
        ssize_t count = read(records->fd, records->buffer + records->end, records->room - records->end);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        records->end += (size_t)count;
        records->done = count == 0;
        return true;
    }
}

/* A quote opens at the beginning of a cell alone. */
static int after_byte(int place, char c)
{
    switch (place) {
    case CELL_QUOTED:
        return c == '"' ? CELL_QUOTE : CELL_QUOTED;
    case CELL_QUOTE:
        return c == '"' ? CELL_QUOTED : c == ',' ? CELL_BEGINS : CELL_PLAIN;
    case CELL_BEGINS:
        return c == '"' ? CELL_QUOTED : c == ' ' || c == '\t' || c == ',' ? CELL_BEGINS : CELL_PLAIN;
    default:
        return c == ',' ? CELL_BEGINS : CELL_PLAIN;
    }
}

/* Moves to the line's end; false where it was not read yet. */
static bool find_end(struct records *records)
{
    for (; records->at < records->end; records->at++) {
        char c = records->buffer[records->at];
        if (c == '\n' && (records->lines || records->place != CELL_QUOTED))
            return true;
        if (!records->lines)
            records->place = after_byte(records->place, c);
    }
    return false;
}

static bool is_blank_record(const struct record *record)
{
    for (size_t i = 0; i < record->length; i++)
        if (!strchr(" \t\r", record->text[i]) || !record->text[i])
            return false;
    return !record->too_long;
}

/* Gives up what was read of a record that is longer than is kept. */
static void skip_record(struct records *records)
{
    if (records->at - records->begin < RECORD_MOST)
        return;
    records->skipping = true;
    records->begin = records->at;
}

bool records_next(struct records *records, struct record *record)
{
    while (find_end(records) || (records->done && (records->end > records->begin || records->skipping))) {
        bool ended = records->at < records->end;
        *record = (struct record){records->buffer + records->begin, records->at - records->begin, ended,
                                  records->skipping};
        if (record->too_long)
            record->length = 0;
        records->at += ended;
        records->begin = records->at;
        records->place = CELL_BEGINS;
        records->skipping = false;
        if (!is_blank_record(record))
            return true;
    }
    skip_record(records);
    return false;
}

long long records_offset(const struct records *records)
{
    return records->before + (long long)records->begin;
}
