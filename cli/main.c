/* traincost(1). */
#include "complain.h"
#include "program.h"

#include <errno.h>
#include <string.h>

int main(int argc, char **argv)
{
    int status = program_main(argc, argv, stdout, stderr);
    /* A stream that was closed before we began is no failure of ours unless something was written to it,
     * and then program_main has seen it. */
    if (fclose(stdout) != 0 && errno != EBADF && (status == EXIT_DONE || status == EXIT_REFUTED)) {
        complain(stderr, "standard output: %s", strerror(errno));
        status = EXIT_TROUBLE;
    }
    return status;
}
