/* The MFU to expect of a chip, format, model and method, and what it rests on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_MFU_H
#define LIB_MFU_H

#include "catalog/catalog.h"

/* What is trained: all weights, adapters beside frozen ones (in 16 or in 4 bits), or on what it generates itself.
 * The words of the parameter `method`, in their order. */
enum mfu_method { METHOD_FULL, METHOD_LORA, METHOD_QLORA, METHOD_RL };

/* What is trained on what. */
struct mfu_work {
    const traincost_chip *chip;
    traincost_format format;
    double active, total; /* parameters; NaN where they are not known */
    enum mfu_method method;
    double chips; /* NaN where they are not known */
    bool sloped;  /* the cluster is known, and the MFU is brought to it */
    double batch; /* tokens; NaN where they are not stated */
};

enum { MFU_BASIS = 320 };

/* A lognormal: of undisturbed steps, on 6 FLOP a parameter and token (4 and 10 by method), at the common size, where
 * chips wait for one another for `mfu_common` of their work. Goodput comes on top. */
struct mfu_estimate {
    double median, spread; /* the standard deviation of the logarithm */
    size_t count;          /* of published runs on chips of its family; 0: inferred from others */
    char basis[MFU_BASIS];
};

/* From the rows of throughput.csv. Errors: DATA (no default). */
traincost_status mfu_expect(const traincost_catalog *catalog, const struct mfu_work *work,
                            struct mfu_estimate *estimate, traincost_error *error);

/* How long a step waits for the other chips, in tokens a chip: at n chips and a batch of B tokens a step takes
 * 1 + wait x n / B times as long. NaN where the parameters are not known. */
double mfu_wait(double active);
/* What a step loses beside that, n^0.0144 over that of the common cluster. */
double mfu_spread_loss(double chips);
/* Tokens of a batch where none are stated: the median of the default. */
double mfu_usual_batch(double active);
extern const double mfu_common;
/* Tokens of a sequence up to which attention is in the published figures. */
extern const double mfu_usual_sequence;
/* Heads of 128 and 12 x layers x hidden^2 parameters: the hidden width of a model of that size. */
double mfu_usual_hidden(double active);

/* "bf16". Static text. */
const char *mfu_format_name(traincost_format format);

#endif
