/* ipc.h - for the tests of pipes, shared counters and calls: kids, some memory that all see, and a hog, so that slices end anywhere. */
#ifndef IPC_H
#define IPC_H

#include "kids.h"

#include <exos/pipe.h>

/* Seen by this environment and all kids made by ipc_kid. */
struct board {
    struct exos_pipe there, back;
    uint64_t counter, result;
    uint32_t parent;
};
#define BOARD ((struct board *)0x53020000)
#define BOARD_PAGES 3
_Static_assert(sizeof(struct board) <= BOARD_PAGES * 4096, "the shared memory holds it");

static inline bool
ipc_begin(void)
{
    long status = 0;
    for (int i = 0; i < BOARD_PAGES && status == 0; i++)
        status = exos_page_map((char *)BOARD + i * 4096, AEGIS_READ | AEGIS_WRITE, NULL);
    BOARD->parent = ME;
    return status == 0;
}

/* The `n`th kid, about to run main(argument). */
static inline struct exos_env
ipc_kid(unsigned n, int (*main)(uint64_t), uint64_t argument)
{
    struct exos_env kid = kid_make(n);
    if (kid.id && exos_env_share(&kid, BOARD, BOARD_PAGES, AEGIS_READ | AEGIS_WRITE) < 0)
        kid.id = 0;
    exos_env_start(&kid, main, argument);
    return kid;
}

/* Let others run until `kid` has ended. */
static inline void
ipc_wait(const struct exos_env *kid)
{
    while (alive(kid->id))
        if (exos_yield(kid->id) < 0)
            exos_yield(0);
}

#endif
