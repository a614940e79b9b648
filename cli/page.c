/* Paragraphs and tables fitted to the width of the output. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

#include "display.h"
#include "glyphs.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_WRAP = 10, GRID_GAP = 2 };

void page_gap(const struct output *output)
{
    putc('\n', output->file);
}

void page_title(const struct output *output, const char *text)
{
    if (output->markdown)
        fputs("**", output->file);
    else if (output->colour)
        fputs("\033[1m", output->file);
    display_text(output->file, text);
    if (output->markdown)
        fputs("**\n", output->file);
    else
        fputs(output->colour ? "\033[0m\n" : "\n", output->file);
}

void page_paragraph(const struct output *output, const char *lead, const char *text, size_t indent)
{
    if (!text || !*text)
        return;
    size_t first = strspn(lead, " ");
    display_text(output->file, output->markdown ? lead + first : lead);
    if (output->markdown)
        display_wrapped(output->file, text, 0, 0, (size_t)-1);
    else
        display_wrapped(output->file, text, display_columns(lead), indent, output->width);
    if (output->markdown)
        putc('\n', output->file);
}

void page_line(const struct output *output, const char *lead, const char *text, size_t indent)
{
    if (output->markdown || display_columns(lead) + display_columns(text) > output->width) {
        page_paragraph(output, lead, text, indent);
        return;
    }
    display_text(output->file, lead);
    display_text(output->file, text);
    putc('\n', output->file);
}

/* ---- filling a table ---- */

void grid_begin(struct grid *grid, size_t indent)
{
    *grid = (struct grid){.indent = indent, .gap = GRID_GAP};
}

static void keep_cell(struct grid *grid, const char *text)
{
    if (grid->cell_count == grid->room) {
        size_t room = grid->room ? 2 * grid->room : 64;
        char **cells = realloc(grid->cells, room * sizeof *cells);
        if (!cells) {
            grid->failed = true;
            return;
        }
        grid->cells = cells;
        grid->room = room;
    }
    size_t length = text ? strlen(text) : 0;
    char *copy = length ? malloc(length + 1) : NULL;
    if (copy)
        memcpy(copy, text, length + 1);
    grid->failed |= length && !copy;
    grid->cells[grid->cell_count++] = copy;
}

void grid_column(struct grid *grid, const char *title, enum grid_manner manner, int spare)
{
    if (grid->column_count == GRID_COLUMNS)
        return;
    grid->columns[grid->column_count++] = (struct grid_shape){.manner = manner, .spare = spare};
    keep_cell(grid, title);
}

void grid_cell(struct grid *grid, const char *text)
{
    keep_cell(grid, text);
}

void grid_end_row(struct grid *grid)
{
    while (!grid->failed && grid->cell_count % grid->column_count)
        keep_cell(grid, NULL);
}

void grid_gap(struct grid *grid)
{
    grid_end_row(grid);
    keep_cell(grid, NULL);
    grid_end_row(grid);
}

/* ---- how wide ---- */

static const char *grid_text_at(const struct grid *grid, size_t row, size_t column)
{
    const char *text = grid->cells[row * grid->column_count + column];
    return text ? text : "";
}

static size_t row_count(const struct grid *grid)
{
    return grid->cell_count / grid->column_count;
}

/* What stands in no row takes no room. */
static void measure_grid(struct grid *grid)
{
    for (size_t c = 0; c < grid->column_count; c++) {
        struct grid_shape *column = &grid->columns[c];
        bool any = false;
        column->width = display_columns(grid_text_at(grid, 0, c));
        for (size_t r = 1; r < row_count(grid); r++) {
            size_t width = display_columns(grid_text_at(grid, r, c));
            any |= width > 0;
            column->width = width > column->width ? width : column->width;
        }
        column->gone = !any && row_count(grid) > 1;
    }
}

static size_t whole_width(const struct grid *grid)
{
    size_t width = grid->indent, shown = 0;
    for (size_t c = 0; c < grid->column_count; c++)
        if (!grid->columns[c].gone) {
            width += grid->columns[c].width;
            shown++;
        }
    return width + (shown ? shown - 1 : 0) * grid->gap;
}

static struct grid_shape *most_spare(struct grid *grid)
{
    struct grid_shape *most = NULL;
    for (size_t c = 0; c < grid->column_count; c++)
        if (!grid->columns[c].gone && grid->columns[c].spare > (most ? most->spare : 0))
            most = &grid->columns[c];
    return most;
}

static struct grid_shape *widest_that_wraps(struct grid *grid)
{
    struct grid_shape *most = NULL;
    for (size_t c = 0; c < grid->column_count; c++) {
        struct grid_shape *column = &grid->columns[c];
        bool can = !column->gone && (column->manner & GRID_WRAPS) && column->width > LEAST_WRAP;
        if (can && (!most || column->width > most->width))
            most = column;
    }
    return most;
}

