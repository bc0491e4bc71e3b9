/* stride.h - a proportional-share scheduler as an ordinary application (claim X-3): it owns slices, and each of them it gives, by name, to the client whose turn it is.
 *
 * Deterministic: each client has a stride, inverse to its tickets, and a pass, which its stride is added to whenever it runs; the least pass is next. Between two with the
 * same pass, the one that was added first. A client that gives its time away early is charged for a whole quantum.
 * After Waldspurger and Weihl, "Stride scheduling" (1995).
 */
#ifndef EXOS_STRIDE_H
#define EXOS_STRIDE_H

#include <stdint.h>

enum { EXOS_STRIDE_CLIENTS = 32 };
#define EXOS_STRIDE_ONE 720720ul /* the stride of one ticket: a multiple of 1 to 16, so that small shares are exact */

struct exos_stride_client {
    uint32_t env, tickets; /* tickets 0: no client */
    uint64_t stride, pass;
};

struct exos_stride {
    struct exos_stride_client client[EXOS_STRIDE_CLIENTS];
    uint64_t pass; /* what a client's would be that had all tickets: where newcomers begin */
    uint32_t tickets;
};

/* Let environment `env` have `tickets` (at least 1) shares from now on, whatever it had before; 0: none any more. Returns 0, or -1: no room. */
int exos_stride_set(struct exos_stride *scheduler, uint32_t env, uint32_t tickets);

/* Give the rest of this slice to the next client. Returns its id when a slice of the scheduler's starts again; 0 without having waited if there is no client. One that
 * has died is one no more. */
uint32_t exos_stride_quantum(struct exos_stride *scheduler);

#endif
