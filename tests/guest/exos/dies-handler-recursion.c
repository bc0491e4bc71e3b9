/* A C handler that raises its own exception without end: the exception stack overflows onto its guard, the environment dies. */

#include "attack.h"

static void
again(struct exos_frame *frame)
{
    (void)frame;
    asm volatile("ud2");
}

int
main(void)
{
    exos_catch(AEGIS_OPCODE, again);
    asm volatile("ud2");
    return 0;
}
