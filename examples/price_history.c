/* A chip's rent by year: how many prices were seen, and the one that an estimate at mid-year would use.
 * The chip is the first argument; H100 without one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <traincost.h>

/* Rental prices of the chip that were seen in that year. */
static size_t count_seen(const traincost_catalog *catalog, const traincost_chip *chip, const char *year)
{
    const traincost_observation *seen;
    size_t count = 0;
    for (size_t i = 0; (seen = traincost_catalog_observation(catalog, i)); i++)
        count += !strcmp(seen->chip, chip->id) && !strcmp(seen->kind, "rent") && !strncmp(seen->date, year, 4);
    return count;
}

static int print_years(const traincost_catalog *catalog, const char *name, traincost_error *error)
{
    const traincost_chip *chip = NULL;
    if (traincost_catalog_find(catalog, name, &chip, NULL, error) != TRAINCOST_OK)
        return 1;
    printf("%s\nyear  seen      5 %%   median     95 %%  USD a chip-hour\n", chip->name);
    for (int number = 2023; number <= 2026; number++) {
        traincost_price *price = NULL;
        char year[16];
        snprintf(year, sizeof year, "%d", number);
        if (traincost_catalog_rental_price(catalog, chip, year, NULL, &price, error) != TRAINCOST_OK)
            return 1;
        printf("%s  %4zu  %7.2f  %7.2f  %7.2f  %s\n", year, count_seen(catalog, chip, year), price->p5,
               price->p50, price->p95, price->basis);
        traincost_price_free(price);
    }
    return 0;
}

int main(int argc, char **argv)
{
    traincost_error *error = traincost_error_new();
    traincost_catalog *catalog = NULL;
    int status = 1;
    if (traincost_catalog_new(&catalog, error) == TRAINCOST_OK)
        status = print_years(catalog, argc > 1 ? argv[1] : "H100", error);
    if (status)
        fprintf(stderr, "%s\n", traincost_error_message(error));
    traincost_catalog_free(catalog);
    traincost_error_free(error);
    return status;
}
