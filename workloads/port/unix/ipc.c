/* ipc.c - dialogues between two processes of a UNIX through shared memory, by whatever passes the turn: sched_yield, signals, a futex; contract in dialogue.h.
 *
 * The two sides know whose turn it is by the counter: odd is the partner's. Signals are blocked but while one is waited for, so none is lost.
 */

#include "unix.h"

#include <dialogue.h>
#include <port.h>

enum { FUTEX_WAIT = 0, FUTEX_WAKE = 1 };
#define USR1_MASK (1ul << (SIGUSR1 - 1))

static struct {
    uint32_t counter; /* shm */
    uint32_t calls;   /* lrpc: the partner's */
} volatile *shared;
static long partner, parent;

static bool
start(void (*serve)(void))
{
    shared = port_shared(1);
    parent = port_getpid();
    partner = shared ? dialogue_start(serve) : -1;
    return partner > 0;
}

static bool
stop(void)
{
    bool there = dialogue_stop(partner);
    uint32_t counter = shared->counter, calls = shared->calls;
    port_free((void *)shared, 1);
    return there && (counter >= 2 * DIALOGUE_ROUNDS || calls >= DIALOGUE_ROUNDS) && counter % 2 == 0;
}

static inline bool partners_turn(void) { return shared->counter & 1; }

/* ---- sched_yield -------------------------------------------------------------------------------------------------------- */

void
shm_round(void)
{
    shared->counter++;
    do
        port_yield();
    while (partners_turn());
}

static void
shm_serve(void)
{
    for (;;) {
        while (!partners_turn())
            port_yield();
        shared->counter++;
    }
}

static bool begin_shm(void) { return start(shm_serve); }
REGION(shm, "", "", "call shm_round", "");
const struct dialogue port_shm = {NULL, begin_shm, &shm, stop};

/* ---- futex -------------------------------------------------------------------------------------------------------------- */

static void
pass_by_futex(void)
{
    shared->counter++;
    unix_call(NR_futex, (uint64_t)&shared->counter, FUTEX_WAKE, 1, 0, 0, 0);
}

static void
wait_by_futex(uint32_t my_parity)
{
    uint32_t now;
    while (((now = shared->counter) & 1) != my_parity)
        unix_call(NR_futex, (uint64_t)&shared->counter, FUTEX_WAIT, now, 0, 0, 0);
}

void
shm_futex_round(void)
{
    pass_by_futex();
    wait_by_futex(0);
}

static void
shm_futex_serve(void)
{
    for (;;) {
        wait_by_futex(1);
        pass_by_futex();
    }
}

static bool begin_shm_futex(void) { return start(shm_futex_serve); }
REGION(shm_futex, "", "", "call shm_futex_round", "");
const struct dialogue port_shm_futex = {NULL, begin_shm_futex, &shm_futex, stop};

/* ---- signals ------------------------------------------------------------------------------------------------------------ */

static void note(int signal) { (void)signal; }

static void
signals_ready(void)
{
    uint64_t mask = USR1_MASK;
    port_signal(SIGUSR1, note);
    unix_call(NR_rt_sigprocmask, SIG_BLOCK, (uint64_t)&mask, 0, sizeof mask, 0, 0);
}

/* It is blocked except in here: if it has come already, this returns at once. */
static void
wait_for_signal(void)
{
    const uint64_t none = 0;
    unix_call(NR_rt_sigsuspend, (uint64_t)&none, sizeof none, 0, 0, 0, 0);
}

void
shm_signal_round(void)
{
    shared->counter++;
    port_kill(partner, SIGUSR1);
    wait_for_signal();
}

static void
shm_signal_serve(void)
{
    for (;;) {
        wait_for_signal();
        shared->counter++;
        port_kill(parent, SIGUSR1);
    }
}

static bool
begin_shm_signal(void)
{
    signals_ready();
    return start(shm_signal_serve);
}

REGION(shm_signal, "", "", "call shm_signal_round", "");
const struct dialogue port_shm_signal = {NULL, begin_shm_signal, &shm_signal, stop};

uint32_t
lrpc_signal_call(void)
{
    port_kill(partner, SIGUSR1);
    wait_for_signal();
    return shared->calls;
}

static void
lrpc_signal_serve(void)
{
    for (;;) {
        wait_for_signal();
        shared->calls++;
        port_kill(parent, SIGUSR1);
    }
}

static bool
begin_lrpc_signal(void)
{
    signals_ready();
    return start(lrpc_signal_serve);
}

REGION(lrpc_signal, "", "", "call lrpc_signal_call", "");
const struct dialogue port_lrpc_signal = {NULL, begin_lrpc_signal, &lrpc_signal, stop};

/* ---- what a UNIX has not ------------------------------------------------------------------------------------------------ */

const struct dialogue port_pipe_inlined = {.unsupported = "a UNIX pipe is in the kernel: its code cannot be inlined"};
const struct dialogue port_lrpc = {.unsupported = "UNIX has no such call: see its emulations lrpc-pipe and lrpc-signal"};
