/* The MFU to expect of a chip, format and model, and what it rests on. */
#ifndef LIB_MFU_H
#define LIB_MFU_H

#include "catalog/catalog.h"

/* What is trained on what. */
struct mfu_work {
    const traincost_chip *chip;
    traincost_format format;
    double active, total; /* parameters; NaN where they are not known */
};

enum { MFU_BASIS = 320 };

/* A lognormal: of undisturbed steps, so that goodput comes on top. */
struct mfu_estimate {
    double median, spread; /* the standard deviation of the logarithm */
    size_t count;          /* of published runs on chips of its family; 0: inferred from others */
    char basis[MFU_BASIS];
};

/* From the rows `mfu` (of steps) and `run-mfu` (of whole runs) of the catalogue. Errors: DATA (no default). */
traincost_status mfu_expect(const traincost_catalog *catalog, const struct mfu_work *work,
                            struct mfu_estimate *estimate, traincost_error *error);

/* "bf16". Static text. */
const char *mfu_format_name(traincost_format format);

#endif
