/* Plants one small fault in one of the sources named: mutate SEED DRAW OUT FILE... writes the changed file to OUT and
 * says where and what. A function of the seed, the draw and the files. Each line that can be changed has the same
 * chance, and on it each change. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands at a place of a source, and what may stand there. */
struct mutation {
    const struct c_source *source;
    size_t at, length;
    int line;
    const char *before, *after; /* around what stood there, in whose place they are if `length` is dropped */
    bool keep;
};

/* The text, and a copy where comments, strings and what the preprocessor takes are blanks. */
struct c_source {
    const char *path;
    char *text, *code;
    size_t size;
};

static struct mutation *mutations;
static size_t mutation_count;

static void *checked(void *memory)
{
    if (!memory) {
        fputs("mutate: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

/* ---- sources ---- */

static void read_source(struct c_source *source, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    size_t room = 1 << 20;
    source->path = path;
    source->text = checked(calloc(room + 1, 1));
    source->size = fread(source->text, 1, room, file);
    source->code = checked(malloc(source->size + 1));
    memcpy(source->code, source->text, source->size + 1);
    fclose(file);
}

static size_t end_of_text(const char *text, size_t at, char quote)
{
    for (at++; text[at] && text[at] != quote; at++)
        if (text[at] == '\\' && text[at + 1])
            at++;
    return text[at] ? at + 1 : at;
}

static size_t end_of_directive(const char *text, size_t at)
{
    while (text[at] && text[at] != '\n')
        at += text[at] == '\\' && text[at + 1] == '\n' ? 2 : 1;
    return at;
}

/* A text becomes letters, so that it still is an operand. */
static void blank(struct c_source *source)
{
    char *code = source->code;
    const char *text = source->text;
    for (size_t at = 0, end; at < source->size; at = end) {
        char filler = ' ';
        end = at + 1;
        if (!strncmp(text + at, "/*", 2)) {
            const char *close = strstr(text + at + 2, "*/");
            end = close ? (size_t)(close - text) + 2 : source->size;
        } else if (text[at] == '"' || text[at] == '\'') {
            end = end_of_text(text, at, text[at]);
            filler = 'T';
        } else if (text[at] == '#' && (at == 0 || text[at - 1] == '\n')) {
            end = end_of_directive(text, at);
        } else {
            continue;
        }
        for (size_t i = at; i < end; i++)
            if (code[i] != '\n')
                code[i] = filler;
    }
}

/* ---- what may be changed ---- */

static void add(const struct c_source *source, size_t at, size_t length, int line, const char *before, bool keep,
                const char *after)
{
    if (mutation_count % 1024 == 0)
        mutations = checked(realloc(mutations, (mutation_count + 1024) * sizeof *mutations));
    mutations[mutation_count++] = (struct mutation){source, at, length, line, before, after, keep};
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Operators between operands have blanks about them. */
static void find_operators(const struct c_source *source, size_t from, size_t end, int line)
{
    static const struct {
        const char *stands, *other;
    } operators[] = {
        {" < ", " <= "}, {" <= ", " < "}, {" > ", " >= "}, {" >= ", " > "},  {" == ", " != "}, {" != ", " == "},
        {" + ", " - "},  {" - ", " + "},  {" * ", " / "},  {" / ", " * "},   {" += ", " -= "}, {" -= ", " += "},
        {" && ", " || "}, {" || ", " && "}, {" ? ", " == 0 ? "},
    };
    for (size_t at = from; at < end; at++) {
        for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
            size_t length = strlen(operators[i].stands);
            if (!strncmp(source->code + at, operators[i].stands, length))
                add(source, at, length, line, operators[i].other, false, "");
        }
        if (source->code[at] == '!' && source->code[at + 1] != '=')
            add(source, at, 1, line, "", false, "");
    }
}

/* "char name[32]": the size of a declaration. */
static bool is_size(const char *code, size_t from, size_t at)
{
    if (at == from || code[at - 1] != '[')
        return false;
    size_t name = at - 1;
    while (name > from && is_word(code[name - 1]))
        name--;
    return name > from && code[name - 1] == ' ' && name - 1 > from && is_word(code[name - 2]);
}

static void find_constants(const struct c_source *source, size_t from, size_t end, int line)
{
    const char *code = source->code;
    for (size_t at = from; at < end;) {
        if (!isdigit((unsigned char)code[at]) || (at > from && (is_word(code[at - 1]) || code[at - 1] == '.'))) {
            at++;
            continue;
        }
        size_t length = 0;
        bool hex = code[at] == '0' && (code[at + 1] == 'x' || code[at + 1] == 'X'), real = false;
        while (is_word(code[at + length]) || code[at + length] == '.' ||
               (!hex && (code[at + length] == '-' || code[at + length] == '+') && length > 0 &&
                tolower((unsigned char)code[at + length - 1]) == 'e')) {
            real = real || code[at + length] == '.' || (!hex && tolower((unsigned char)code[at + length]) == 'e');
            length++;
        }
        if (real) {
            add(source, at, length, line, "(", true, " * 1.01)");
        } else if (!is_size(code, from, at)) {
            add(source, at, length, line, "(", true, " + 1)");
            add(source, at, length, line, "(", true, " - 1)");
        }
        at += length;
    }
}

static bool begins(const char *code, const char *word)
{
    size_t length = strlen(word);
    return !strncmp(code, word, length) && !is_word(code[length]);
}

/* An assignment, a call, break or continue that stands alone on its line: a declaration has two words in a row. */
static void find_statement(const struct c_source *source, size_t from, size_t end, int line)
{
    const char *code = source->code;
    if (end <= from || code[end - 1] != ';' || begins(code + from, "return") || !is_word(code[from]))
        return;
    int depth = 0;
    for (size_t at = from; at < end; at++)
        depth += code[at] == '(' ? 1 : code[at] == ')' ? -1 : 0;
    size_t before = from;
    while (before > 0 && isspace((unsigned char)code[before - 1]))
        before--;
    bool starts = before > 0 && (strchr(";{}):", code[before - 1]) || (before > 3 && begins(code + before - 4, "else")));
    size_t word = from;
    while (is_word(code[word]))
        word++;
    bool stands = strchr("([.-+;", code[word]) || (code[word] == ' ' && strchr("=+-*/|&", code[word + 1]) && code[word + 2] != ' ') ||
                  !strncmp(code + word, " = ", 3);
    bool type = code[word] == ' ' && code[word + 1] == '*' && code[word + 2] != '=';
    if (depth == 0 && starts && stands && !type)
        add(source, from, end - from - 1, line, "", false, "");
}

static void find_branch(const struct c_source *source, size_t from, size_t end, int line)
{
    const char *code = source->code;
    for (size_t at = from; at + 4 < end; at++) {
        if (strncmp(code + at, "if (", 4) || (at > from && is_word(code[at - 1])))
            continue;
        int depth = 1;
        size_t close = at + 4;
        for (; close < end && depth > 0; close++)
            depth += code[close] == '(' ? 1 : code[close] == ')' ? -1 : 0;
        if (depth == 0)
            add(source, at + 4, close - at - 5, line, "!(", true, ")");
    }
}

/* An error becomes success. */
static void find_return(const struct c_source *source, size_t from, int line)
{
    static const struct {
        const char *stands, *other;
    } ends[] = {
        {"status;", "TRAINCOST_OK"}, {"error_", "TRAINCOST_OK"}, {"TRAINCOST_", "TRAINCOST_OK"},
        {"EXIT_", "EXIT_DONE"}, {"true;", "false"}, {"false;", "true"},
    };
    const char *code = source->code;
    if (!begins(code + from, "return"))
        return;
    size_t at = from + strlen("return ");
    size_t length = strcspn(code + at, ";");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (!strncmp(code + at, ends[i].stands, strlen(ends[i].stands)) &&
            (strlen(ends[i].other) != length || strncmp(code + at, ends[i].other, length)))
            add(source, at, length, line, ends[i].other, false, "");
}

static void find_mutations(const struct c_source *source)
{
    const char *code = source->code;
    int line = 1;
    for (size_t from = 0, end; from < source->size; from = end + 1, line++) {
        end = from + strcspn(code + from, "\n");
        while (code[from] == ' ')
            from++;
        size_t last = end;
        while (last > from && code[last - 1] == ' ')
            last--;
        if (last == from || begins(code + from, "assert") || begins(code + from, "_Static_assert"))
            continue;
        find_operators(source, from > 0 ? from - 1 : 0, last, line);
        find_constants(source, from, last, line);
        find_statement(source, from, last, line);
        find_branch(source, from, last, line);
        find_return(source, from, line);
    }
}

/* ---- the choice ---- */

/* Splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static bool same_line(const struct mutation *a, const struct mutation *b)
{
    return a->source == b->source && a->line == b->line;
}

static const struct mutation *choose(uint64_t seed, uint64_t draw)
{
    size_t lines = 0;
    for (size_t i = 0; i < mutation_count; i++)
        lines += i == 0 || !same_line(&mutations[i - 1], &mutations[i]);
    uint64_t chance = mix(mix(seed) ^ draw);
    size_t line = chance % lines, first = 0;
    for (;; first++)
        if ((first == 0 || !same_line(&mutations[first - 1], &mutations[first])) && line-- == 0)
            break;
    size_t end = first;
    while (end < mutation_count && same_line(&mutations[first], &mutations[end]))
        end++;
    return &mutations[first + mix(chance) % (end - first)];
}

static void print_line(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] != '\n')
        at--;
    at += strspn(text + at, " ");
    printf("%.*s", (int)strcspn(text + at, "\n"), text + at);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: mutate SEED DRAW OUT FILE...\n", stderr);
        return 2;
    }
    struct c_source *sources = checked(calloc((size_t)argc, sizeof *sources));
    for (int i = 4; i < argc; i++) {
        read_source(&sources[i - 4], argv[i]);
        blank(&sources[i - 4]);
        find_mutations(&sources[i - 4]);
    }
    if (mutation_count == 0) {
        fputs("mutate: nothing to change\n", stderr);
        return 2;
    }
    const struct mutation *m = choose(strtoull(argv[1], NULL, 10), strtoull(argv[2], NULL, 10));
    const char *text = m->source->text;
    size_t room = m->source->size + 64;
    char *changed = checked(malloc(room));
    snprintf(changed, room, "%.*s%s%.*s%s%s", (int)m->at, text, m->before, m->keep ? (int)m->length : 0, text + m->at,
             m->after, text + m->at + m->length);
    FILE *out = fopen(argv[3], "wb");
    if (!out || fputs(changed, out) < 0 || fclose(out)) {
        perror(argv[3]);
        return 2;
    }
    printf("%s:%d: ", m->source->path, m->line);
    print_line(text, m->at);
    printf("  =>  ");
    print_line(changed, m->at);
    putchar('\n');
    return 0;
}
