/* A single step while the exception context is in use: the debug route has the same contract as the others. */

#include "attack.h"

int
main(void)
{
    AEGIS_AREA_POINTER->armed = 0;
    asm volatile("pushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tnop\n\tnop" : : : "memory", "cc");
    return 0;
}
