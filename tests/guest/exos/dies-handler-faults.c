/* A handler that faults before it has armed the exception context again: the environment dies. */

#include "attack.h"

extern const char faulty[];
asm(".text\nfaulty:\n\tud2\n");

int
main(void)
{
    exos_catch_raw(AEGIS_OPCODE, (void (*)(void))faulty);
    asm volatile("ud2");
    return 0;
}
