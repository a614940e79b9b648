/* How many elements an array has. */
#ifndef TESTS_COUNT_H
#define TESTS_COUNT_H

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

#endif
