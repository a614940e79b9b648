/* Values that can be typed but hardly meant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_UNLIKELY_H
#define LIB_UNLIKELY_H

#include "run/resolver.h"

/* Notes a statement of the stage at hand that lies beyond all that is seen: what it is compared with, and what may have
 * been meant. */
traincost_status note_unlikely(struct resolver *r, enum parameter parameter, const struct setting *setting);

#endif
