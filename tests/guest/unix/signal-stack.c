/* A stack of its own for handlers: a program whose stack has overflowed still has its handler; the stack is used once, told, and not changed under who stands on it. */

#include "attack.h"
#include "calls.h"

enum { SIZE = 16384, SS_ONSTACK = 1, SS_DISABLE = 2 };
#define SA_ONSTACK 0x8000000ul

struct stack {
    char *at;
    int flags;
    size_t size;
};

static char stack[SIZE] __attribute__((aligned(16)));
static volatile int depth, handled, flags_in_handler, change_in_handler;
static volatile bool on_it, nested_on_it, nested_is_below;
static char *volatile outer_frame;

static bool is_on(const char *at) { return at >= stack && at < stack + SIZE; }

static void
on_overflow(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    char here;
    struct stack now, other = {stack, 0, SIZE};
    (void)signal, (void)info;
    handled++;
    on_it = is_on(&here) && context->stack[0] == (uint64_t)stack && context->stack[2] == SIZE;
    CALL(sigaltstack, 0, &now);
    flags_in_handler = now.flags;
    change_in_handler = CALL(sigaltstack, &other, 0);
    unix_exit(!(on_it && flags_in_handler == SS_ONSTACK && change_in_handler == -EPERM));
}

static int
recurse(volatile char *of_caller)
{
    volatile char room[1024];
    room[0] = depth++;
    if (depth < 0)
        return 0; /* the compiler wants an end of it */
    return recurse(room) + room[0] + of_caller[0];
}

static int
overflow(void)
{
    char first = 0;
    unix_catch_with(SIGSEGV, on_overflow, SA_ONSTACK, 0);
    return recurse(&first);
}

static void
on_nested(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    char here;
    (void)info, (void)context;
    handled++;
    if (signal == SIGUSR1) {
        on_it = is_on(&here);
        outer_frame = &here;
        CALL(kill, CALL_PADDED(NR_getpid, 0, 0, 0, 0, 0, 0), SIGUSR2);
    } else {
        nested_on_it = is_on(&here);
        nested_is_below = &here < outer_frame;
    }
}

/* Handlers within handlers until the stack for them is full: that is a SIGSEGV that nothing catches. */
static void
on_ill(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)info, (void)context;
    asm volatile("ud2");
}

static int
fill_it(void)
{
    unix_catch_with(SIGILL, on_ill, SA_ONSTACK | SA_NODEFER, 0);
    asm volatile("ud2");
    return 0;
}

int
main(void)
{
    struct stack good = {stack, 0, SIZE}, small = {stack, 0, 2047}, odd = {stack, 4, SIZE}, none = {NULL, SS_DISABLE, 0}, old = {stack, 9, 9};
    check_begin("signal-stack");
    check(CALL(sigaltstack, 0, &old) == 0 && old.flags == SS_DISABLE && old.size == 0, "in the beginning there is none");
    check(CALL(sigaltstack, &small, 0) == -ENOMEM && CALL(sigaltstack, &odd, 0) == -EINVAL && CALL(sigaltstack, BAD, 0) == -EFAULT && CALL(sigaltstack, 0, BAD) == -EFAULT, "its errors");
    check(CALL(sigaltstack, &good, &old) == 0 && CALL(sigaltstack, 0, &old) == 0 && old.at == stack && old.flags == 0 && old.size == SIZE, "it is told as it was given");
    check(in_child(overflow) == 0, "a stack that has overflowed: the handler runs on the other, which cannot be changed meanwhile");
    unix_catch_with(SIGUSR1, on_nested, SA_ONSTACK, 0), unix_catch_with(SIGUSR2, on_nested, SA_ONSTACK, 0);
    CALL(kill, CALL_PADDED(NR_getpid, 0, 0, 0, 0, 0, 0), SIGUSR1);
    check(handled == 2 && on_it && nested_on_it && nested_is_below, "a handler within a handler goes on below it");
    unix_catch_with(SIGUSR2, on_nested, 0, 0);
    CALL(kill, CALL_PADDED(NR_getpid, 0, 0, 0, 0, 0, 0), SIGUSR2);
    check(!nested_on_it, "who does not ask for it does not get it");
    check(in_child(fill_it) == SIGSEGV, "handlers that fill it end the program, and overwrite nothing");
    check(CALL(sigaltstack, 0, &old) == 0 && old.flags == 0 && CALL(sigaltstack, &none, 0) == 0 && CALL(sigaltstack, 0, &old) == 0 && old.flags == SS_DISABLE, "and it can be given back");
    return check_end();
}
