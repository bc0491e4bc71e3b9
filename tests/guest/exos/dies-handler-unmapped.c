/* A handler at an unmapped address: the environment dies, the kernel does not. */

#include "attack.h"

int
main(void)
{
    AEGIS_AREA_POINTER->pc[AEGIS_OPCODE] = 0x40000000;
    asm volatile("ud2");
    return 0;
}
