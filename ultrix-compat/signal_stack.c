/* signal_stack.c - a stack of its own for a thread's signal handlers, so that they run even when the other one is full: sigaltstack; contract in signal.h. */

#include "errors.h"
#include "process.h"
#include "signal.h"
#include "syscall.h"
#include "user.h"

static bool
is_on_stack(va_t rsp)
{
    const struct thread_signals *s = &current_thread->signals;
    return rsp > s->stack && rsp - s->stack <= s->stack_size;
}

/* Who stands on it already goes on below: nothing may grow out of it, over something else. */
void
signal_choose_stack(va_t rsp, u64 action_flags, va_t *top, va_t *bottom)
{
    const struct thread_signals *s = &current_thread->signals;
    bool on_it = is_on_stack(rsp);
    if (!on_it && action_flags & SA_ONSTACK)
        *top = s->stack + s->stack_size;
    *bottom = on_it || action_flags & SA_ONSTACK ? s->stack : 0;
}

struct signal_stack
signal_stack_now(va_t rsp)
{
    const struct thread_signals *s = &current_thread->signals;
    return (struct signal_stack){s->stack, s->stack_size == 0 ? SS_DISABLE : is_on_stack(rsp) ? SS_ONSTACK : 0, 0, s->stack_size};
}

long
signal_set_stack(const struct signal_stack *stack, va_t rsp)
{
    struct thread_signals *s = &current_thread->signals;
    bool none = stack->flags == SS_DISABLE;
    if (is_on_stack(rsp))
        return -EPERM;
    if (!none && stack->flags != 0 && stack->flags != SS_ONSTACK)
        return -EINVAL;
    if (!none && stack->size < MINSIGSTKSZ)
        return -ENOMEM;
    s->stack = none ? 0 : stack->address;
    s->stack_size = none ? 0 : stack->size;
    return 0;
}

/* sigaltstack(new or NULL, old or NULL). Returns 0; -EFAULT, and what signal_set_stack says. */
long
sys_sigaltstack(struct trapframe *t)
{
    struct signal_stack new, old = signal_stack_now(t->rsp);
    if (t->rdi) {
        long error = user_read(&new, t->rdi, sizeof new) < 0 ? -EFAULT : signal_set_stack(&new, t->rsp);
        if (error < 0)
            return error;
    }
    return t->rsi ? user_write(t->rsi, &old, sizeof old) : 0;
}
