/* Arrays that grow as they are filled. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

void *array_grow(void *array, size_t needed, size_t *room, size_t size)
{
    if (needed <= *room)
        return array;
    size_t wanted = needed > 2 * *room + 4 ? needed : 2 * *room + 4;
    void *grown = wanted <= SIZE_MAX / size ? realloc(array, wanted * size) : NULL;
    if (grown)
        *room = wanted;
    return grown;
}
