/* What a run is told beside its figures. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_RESOLVE_NOTES_H
#define LIB_RESOLVE_NOTES_H

#include "run/resolver.h"

/* Which stages take each input, where not all do. */
traincost_status name_users(struct resolver *r, const traincost_scenario *run);
/* Notes of statements that nothing uses, and of a base that is not there; of what the claim itself says. */
traincost_status note_what_is_left_out(struct resolver *r, const traincost_scenario *run);
traincost_status note_what_was_said(struct resolver *r, const struct claim *claim);

#endif
