/* rmdir.c - removes the folders that it is given, which must be empty. */

#include "text.h"

int
main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        long error = port_rmdir(argv[i]);
        failed |= error < 0 ? text_complain("rmdir", argv[i], error) : 0;
    }
    return failed;
}
