/* A handler without a stack to run on is a SIGSEGV, whose handler has none either: the end. */

#include "attack.h"

int
main(void)
{
    catch_all();
    asm volatile("mov %0, %%rsp\n\tud2" : : "r"(UNMAPPED));
    return 0;
}
