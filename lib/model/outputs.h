/* The table of outputs: what each is called, in which unit. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_OUTPUTS_H
#define LIB_OUTPUTS_H

#include "base/error.h"
#include "model/model.h"

extern const traincost_output_kind output_kinds[MODEL_OUTPUTS];

/* The output of that key, word or alias, in any case; '-', '_' and blanks are alike. Errors: UNKNOWN, of `what`,
 * with the nearest word. */
traincost_status output_need(const char *what, const char *name, enum model_output *output,
                             traincost_error *error);

#endif
