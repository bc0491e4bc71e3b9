/* shm.c - waiting for one's turn at a shared counter; contract in exos/shm.h. */

#include <exos/shm.h>

void
exos_shm_wait(const uint64_t *counter, unsigned parity, uint32_t partner)
{
    while ((*(const volatile uint64_t *)counter & 1) != parity)
        if (exos_yield(partner) < 0)
            exos_yield(0);
}
