/* shm.h - two environments that take turns at a counter in shared memory (Table 8, shm): its lowest bit says whose turn it is. */
#ifndef EXOS_SHM_H
#define EXOS_SHM_H

#include <exos/transfer.h>

/* Wait, giving the rest of each slice to `partner`, until the lowest bit of *counter is `parity`. If the partner is dead this waits for ever, letting others run. */
void exos_shm_wait(const uint64_t *counter, unsigned parity, uint32_t partner);

/* It is our turn: the counter goes on by one, the partner runs, and when this returns it is our turn again. 45 instructions one way, which is why the partner's id is read
 * from memory, where it outlives the yield, and the counter is incremented there. */
static inline void
exos_shm_turn(uint64_t *counter, unsigned parity, const uint32_t *partner)
{
    asm volatile("incq %0" : "+m"(*counter) : : "cc");
    exos_yield_bare(*partner); /* clobbers memory */
    if ((*counter & 1) != parity)
        exos_shm_wait(counter, parity, *partner);
}

#endif
