// The same library from C++: a scenario in memory with two stages, every output printed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstring>
#include <memory>
#include <traincost.h>

template <typename T, void (*release)(T *)> struct deleter {
    void operator()(T *object) const { release(object); }
};
using error_ptr = std::unique_ptr<traincost_error, deleter<traincost_error, traincost_error_free>>;
using scenario_ptr = std::unique_ptr<traincost_scenario, deleter<traincost_scenario, traincost_scenario_free>>;
using result_ptr = std::unique_ptr<traincost_result, deleter<traincost_result, traincost_result_free>>;

static const char text[] = "date: 2024-06\n"
                           "type: H100\n"
                           "stages:\n"
                           "  - {name: first, chips: 256, hours: 3wk}\n"
                           "  - {name: second, chips: 64, hours: 40..60}\n";

static result_ptr estimate(traincost_error *error)
{
    traincost_result *result = nullptr;
    scenario_ptr run(traincost_scenario_new(nullptr, error));
    if (run && traincost_scenario_parse(run.get(), text, std::strlen(text), error) == TRAINCOST_OK &&
        traincost_estimate(run.get(), nullptr, &result, error) == TRAINCOST_OK)
        return result_ptr(result);
    return nullptr;
}

int main()
{
    error_ptr error(traincost_error_new());
    result_ptr result = estimate(error.get());
    if (!result) {
        std::fprintf(stderr, "%s\n", traincost_error_message(error.get()));
        return 1;
    }
    std::printf("%-18s %12s %12s %s\n", "output", "5 %", "95 %", "unit");
    for (std::size_t i = 0; const traincost_output *figure = traincost_result_at(result.get(), i); i++)
        std::printf("%-18s %12.6g %12.6g %s\n", figure->key, figure->quantile[0],
                    figure->quantile[figure->levels - 1], figure->unit);
    return 0;
}
