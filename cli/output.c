/* Where the answer goes: a stream, or a file opened before the work. */
#define _POSIX_C_SOURCE 200809L
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Asks for the user's own character set without changing the locale of the process. */
static bool user_has_utf8(void)
{
    locale_t user = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (!user)
        return false;
    bool utf8 = strcmp(nl_langinfo_l(CODESET, user), "UTF-8") == 0;
    freelocale(user);
    return utf8;
}

static void look_at_terminal(struct output *output)
{
    int fd = fileno(output->file);
    if (fd < 0 || !isatty(fd))
        return;
    const char *terminal = getenv("TERM"), *no_color = getenv("NO_COLOR");
    output->utf8 = user_has_utf8();
    output->colour = terminal && *terminal && strcmp(terminal, "dumb") != 0 && !(no_color && *no_color);
}

bool output_open(struct output *output, const char *path, FILE *out)
{
    *output = (struct output){.file = out};
    if (!path || strcmp(path, "-") == 0) {
        look_at_terminal(output);
        return true;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    output->created = fd >= 0;
    if (fd < 0 && errno == EEXIST)
        fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    output->path = path;
    output->file = fdopen(fd, "wb");
    if (output->file) {
        look_at_terminal(output);
        return true;
    }
    int why = errno;
    close(fd);
    if (output->created)
        unlink(path);
    errno = why;
    return false;
}

bool output_begin(struct output *output)
{
    struct stat about;
    if (!output->path)
        return true;
    if (fstat(fileno(output->file), &about) != 0)
        return false;
    return !S_ISREG(about.st_mode) || ftruncate(fileno(output->file), 0) == 0;
}

bool output_end(struct output *output)
{
    errno = 0;
    bool good = !ferror(output->file) && fflush(output->file) == 0;
    int why = errno;
    if (output->path && fclose(output->file) != 0 && good) {
        good = false;
        why = errno;
    }
    errno = why;
    return good;
}

void output_abandon(struct output *output)
{
    if (!output->path)
        return;
    fclose(output->file);
    if (output->created)
        unlink(output->path);
}

const char *output_name(const struct output *output)
{
    return output->path ? output->path : "standard output";
}
