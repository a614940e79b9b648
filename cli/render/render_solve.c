/* What a goal allows, as text and CSV. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_solve.h"

#include "page.h"
#include "render/to_csv.h"
#include "render/words.h"

#include <stdio.h>
#include <string.h>

/* ---- text ---- */

static void show_percent(double share, char out[DISPLAY_FIGURE])
{
    display_number(100 * share, DISPLAY_DIGITS, false, out);
    strcat(out, " %");
}

/* "hours: at most 482.931, keeps rent within $1,000,000 with a probability of 90 %" */
static void print_answer(const struct output *output, const traincost_solution *solution)
{
    char line[1024], goal[DISPLAY_FIGURE], reached[DISPLAY_FIGURE], near[DISPLAY_FIGURE],
        percent[DISPLAY_FIGURE], miss[DISPLAY_FIGURE], answer[DISPLAY_FIGURE];
    const char *key = traincost_solution_output(solution), *what = traincost_solution_what(solution);
    bool deadline = !strcmp(key, "hours"), fewest = deadline && !strcmp(what, "chips");
    const char *unit = deadline ? "h" : "USD";
    display_exact(traincost_solution_goal(solution), unit, goal);
    display_short(traincost_solution_reached(solution), unit, reached);
    display_short(traincost_solution_goal(solution), unit, near);
    show_percent(traincost_solution_confidence(solution), percent);
    const traincost_parameter *parameter = traincost_parameter_find(what);
    display_parted(traincost_solution_text(solution), answer);
    snprintf(line, sizeof line, "%s: %s %s%s%s", what, fewest ? "at least" : "at most", answer,
             *parameter->unit ? " " : "", parameter->unit);
    page_title(output, line);
    bool same = !strcmp(reached, near);
    bool sure = traincost_solution_answer_se(solution) == 0;
    display_scaled(traincost_solution_answer_se(solution), 2, *parameter->unit ? parameter->unit : "count", miss);
    snprintf(line, sizeof line, "keeps %s within %s with a probability of %s%s%s%s%s", output_words(key), goal,
             percent, same ? "" : ", at ", same ? "" : reached, sure ? "" : "; Monte Carlo error ", sure ? "" : miss);
    page_paragraph(output, "", line, 2);
}

bool render_solve_text(const struct output *output, const struct solve_view *view)
{
    if (traincost_solution_break_even(view->solution))
        return render_break_even_text(output, view);
    print_answer(output, view->solution);
    page_gap(output);
    return render_estimate_text(output, &view->estimate);
}

/* ---- CSV ---- */

static void csv_titles(struct csv_row *row, const char *const *titles)
{
    for (; *titles; titles++)
        csv_text(row, *titles);
    csv_end(row);
}

bool render_solve_csv(const struct output *output, const struct solve_view *view)
{
    static const char *const answers[] = {"solve",  "answer",     "unit",    "output",
                                          "within", "confidence", "reached", "answer_se", NULL};
    const traincost_solution *solution = view->solution;
    struct csv_row row = {.out = output->file};
    if (traincost_solution_break_even(solution)) {
        render_break_even_csv(output, view);
        return true;
    }
    csv_titles(&row, answers);
    csv_text(&row, traincost_solution_what(solution));
    csv_number(&row, traincost_solution_answer(solution));
    csv_text(&row, traincost_parameter_find(traincost_solution_what(solution))->unit);
    csv_text(&row, traincost_solution_output(solution));
    csv_number(&row, traincost_solution_goal(solution));
    csv_number(&row, traincost_solution_confidence(solution));
    csv_number(&row, traincost_solution_reached(solution));
    csv_number(&row, traincost_solution_answer_se(solution));
    csv_end(&row);
    return true;
}
