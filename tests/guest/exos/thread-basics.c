/* Threads take turns in order, keep their registers and stacks over switches and lost slices, end, and are joined; a stack that runs over is an exception. */

#include "attack.h"

#include <aegis/info.h>
#include <exos/thread.h>
#include <exos/transfer.h>

enum { THREADS = 40, TURNS = 50 };

static char order[THREADS * TURNS];
static unsigned nturns;

static void
takes_turns(void *argument)
{
    uint64_t a = (uint64_t)argument, b = a * 3, c = a * 5, d = a * 7, e = a * 11, f = a * 13;
    volatile char stack[2000];
    stack[0] = stack[1999] = a;
    for (int i = 0; i < TURNS; i++) {
        order[nturns++] = a;
        exos_thread_yield();
        if (b != a * 3 || c != a * 5 || d != a * 7 || e != a * 11 || f != a * 13 || stack[0] != (char)a || stack[1999] != (char)a)
            nturns = 0;
    }
}

static void
in_turn(void)
{
    struct exos_thread *thread[THREADS];
    nturns = 0;
    bool made = true;
    for (uint64_t i = 0; i < THREADS; i++)
        made &= (thread[i] = exos_thread_create(takes_turns, (void *)(i + 1))) != NULL;
    check(made, "40 threads are made");
    for (int i = THREADS - 1; i >= 0; i--)
        exos_thread_join(thread[i]);
    bool in_order = nturns == THREADS * TURNS;
    for (unsigned i = 0; i < nturns; i++)
        in_order &= order[i] == (char)(i % THREADS + 1);
    check(in_order, "each has each of its turns, in order, with its registers and its stack");
}

static void
counts_up(void *counter)
{
    ++*(uint64_t *)counter;
}

static void
many(void)
{
    uint64_t counter = 0;
    uint32_t pages = 0;
    for (int i = 0; i < 10000; i++) {
        struct exos_thread *thread = exos_thread_create(counts_up, &counter);
        exos_thread_join(thread);
        if (i == 0)
            pages = AEGIS_INFO_POINTER->free_pages;
    }
    check(counter == 10000 && AEGIS_INFO_POINTER->free_pages == pages, "ten thousand threads on one stack");
}

/* A second slice: threads go on where the environment lost the first. */
static void
preempted(void)
{
    struct aegis_result second = sys_slice_alloc(1);
    uint32_t before = AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS].slices;
    for (int i = 0; i < 20; i++)
        in_turn();
    check(AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS].slices > before + 3, "over several slices");
    exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 1), second.value);
}

static int
falls(volatile char *deeper)
{
    volatile char stack[1024];
    stack[0] = *deeper;
    return *deeper < 100 ? falls(stack) + stack[0] : 0; /* it never is */
}

static uint64_t fell_at;

static void
caught(struct exos_frame *frame)
{
    fell_at = frame->address;
    exos_thread_exit(); /* not how a handler ends, but this thread has no stack to go on with */
}

static void
falls_deep(void *unused)
{
    char byte = 0;
    (void)unused;
    fell_at = falls(&byte);
}

int
main(void)
{
    check_begin("thread-basics");
    in_turn();
    many();
    preempted();
    exos_thread_yield();
    check(exos_thread_self() == exos_thread_self(), "a yield of the only thread comes back");
    exos_catch(AEGIS_PAGE, caught);
    struct exos_thread *thread = exos_thread_create(falls_deep, NULL);
    exos_thread_join(thread);
    uint64_t lowest = (uint64_t)thread - EXOS_THREAD_STACK;
    check(fell_at < lowest + 4096 && fell_at > lowest - 4096, "a stack that runs over is a page fault just below it");
    return check_end();
}
