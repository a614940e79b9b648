/* A whole page laid out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_LAYOUT_PAGE_H
#define CLI_LAYOUT_PAGE_H

#include "render/layout.h"

/* Settles the picture's axes. False where memory ran out; to be ended in any case. */
bool layout_make(struct layout *layout, struct picture *picture, double columns, const struct pen_metrics *pen);

#endif
