/* A handler at a kernel address faults there in ring 3. */

#include "attack.h"

int
main(void)
{
    unix_catch_with(SIGILL, (void *)KERNEL_ADDRESS, 0, 0);
    asm volatile("ud2");
    return 0;
}
