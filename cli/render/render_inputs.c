/* Every input with its range, and what the defaults rest on. */
#include "render/render_inputs.h"

#include "display.h"

#include <math.h>
#include <string.h>

static void put_bold(const struct output *output, const char *text)
{
    if (output->colour)
        fputs("\033[1m", output->file);
    display_text(output->file, text);
    if (output->colour)
        fputs("\033[0m", output->file);
}

void render_sources(const struct output *output, const traincost_result *result, const char *title,
                    const char *key)
{
    const traincost_input *input;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        if (strcmp(input->key, key) != 0 || input->given || !input->source || !*input->source)
            continue;
        size_t at = input->stage ? (size_t)fprintf(output->file, "%s of %s: ", title, input->stage)
                                 : (size_t)fprintf(output->file, "%s: ", title);
        display_wrapped(output->file, input->source, at, 2, DISPLAY_WIDTH);
    }
}

void render_price_sources(const struct output *output, const traincost_result *result)
{
    if (traincost_result_find(result, "rental_usd"))
        render_sources(output, result, "Prices", "rental-price");
}

static void print_input(const struct output *output, const traincost_input *input)
{
    FILE *out = output->file;
    char range[160], label[256];
    bool stage = input->stage && *input->stage;
    bool plain = !strcmp(input->unit, "ratio") || !strcmp(input->unit, "share");
    snprintf(label, sizeof label, "%s%s%.100s%s", input->key, stage ? " (" : "", stage ? input->stage : "",
             stage ? ")" : "");
    if (isfinite(input->p5) && isfinite(input->p95))
        display_range(input->p5, input->p95, plain ? "" : input->unit, range, sizeof range);
    else
        snprintf(range, sizeof range, "%s", input->text ? input->text : "");
    fputs("  ", out);
    display_cell(out, label, 24);
    if (display_columns(label) > 23)
        putc(' ', out);
    display_cell(out, range, input->given ? 32 : 0);
    fputs(input->given ? "  given\n" : "\n", out);
    if (!input->given && input->source && *input->source) {
        fputs("      ", out);
        display_wrapped(out, input->source, 6, 6, DISPLAY_WIDTH);
    }
}

void render_inputs(const struct output *output, const traincost_result *result)
{
    const traincost_input *input;
    fputs("\n", output->file);
    put_bold(output, "Inputs, 5 % to 95 %");
    fputs("\n\n", output->file);
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++)
        print_input(output, input);
}
