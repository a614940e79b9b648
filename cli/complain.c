/* A message is one line, whatever stands in it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complain.h"

#include "display.h"

#include <stdarg.h>
#include <string.h>

void complain(FILE *err, const char *format, ...)
{
    char message[1200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fputs("traincost: ", err);
    display_text(err, message);
    putc('\n', err);
}
