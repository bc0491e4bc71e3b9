/* A program that knows nothing of slices survives losing the processor; ExOS's functions that give it away come back. */

#include "../check.h"

#include <exos/env.h>
#include <exos/memory.h>
#include <exos/syscall.h>
#include <exos/transfer.h>

#define SHARED ((volatile uint64_t *)0x53010000)

__attribute__((noinline)) static uint64_t
fibonacci(uint64_t n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

/* The child: its own copy of the program, and one page that both see. */
static uint64_t private = 1;

static int
child(uint64_t argument)
{
    private = argument;
    SHARED[1] = fibonacci(20);
    SHARED[0] = argument;
    exos_yield(argument);
    SHARED[0]++;
    return 0;
}

static uint32_t
slices_begun(void)
{
    return AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS].slices;
}

static void
preempted(void)
{
    struct aegis_result second = sys_slice_alloc(1);
    check(second.status == 0, "a second slice is had");
    uint32_t before = slices_begun();
    check(fibonacci(27) == 196418, "recursion gives the right result");
    for (int i = 0; i < 100000; i++)
        sys_null_stack();
    check(slices_begun() > before + 5, "over several slices");
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 1);
    check(exos_slice_free(name, second.value ^ 1) == -E_CAP, "a forged capability frees no slice");
    check(exos_slice_free(name, second.value) == 0, "the slice is given back");
    check(exos_yield(0) == 0, "a yield to nobody in particular comes back");
}

static void
with_child(void)
{
    struct exos_env env;
    check(exos_page_map((void *)SHARED, AEGIS_READ | AEGIS_WRITE, NULL) == 0, "a page to share");
    check(exos_env_create(&env, (void *)0x51000000) == 0, "a child environment is made");
    check(exos_env_share(&env, (void *)SHARED, 1, AEGIS_READ | AEGIS_WRITE) == 0, "and sees the page");
    uint32_t me = AEGIS_AREA_POINTER->env;
    exos_env_start(&env, child, me);
    check(exos_yield(env.id ^ 64) == -E_ENV, "a yield to nobody is refused, and the program goes on");
    check(exos_env_give_slice(&env, 1) == 0, "it gets a slice");
    check(exos_yield(env.id) == 0 && SHARED[0] == me && SHARED[1] == 6765, "it has run its function");
    check(private == 1, "on its own copy of the program");
    exos_yield(0);
    check(SHARED[0] == me + 1, "it went on after its own yield");
    check(sys_env_destroy(env.cap.name, env.cap.check) == -E_CAP, "and has ended");
}

int
main(void)
{
    check_begin("preempted");
    preempted();
    with_child();
    return check_end();
}
