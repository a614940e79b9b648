/* Places that ask for memory: a place is an allocation with the whole way of calls to it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ALLOC_PLACES_H
#define ALLOC_PLACES_H

#include <stdbool.h>

/* From here on places are counted anew. It may allocate. */
void begin_places(void);

/* Whether no allocation before came from the place that this is called for. Any thread may ask. */
bool is_new_place(void);

#endif
