/* Arrays that grow as they are filled. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_ARRAY_H
#define LIB_ARRAY_H

#include <stddef.h>

/* The array with room for `needed` elements of `size` bytes; where it had less it is moved and has twice as much or more,
 * so that n elements added one by one are copied fewer than 2 n times in all. NULL where memory runs out: then `array`
 * and `*room` are as they were. */
void *array_grow(void *array, size_t needed, size_t *room, size_t size);

#endif
