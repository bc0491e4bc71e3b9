/* session_lock.h - taking and giving back the session's lock (session.h) without a call, where nobody else has it: for the library's own short paths. */
#ifndef EXOS_SESSION_LOCK_H
#define EXOS_SESSION_LOCK_H

#include <exos/process.h>

static inline void
exos_session_lock_here(void)
{
    uint32_t nobody = 0;
    if (!__atomic_compare_exchange_n(&exos_head->lock, &nobody, exos_self->env, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        exos_session_lock();
        return;
    }
    exos_self->lock_depth++;
    exos_self->held++;
}

static inline void
exos_session_unlock_here(void)
{
    if (--exos_self->lock_depth == 0)
        __atomic_store_n(&exos_head->lock, 0, __ATOMIC_RELEASE);
    if (--exos_self->held == 0 && exos_self->pending & ~exos_self->blocked)
        exos_signal_deliver();
}

#endif
