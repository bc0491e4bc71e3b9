/* A handler at an address that is not canonical is never entered, and the kernel does not fault on the way there. */

#include "attack.h"

int
main(void)
{
    unix_catch_with(SIGILL, (void *)NON_CANONICAL, 0, 0);
    asm volatile("ud2");
    return 0;
}
