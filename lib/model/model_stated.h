/* What is known of a stage, by the inputs that it has. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_MODEL_STATED_H
#define LIB_MODEL_STATED_H

#include "model/model.h"

static inline bool has_input(const struct model_stage *stage, enum model_variable variable)
{
    return stage->input[variable] != MODEL_ABSENT;
}

/* Its chip-hours follow from its work. */
static inline bool is_computed(const struct model_stage *stage)
{
    return has_input(stage, MODEL_MFU) || has_input(stage, MODEL_THROUGHPUT) || has_input(stage, MODEL_STEP_TIME);
}

static inline bool knows_tokens(const struct model_stage *stage)
{
    return has_input(stage, MODEL_TOKENS) ||
           (has_input(stage, MODEL_STEPS) && has_input(stage, MODEL_BATCH_TOKENS));
}

static inline bool knows_chips(const struct model_stage *stage)
{
    return has_input(stage, MODEL_CHIPS) || (is_computed(stage) && has_input(stage, MODEL_HOURS));
}

static inline bool knows_hours(const struct model_stage *stage)
{
    return has_input(stage, MODEL_HOURS) ||
           ((has_input(stage, MODEL_CHIP_HOURS) || is_computed(stage)) && has_input(stage, MODEL_CHIPS));
}

static inline bool knows_flop(const struct model_stage *stage)
{
    bool params = has_input(stage, MODEL_PARAMS) || has_input(stage, MODEL_ACTIVE_PARAMS);
    return has_input(stage, MODEL_FLOP) || (params && knows_tokens(stage));
}

static inline bool knows_memory(const struct model_stage *stage)
{
    return has_input(stage, MODEL_PARAMS) && has_input(stage, MODEL_BYTES_PER_PARAM);
}

#endif
