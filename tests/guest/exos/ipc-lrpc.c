/* Calls into other environments: arguments and results, a server that spoils registers, callers that are preempted, strangers that come in at any time, servers that are gone. */

#include "ipc.h"

#include <exos/lrpc.h>

static long
adds(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint32_t caller)
{
    if (caller != BOARD->parent && a != 1)
        return -1; /* its own access control */
    BOARD->result++;
    busy(a == 7 ? 3 * AEGIS_QUANTUM / 2 : 1);
    return a + 10 * b + 100 * c + 1000 * d + 10000 * e;
}

static int
serves(uint64_t unused)
{
    if (!unused)
        exos_lrpc_serve(adds);
    return 1;
}

/* Another caller, with slices of its own: as often as it says it is served or told to come again. */
static int
calls(uint64_t server)
{
    exos_lrpc_init();
    for (uint64_t i = 0; BOARD->counter == 0; i++) {
        long result = exos_lrpc(server, 1, i % 100, 0, 0, 0);
        if (result != (long)(1 + 10 * (i % 100)) && result != -EXOS_LRPC_EAGAIN)
            return 1; /* the check on the board fails */
        busy(300 + i * i % 5003);
        BOARD->there.head += result >= 0;
    }
    BOARD->counter = 2;
    return 0;
}

/* Enters `victim` without having been called, again and again. */
extern const char intruder_back[];
asm(".text\nintruder_back:\n\tincl common_word+16(%rip)\n\tmov common_word+24(%rip), %edi\n\tmov $8, %eax\n\tsyscall\n\tmov $11, %eax\n\tsyscall\n\tud2\n");

/* A server that overwrites every register and answers 5. */
extern const char spoils[];
asm(".text\nspoils:\n\tmov %r9d, %edi\n\tmov $5, %esi\n\tmov $-1, %rbx\n\tmov $-1, %rbp\n\tmov $-1, %r12\n\tmov $-1, %r13\n\tmov $-1, %r14\n\tmov $-1, %r15\n\tmov $-1, %rsp\n"
    "\tmov $8, %eax\n\tsyscall\n\tud2\n");

static int
nothing(uint64_t argument)
{
    return argument;
}

static void
arguments(uint32_t server)
{
    check(exos_lrpc(server, 1, 2, 3, 4, 5) == 54321, "five arguments and a result");
    uint64_t sum = 0, a = server, b = a * 3, c = a * 5;
    for (uint64_t i = 0; i < 1000; i++)
        sum += exos_lrpc(server, i % 5, i, 0, 0, 0) == (long)(i % 5 + 10 * i) && b == a * 3 && c == a * 5;
    check(sum == 1000 && BOARD->result == 1001, "a thousand calls");
    exos_tlrpc_bind(server);
    check(exos_tlrpc(0, 1, 2, 3, 4) % 10000 == 4321 && b == a * 3 && c == a * 5, "the trusting stub reaches it too");
    exos_lrpc_init();
    check(AEGIS_INFO_POINTER->slices[0].runner == ME, "the slice is back");
}

static void
refusals(uint32_t server)
{
    check(exos_lrpc(server ^ 64, 1, 0, 0, 0, 0) == -EXOS_LRPC_ESRCH, "no such environment");
    struct exos_env kid = ipc_kid(1, nothing, 0);
    check(exos_lrpc(kid.id, 1, 0, 0, 0, 0) == -EXOS_LRPC_ESRCH, "one that exports nothing");
    kid.area->pct_sync_pc = (uint32_t)(uintptr_t)spoils;
    uint64_t a = server, b = a * 3, c = a * 5, d = a * 7, e = a * 9, f = a * 11;
    check(exos_lrpc(kid.id, 1, 0, 0, 0, 0) == 5 && b == a * 3 && c == a * 5 && d == a * 7 && e == a * 9 && f == a * 11, "a server that spoils all registers spoils none of ours");
    exos_tlrpc_bind(kid.id ^ 64);
    check(exos_tlrpc(0, 1, 2, 3, 4) == -EXOS_LRPC_ESRCH, "nobody to trust");
    exos_lrpc_init();
    kid_destroy(&kid);
}

/* A stranger enters this environment in slices of its own, at any moment: between calls, and while they are away. */
static void
strangers(const struct exos_env *server)
{
    struct exos_env kid = ipc_kid(1, nothing, 0);
    common[2] = 0;
    common[3] = ME;
    kid.area->pct_sync_pc = kid.area->slice_start_pc = (uint32_t)(uintptr_t)intruder_back;
    exos_env_give_slice(&kid, free_position());
    uint64_t wrong = 0, expected = BOARD->result;
    for (uint64_t i = 0; i < 30000; i++) {
        wrong += exos_lrpc(server->id, 2, i, 0, 0, 0) != (long)(2 + 10 * i);
        wrong += BOARD->result != ++expected;
    }
    check(wrong == 0 && common[2] > 1000, "30 000 calls while a stranger enters again and again");
    kid_destroy(&kid);
}

static void
two_callers(const struct exos_env *server)
{
    BOARD->counter = 0;
    BOARD->there.head = 0;
    struct exos_env other = ipc_kid(1, calls, server->id);
    exos_env_give_slice(&other, free_position());
    uint64_t wrong = 0, again = 0, done = 0;
    for (uint64_t i = 0; i < 8000; i++) {
        busy(1 + i * i % 997);
        long result = exos_lrpc(server->id, 2, i, 0, 0, 0);
        again += result == -EXOS_LRPC_EAGAIN;
        wrong += result != (long)(2 + 10 * i) && result != -EXOS_LRPC_EAGAIN;
        done += result >= 0;
    }
    check(exos_lrpc(server->id, 7, 0, 0, 0, 0) == 7, "a call that takes more than a slice");
    BOARD->counter = 1;
    for (int i = 0; i < 40 && alive(other.id); i++)
        exos_yield(0);
    check(BOARD->counter == 2, "the other caller never got a wrong answer");
    /* Whoever is interrupted in the server keeps it for the whole of the other's slice, which is told so hundreds of times. */
    check(wrong == 0 && done + again == 8000 && done > 4000 && BOARD->there.head > 100, "two callers with slices of their own, one server");
}

int
main(void)
{
    check_begin("ipc-lrpc");
    catch_all();
    check(ipc_begin(), "memory to share");
    struct exos_env server = ipc_kid(0, serves, 0);
    exos_yield(server.id);
    exos_lrpc_init();
    arguments(server.id);
    refusals(server.id);
    strangers(&server);
    two_callers(&server);
    check(kid_destroy(&server) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
