/* A fault cannot be ignored: it ends the program. */

#include "attack.h"

int
main(void)
{
    unix_catch_with(SIGFPE, SIG_IGN, 0, 0);
    asm volatile("div %0" : : "r"(0) : "eax", "edx");
    return 0;
}
