/* mkdir.c - makes the folders that it is given. */

#include "text.h"

int
main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        long error = port_mkdir(argv[i], 0777);
        failed |= error < 0 ? text_complain("mkdir", argv[i], error) : 0;
    }
    return failed;
}
