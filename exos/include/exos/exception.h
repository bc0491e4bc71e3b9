/* exception.h - user-level exceptions: a C handler per cause. */
#ifndef EXOS_EXCEPTION_H
#define EXOS_EXCEPTION_H

#include <aegis/abi.h>
#include <exos/frame.h>

/* Called on the exception stack with the interrupted registers, all of which it may change: returning resumes them, without the kernel.
 * rsp must be a stack, whose 144 bytes below rsp are writable (resuming passes through them, below the red zone).
 * It may itself raise an exception of any kind, as deep as the exception stack (EXOS_EXCEPTION_STACK bytes) goes.
 * Compiled without floating point, since the frame has no such state. */
typedef void exos_handler_t(struct exos_frame *frame);

/* Install `handler` for `cause`; NULL restores the default, which prints what happened and exits with 128 + cause. */
void exos_catch(enum aegis_exception cause, exos_handler_t *handler);

/* Put `handler` in front of whatever exos_catch() names for `cause`, which it may pass on to by exos_pass_on(). */
void exos_catch_first(enum aegis_exception cause, exos_handler_t *handler);
extern exos_handler_t *exos_exception_caught[32];

static inline void
exos_pass_on(enum aegis_exception cause, struct exos_frame *frame)
{
    exos_exception_caught[cause](frame);
}

/* What the default does: for a handler that finds the exception is not its business. */
_Noreturn void exos_uncaught(enum aegis_exception cause, const struct exos_frame *frame);

/* Take `cause` in an assembly handler instead, entered by the kernel itself as aegis/area.h says. exos_catch() undoes it. */
void exos_catch_raw(enum aegis_exception cause, void (*entry)(void));

/* Called by start.S before main: no exception before it can be survived. */
void exos_exception_init(void);

#endif
