/* How many elements an array has. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_COUNT_H
#define TESTS_COUNT_H

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

#endif
