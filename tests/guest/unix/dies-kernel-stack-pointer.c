/* The kernel does not push a signal frame through a stack pointer into itself. */

#include "attack.h"

int
main(void)
{
    catch_all();
    asm volatile("mov %0, %%rsp\n\tud2" : : "r"(DIRECT_MAP_ADDRESS + 0x400000));
    return 0;
}
