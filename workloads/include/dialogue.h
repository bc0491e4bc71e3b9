/* dialogue.h - two processes that take turns, as experiment `ipc` measures them: the partner is started, rounds are measured from this side, the partner is ended.
 *
 * workloads/ipc.c has the dialogues that every system can have; what needs more than posix.h is the port's (workloads/port/NAME/ipc.c), under the names below.
 */
#ifndef DIALOGUE_H
#define DIALOGUE_H

#include <workload.h>

struct dialogue {
    const char *unsupported;     /* why this system has no such thing; NULL if it has */
    bool (*begin)(void);         /* start the partner; false if it could not be */
    const struct region *region; /* one round: this side's turn, the partner's turn, and this side knows of it */
    bool (*end)(void);           /* end the partner; true if every round since begin did what it should: each side counted once */
};

extern const struct dialogue port_pipe_inlined, port_shm, port_shm_signal, port_shm_futex, port_lrpc, port_lrpc_signal;

/* What a dialogue's end() looks at: rounds that a measurement at least runs. */
enum { DIALOGUE_ROUNDS = 100 };

/* A child that runs `serve` for ever. The child's id, or -errno. */
long dialogue_start(void (*serve)(void));

/* End it. True if it was still there. */
bool dialogue_stop(long partner);

#endif
