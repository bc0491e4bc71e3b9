/* What is blocked while a handler runs, and what happens to the action: NODEFER, RESETHAND, sa_mask; nested handlers come back in order. */

#include "attack.h"

#define BIT(signal) (1ul << ((signal)-1))
#define STEP_OVER_UD2(context) ((context)->reg[REG_RIP] += 2)

static volatile uint64_t seen_mask;
static volatile int depth, deepest;

static uint64_t
mask_now(void)
{
    uint64_t mask = 0;
    unix_call(NR_rt_sigprocmask, SIG_BLOCK, 0, (uint64_t)&mask, 8, 0, 0);
    return mask;
}

static void *
handler_of(int signal)
{
    struct unix_sigaction old;
    unix_call(NR_rt_sigaction, signal, 0, (uint64_t)&old, 8, 0, 0);
    return old.handler;
}

static void
on_ill(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)info;
    seen_mask = mask_now();
    STEP_OVER_UD2(context);
}

static void
on_ill_nested(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)info;
    deepest = ++depth > deepest ? depth : deepest;
    if (depth < 20)
        asm volatile("ud2");
    depth--;
    STEP_OVER_UD2(context);
}

int
main(void)
{
    uint64_t all = ~0ul, none = 0;
    check_begin("signal-mask");
    unix_catch_with(SIGILL, on_ill, 0, BIT(SIGFPE) | BIT(SIGKILL));
    asm volatile("ud2");
    check(seen_mask == (BIT(SIGILL) | BIT(SIGFPE)), "a handler runs with its own signal and sa_mask blocked, never SIGKILL");
    check(mask_now() == 0, "and they are free again afterwards");
    unix_catch_with(SIGILL, on_ill, SA_NODEFER, BIT(SIGBUS));
    asm volatile("ud2");
    check(seen_mask == BIT(SIGBUS), "SA_NODEFER leaves its own signal free");
    unix_catch_with(SIGILL, on_ill, SA_RESETHAND, 0);
    asm volatile("ud2");
    check(handler_of(SIGILL) == SIG_DFL, "SA_RESETHAND runs a handler once");
    unix_catch(SIGILL, on_ill_nested);
    asm volatile("ud2");
    check(deepest == 20 && depth == 0, "twenty nested handlers return in order");
    check(handler_of(SIGILL) == on_ill_nested && handler_of(SIGFPE) == SIG_DFL, "rt_sigaction tells the old action");
    check(unix_call(NR_rt_sigprocmask, SIG_SETMASK, (uint64_t)&all, 0, 8, 0, 0) == 0 && mask_now() == ~(BIT(SIGKILL) | BIT(SIGSTOP)),
          "all but SIGKILL and SIGSTOP can be blocked");
    check(unix_call(NR_rt_sigprocmask, SIG_SETMASK, (uint64_t)&none, 0, 8, 0, 0) == 0 && mask_now() == 0, "and freed");
    check(unix_call(NR_rt_sigprocmask, 3, (uint64_t)&none, 0, 8, 0, 0) == -UNIX_EINVAL, "rt_sigprocmask: no such way");
    check(unix_call(NR_rt_sigprocmask, 0, 0, 0, 16, 0, 0) == -UNIX_EINVAL, "rt_sigprocmask: a mask of another size");
    check(unix_catch(SIGKILL, on_ill) == -UNIX_EINVAL && unix_catch(SIGSTOP, on_ill) == -UNIX_EINVAL, "SIGKILL and SIGSTOP cannot be caught");
    check(unix_catch(0, on_ill) == -UNIX_EINVAL && unix_catch(65, on_ill) == -UNIX_EINVAL && unix_catch(-1, on_ill) == -UNIX_EINVAL, "there are 64 signals");
    check(unix_call(NR_rt_sigaction, SIGILL, 0, 0, 4, 0, 0) == -UNIX_EINVAL, "rt_sigaction: a mask of another size");
    return check_end();
}
