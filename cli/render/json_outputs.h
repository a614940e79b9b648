/* Parts of JSON documents that several commands write. */
#ifndef CLI_JSON_OUTPUTS_H
#define CLI_JSON_OUTPUTS_H

#include "render/to_json.h"

#include <traincost.h>

/* A figure with its quantiles and standard errors, at the levels of the result; all outputs by key. */
json_t *json_figure(const traincost_result *result, const traincost_output *figure, bool *good);
json_t *json_outputs(const traincost_result *result, bool *good);

#endif
