/* rt_sigreturn does not read its frame from the kernel. */

#include "attack.h"

int
main(void)
{
    asm volatile("mov %0, %%rsp\n\tmov $15, %%eax\n\tsyscall" : : "r"(KERNEL_ADDRESS));
    return 0;
}
