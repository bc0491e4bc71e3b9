/* Handler addresses are 32 bits: nothing that a program writes there leads ring 3, or the kernel, to a kernel address. */

#include "attack.h"

int
main(void)
{
    for (int i = 0; i < 32; i++)
        AEGIS_AREA_POINTER->pc[i] = 0xffffffff;
    asm volatile("ud2");
    return 0;
}
