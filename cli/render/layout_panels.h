/* The two kinds of panel of a page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_LAYOUT_PANELS_H
#define CLI_LAYOUT_PANELS_H

#include "render/layout.h"

/* A panel from line `y` on; each gives where the next line is. */
double layout_rows(struct layout *layout, struct panel *panel, double y);
double layout_chart(struct layout *layout, struct panel *panel, double y);

#endif