/* A table may lose what is spare, then wrap, then stand closer. */
static void fit_columns(struct grid *grid, size_t width)
{
    struct grid_shape *column;
    measure_grid(grid);
    while (whole_width(grid) > width && (column = most_spare(grid)))
        column->gone = true;
    while (whole_width(grid) > width && (column = widest_that_wraps(grid)))
        column->width--;
    if (whole_width(grid) > width)
        grid->gap = 1;
}

/* ---- printing ---- */

/* How many bytes of `text` stand on its next line of `width` columns: whole words, else up to a hyphen, else as
 * many as fit. An address is never broken. */
static size_t cell_line(const char *text, size_t width)
{
    size_t columns = 0, word = 0, hyphen = 0, length = 0;
    for (; text[length]; length++) {
        bool begins = ((unsigned char)text[length] & 0xC0) != 0x80;
        if (begins && columns == width)
            break;
        columns += begins;
        if (text[length] == ' ')
            word = length;
        if (text[length] == '-' && length)
            hyphen = length + 1;
    }
    if (!text[length] || text[length] == ' ')
        return length;
    if (word > 0)
        return word;
    if (strstr(text, "://"))
        return strcspn(text, " ");
    return hyphen ? hyphen : length;
}

static void put_blanks(FILE *out, size_t count)
{
    fprintf(out, "%*s", (int)count, "");
}

/* One line of a row: what is left of each cell moves on. False where nothing was left. */
static bool print_line_of(const struct grid *grid, FILE *out, const char **rest)
{
    size_t pending = grid->indent;
    bool any = false, more = false;
    for (size_t c = 0; c < grid->column_count; c++)
        any |= !grid->columns[c].gone && *rest[c];
    for (size_t c = 0; any && c < grid->column_count; c++) {
        const struct grid_shape *column = &grid->columns[c];
        if (column->gone)
            continue;
        size_t length = cell_line(rest[c], column->width);
        char line[512];
        snprintf(line, sizeof line, "%.*s", (int)length, rest[c]);
        size_t columns = display_columns(line);
        size_t blanks = columns < column->width ? column->width - columns : 0;
        pending += column->manner & GRID_RIGHT ? blanks : 0;
        if (length) {
            put_blanks(out, pending);
            display_text(out, line);
            pending = 0;
        }
        pending += grid->gap + (column->manner & GRID_RIGHT ? 0 : blanks);
        rest[c] += length;
        rest[c] += strspn(rest[c], " ");
        more |= *rest[c] != '\0';
    }
    return more;
}

static void print_text_row(const struct grid *grid, const struct output *output, size_t row)
{
    const char *rest[GRID_COLUMNS];
    bool title = row == 0 && output->colour;
    for (size_t c = 0; c < grid->column_count; c++)
        rest[c] = grid_text_at(grid, row, c);
    fputs(title ? "\033[1m" : "", output->file);
    for (bool more = true; more;) {
        more = print_line_of(grid, output->file, rest);
        fputs(more || !title ? "\n" : "\033[0m\n", output->file);
    }
}

static void put_markdown(FILE *out, const char *text)
{
    char one[GLYPH_BYTES];
    for (text += strspn(text, " "); *text;) {
        uint32_t glyph = glyph_shown(&text);
        glyph_bytes(glyph, one);
        fputs(glyph == '|' || glyph == '*' || glyph == '<' ? "\\" : "", out);
        fputs(one, out);
    }
}

static bool is_blank_row(const struct grid *grid, size_t row)
{
    for (size_t c = 0; c < grid->column_count; c++)
        if (*grid_text_at(grid, row, c))
            return false;
    return true;
}

static void print_markdown_row(const struct grid *grid, FILE *out, size_t row)
{
    if (row && is_blank_row(grid, row))
        return;
    for (size_t c = 0; c < grid->column_count; c++) {
        if (grid->columns[c].gone)
            continue;
        fputs("| ", out);
        put_markdown(out, grid_text_at(grid, row, c));
        fputs(" ", out);
    }
    fputs("|\n", out);
    for (size_t c = 0; row == 0 && c < grid->column_count; c++)
        if (!grid->columns[c].gone)
            fputs(grid->columns[c].manner & GRID_RIGHT ? "|---:" : "|---", out);
    fputs(row == 0 ? "|\n" : "", out);
}

static bool has_titles(const struct grid *grid)
{
    return !is_blank_row(grid, 0);
}

void grid_free(struct grid *grid)
{
    for (size_t i = 0; i < grid->cell_count; i++)
        free(grid->cells[i]);
    free(grid->cells);
    grid->cells = NULL;
    grid->cell_count = grid->room = 0;
}

bool grid_print(struct grid *grid, const struct output *output)
{
    bool good = !grid->failed;
    if (good && grid->column_count) {
        grid_end_row(grid);
        fit_columns(grid, output->markdown ? (size_t)-1 : output->width);
        for (size_t r = 0; r < row_count(grid); r++)
            if (output->markdown)
                print_markdown_row(grid, output->file, r);
            else if (r > 0 || has_titles(grid))
                print_text_row(grid, output, r);
        if (output->markdown)
            putc('\n', output->file);
    }
    grid_free(grid);
    return good;
}
