/* signal.h - signals: what a process wants done about them, and how a handler is entered and left.
 *
 * The only source of signals is the process's own exceptions, so at most one is pending, and it is delivered before ring 3 runs again.
 */
#ifndef SIGNAL_H
#define SIGNAL_H

#include "abi.h"

#include <machine/trapframe.h>

struct signals {
    struct sigaction action[SIGNALS + 1]; /* by number; 0 is not used */
    sigset_t blocked;
    va_t cr2; /* address of the last page fault that became a signal */
    struct {
        u32 number; /* 0: none */
        u32 code;
        va_t address;
        const char *cause; /* for the message, if it kills */
    } pending;
};

/* A process begins with every default and nothing blocked. */
void signal_reset(struct signals *signals);

/* Make `number` pending for the current process. One that is blocked or ignored kills instead of returning to the same exception for ever. */
void signal_force(u32 number, u32 code, va_t address, const char *cause);

/* Act on the pending signal before returning to ring 3 with `t`: kill, or change `t` so that the handler runs. */
void signal_deliver(struct trapframe *t);

/* Block exactly `set`, as far as signals can be blocked. */
void signal_block(sigset_t set);

/* signal_frame.c: build the frame for a handler on the user's stack and make `t` enter it. False, `t` unchanged, if that cannot be. */
bool signal_frame_push(struct trapframe *t, const struct sigaction *action, u32 number, u32 code, va_t address);

#endif
