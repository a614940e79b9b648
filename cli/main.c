/* traincost(1). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "complain.h"
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

/* A descriptor of the standard streams that is closed would be given to the next file opened, and what is said
 * on that stream would be written there. Reading or writing this one fails as it should. */
static bool take_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            return false;
    return true;
}

int main(int argc, char **argv)
{
    if (!take_standard_streams())
        return EXIT_TROUBLE;
    signal(SIGXFSZ, SIG_IGN); /* a file at its size limit is an error like a full disk */
    int status = program_main(argc, argv, stdout, stderr);
    /* A stream that was closed before we began is no failure of ours unless something was written to it,
     * and then program_main has seen it. */
    if (fclose(stdout) != 0 && errno != EBADF && (status == EXIT_DONE || status == EXIT_REFUTED)) {
        complain(stderr, "standard output: %s", strerror(errno));
        status = EXIT_TROUBLE;
    }
    return status;
}
