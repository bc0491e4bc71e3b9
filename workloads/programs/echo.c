/* echo.c - its arguments, with a blank between, and a newline. */

#include "text.h"

int
main(int argc, char **argv)
{
    bool good = true;
    for (int i = 1; i < argc; i++)
        good &= (i == 1 || text_put(STDOUT, " ")) && text_put(STDOUT, argv[i]);
    return text_put(STDOUT, "\n") && good ? 0 : 1;
}
