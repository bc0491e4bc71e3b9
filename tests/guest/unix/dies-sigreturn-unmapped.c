/* rt_sigreturn with no frame where the stack pointer is. */

#include "attack.h"

int
main(void)
{
    asm volatile("mov %0, %%rsp\n\tmov $15, %%eax\n\tsyscall" : : "r"(UNMAPPED));
    return 0;
}
