/* Memory of many pages that is all about to be used. */
#ifndef LIB_PAGES_H
#define LIB_PAGES_H

#include <stddef.h>

/* As calloc, and free frees it; but the system is asked for the pages at once, where it can be, as a fault for
 * each costs several times as much. */
void *pages_new(size_t count, size_t size);

#endif
