/* A message is one line, whatever stands in it. */
#include "complain.h"

#include <stdarg.h>
#include <string.h>

/* Arguments and files may hold anything; what is shown of them stays on its line. */
static void put_one_line(FILE *err, const char *text)
{
    for (; *text; text++)
        putc((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text, err);
}

void complain(FILE *err, const char *format, ...)
{
    char message[1200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fputs("traincost: ", err);
    put_one_line(err, message);
    putc('\n', err);
}
