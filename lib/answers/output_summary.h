/* An output of the engine as it is handed out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_OUTPUT_SUMMARY_H
#define LIB_OUTPUT_SUMMARY_H

#include "engine/engine.h"
#include "model/outputs.h"

traincost_output output_summary(enum model_output output, const struct engine_figure *figure, size_t levels);
/* RANGE where a number of it is not finite, or too small for its spread to be known. */
traincost_status output_check(const traincost_output *output, traincost_error *error);

#endif
