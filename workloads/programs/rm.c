/* rm.c - removes the files that it is given. */

#include "text.h"

int
main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        long error = port_unlink(argv[i]);
        failed |= error < 0 ? text_complain("rm", argv[i], error) : 0;
    }
    return failed;
}
