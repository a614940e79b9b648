/* What the record of an error says, and why a file cannot be read. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "base/file.h"
#include "unit/count.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static traincost_error *trouble;

static void open_trouble(void)
{
    trouble = traincost_error_new();
    ck_assert(trouble);
}

static void close_trouble(void)
{
    traincost_error_free(trouble);
}

static void says(traincost_status status, const char *message)
{
    ck_assert_int_eq(traincost_error_status(trouble), status);
    ck_assert_str_eq(traincost_error_message(trouble), message);
}

/* ---- the record ---- */

START_TEST(each_status_has_its_name_and_its_sentence)
{
#define EXPECT(name, number, text)                                                                             \
    ck_assert_int_eq(TRAINCOST_##name, number);                                                                \
    ck_assert_str_eq(traincost_status_name(TRAINCOST_##name), "TRAINCOST_" #name);                             \
    ck_assert_str_eq(traincost_status_text(TRAINCOST_##name), text);
    TRAINCOST_STATUS_MAP(EXPECT)
#undef EXPECT
    ck_assert_str_eq(traincost_status_name((traincost_status)999), "TRAINCOST_?");
    ck_assert_str_eq(traincost_status_text((traincost_status)999), "a status that this version does not know");
}
END_TEST

/* Without a message the status speaks. */
START_TEST(a_new_record_says_that_nothing_is_wrong)
{
    says(TRAINCOST_OK, "no error");
    ck_assert_int_eq(traincost_error_line(trouble), 0);
    ck_assert_int_eq(traincost_error_column(trouble), 0);
    ck_assert_str_eq(traincost_error_key(trouble), "");
    traincost_error_set(trouble, TRAINCOST_UNIT, NULL);
    says(TRAINCOST_UNIT, "a unit that does not fit");
}
END_TEST

/* A later error has no place and no key of an earlier one. */
START_TEST(a_place_and_a_key_belong_to_one_error)
{
    ck_assert_int_eq(error_set(trouble, TRAINCOST_RANGE, "%s", "first"), TRAINCOST_RANGE);
    error_place(trouble, 7, 0);
    error_place(trouble, 0, 3);
    ck_assert_int_eq(error_about(trouble, TRAINCOST_RANGE, "hours"), TRAINCOST_RANGE);
    error_about(trouble, TRAINCOST_RANGE, "chips");
    ck_assert_int_eq(traincost_error_line(trouble), 7);
    ck_assert_int_eq(traincost_error_column(trouble), 3);
    ck_assert_str_eq(traincost_error_key(trouble), "hours");
    error_set(trouble, TRAINCOST_RANGE, "%s", "second");
    ck_assert_int_eq(traincost_error_line(trouble), 0);
    ck_assert_int_eq(traincost_error_column(trouble), 0);
    ck_assert_str_eq(traincost_error_key(trouble), "");
    error_about(trouble, TRAINCOST_OK, "chips");
    error_about(trouble, TRAINCOST_NO_MEMORY, "chips");
    ck_assert_str_eq(traincost_error_key(trouble), "");
}
END_TEST

/* Whatever was quoted; bytes beyond ASCII stay. */
START_TEST(a_message_is_one_line)
{
    error_set(trouble, TRAINCOST_SYNTAX, "%s", "a\nb\tc\033[1m\177 \303\251 \037");
    error_prefix(trouble, "%s", "x\ry");
    says(TRAINCOST_SYNTAX, "x?y: a?b?c?[1m? \303\251 ?");
}
END_TEST

START_TEST(an_unknown_name_has_its_hint)
{
    ck_assert_int_eq(error_unknown(trouble, "chip", "H10O", "H100", ""), TRAINCOST_UNKNOWN);
    says(TRAINCOST_UNKNOWN, "unknown chip 'H10O': did you mean H100?");
    error_unknown(trouble, "key", "colour", NULL, "a run has none");
    says(TRAINCOST_UNKNOWN, "unknown key 'colour': a run has none");
    error_unknown(trouble, "key", "colour", NULL, "");
    says(TRAINCOST_UNKNOWN, "unknown key 'colour'");
}
END_TEST

/* However often: the reason stands once, behind the last function. */
START_TEST(a_null_keeps_the_reason_before_it)
{
    ck_assert_int_eq(error_null(trouble, "first"), TRAINCOST_INVALID);
    says(TRAINCOST_INVALID, "first: NULL was given where it may not be");
    error_null(trouble, "second");
    says(TRAINCOST_INVALID, "second: NULL was given where it may not be");
    error_no_memory(trouble);
    error_null(trouble, "third");
    says(TRAINCOST_INVALID, "third: NULL was given where it may not be; the error before: out of memory");
    error_null(trouble, "fourth");
    says(TRAINCOST_INVALID, "fourth: NULL was given where it may not be; the error before: out of memory");
}
END_TEST

START_TEST(every_error_may_have_no_record)
{
    ck_assert_int_eq(error_set(NULL, TRAINCOST_IO, "%s", "x"), TRAINCOST_IO);
    error_prefix(NULL, "%s", "x");
    error_place(NULL, 1, 1);
    ck_assert_int_eq(error_about(NULL, TRAINCOST_RANGE, "hours"), TRAINCOST_RANGE);
    ck_assert_int_eq(error_null(NULL, "f"), TRAINCOST_INVALID);
    ck_assert_int_eq(error_no_memory(NULL), TRAINCOST_NO_MEMORY);
    traincost_error_set(NULL, TRAINCOST_IO, "x");
    traincost_error_free(NULL);
    ck_assert_int_eq(traincost_error_status(NULL), TRAINCOST_OK);
    ck_assert_str_eq(traincost_error_message(NULL), "no error record was given");
    ck_assert_int_eq(traincost_error_line(NULL) + traincost_error_column(NULL), 0);
    ck_assert_str_eq(traincost_error_key(NULL), "");
}
END_TEST

/* ---- files ---- */

static char folder[32];

static const char *path_in_folder(const char *name)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void fill_folder(void)
{
    open_trouble();
    snprintf(folder, sizeof folder, "/tmp/trouble-XXXXXX");
    ck_assert(mkdtemp(folder));
    FILE *file = fopen(path_in_folder("file"), "wb");
    ck_assert(file && fputs("some text", file) >= 0 && !fclose(file));
    ck_assert(!symlink("file", path_in_folder("link")) && !symlink("round", path_in_folder("round")));
    ck_assert(!mkfifo(path_in_folder("pipe"), 0600));
}

static void empty_folder(void)
{
    static const char *const names[] = {"file", "link", "round", "pipe"};
    for (size_t i = 0; i < COUNT(names); i++)
        unlink(path_in_folder(names[i]));
    rmdir(folder);
    close_trouble();
}

/* Why a path is refused; the text that it has is freed. */
static traincost_status try_file(const char *path, bool regular)
{
    char *text = NULL;
    size_t length = 0;
    traincost_status status = (regular ? file_read_regular : file_read)(path, &text, &length, trouble);
    ck_assert((status == TRAINCOST_OK) == (text != NULL));
    free(text);
    return status;
}

static void refused_as(traincost_status status, const char *path, bool regular, const char *why)
{
    char expected[256];
    snprintf(expected, sizeof expected, "%s: %s", path, why);
    ck_assert_int_eq(try_file(path, regular), status);
    says(status, expected);
}

START_TEST(a_file_is_read_whole)
{
    char *text = NULL;
    size_t length = 0;
    ck_assert(!file_read_regular(path_in_folder("link"), &text, &length, trouble));
    ck_assert_uint_eq(length, 9);
    ck_assert_str_eq(text, "some text");
    free(text);
    /* Much of it, of a size that nobody said. */
    ck_assert(!file_read("/proc/self/smaps", &text, &length, trouble));
    ck_assert(length == strlen(text) && length > 0);
    free(text);
}
END_TEST

START_TEST(what_cannot_be_read_says_why)
{
    char name[300];
    memset(name, 'n', sizeof name);
    snprintf(name + 280, sizeof name - 280, "/x");
    refused_as(TRAINCOST_IO, path_in_folder("nothing"), false, "no such file");
    refused_as(TRAINCOST_IO, path_in_folder("file/below"), false, "a part of the path is no folder");
    refused_as(TRAINCOST_IO, path_in_folder("round"), false, "too many links lead there");
    refused_as(TRAINCOST_SYNTAX, folder, false, "is a folder, not a file");
    ck_assert_int_eq(try_file(name, false), TRAINCOST_IO);
    ck_assert(strstr(traincost_error_message(trouble), ": the path is too long"));
    refused_as(TRAINCOST_IO, "/proc/self/mem", false, "input/output error");
    refused_as(TRAINCOST_IO, path_in_folder("pipe"), true, "is no regular file");
    refused_as(TRAINCOST_IO, "/dev/zero", true, "is no regular file");
    ck_assert_int_eq(try_file("/dev/zero", false), TRAINCOST_LIMIT);
    ck_assert(!strncmp(traincost_error_message(trouble), "/dev/zero: more than ", 21));
}
END_TEST

/* A process may have so many. */
START_TEST(too_many_open_files_are_said)
{
    struct rlimit limit, none;
    ck_assert(!getrlimit(RLIMIT_NOFILE, &limit));
    none = limit;
    none.rlim_cur = 0;
    ck_assert(!setrlimit(RLIMIT_NOFILE, &none));
    traincost_status status = try_file(path_in_folder("file"), false);
    ck_assert(!setrlimit(RLIMIT_NOFILE, &limit));
    ck_assert_int_eq(status, TRAINCOST_IO);
    ck_assert(strstr(traincost_error_message(trouble), ": too many open files"));
}
END_TEST

START_TEST(what_stands_at_a_path_is_told)
{
    enum file_kind kind;
    ck_assert(!file_look(path_in_folder("file"), &kind, trouble) && kind == FILE_OTHER);
    ck_assert(!file_look(folder, &kind, trouble) && kind == FILE_FOLDER);
    ck_assert(!file_look(path_in_folder("nothing"), &kind, trouble) && kind == FILE_NONE);
    ck_assert(!file_look(path_in_folder("file/below"), &kind, trouble) && kind == FILE_NONE);
    ck_assert_int_eq(file_look(path_in_folder("round"), &kind, trouble), TRAINCOST_IO);
    ck_assert(strstr(traincost_error_message(trouble), ": too many links lead there"));
}
END_TEST

START_TEST(two_paths_may_lead_to_one_file)
{
    char file[64];
    snprintf(file, sizeof file, "%s", path_in_folder("file"));
    ck_assert(file_is_same(file, path_in_folder("link")));
    ck_assert(!file_is_same(file, folder));
    ck_assert(!file_is_same(file, path_in_folder("nothing")));
    ck_assert(!file_is_same(path_in_folder("nothing"), file));
}
END_TEST

Suite *trouble_suite(void)
{
    Suite *suite = suite_create("trouble");
    TCase *records = tcase_create("records"), *files = tcase_create("files");
    tcase_add_checked_fixture(records, open_trouble, close_trouble);
    tcase_add_test(records, each_status_has_its_name_and_its_sentence);
    tcase_add_test(records, a_new_record_says_that_nothing_is_wrong);
    tcase_add_test(records, a_place_and_a_key_belong_to_one_error);
    tcase_add_test(records, a_message_is_one_line);
    tcase_add_test(records, an_unknown_name_has_its_hint);
    tcase_add_test(records, a_null_keeps_the_reason_before_it);
    tcase_add_test(records, every_error_may_have_no_record);
    suite_add_tcase(suite, records);
    tcase_add_checked_fixture(files, fill_folder, empty_folder);
    tcase_add_test(files, a_file_is_read_whole);
    tcase_add_test(files, what_cannot_be_read_says_why);
    tcase_add_test(files, too_many_open_files_are_said);
    tcase_add_test(files, what_stands_at_a_path_is_told);
    tcase_add_test(files, two_paths_may_lead_to_one_file);
    suite_add_tcase(suite, files);
    return suite;
}
