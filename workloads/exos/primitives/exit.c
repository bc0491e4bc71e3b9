/* exit.c - the end of an environment, by its own hand: from its `env_exit` to the first instruction of the next slice, which is another's. The code is entry.S's. */

#include "rows.h"

#include <exos/slice.h>
#include <exos/transfer.h>

OPERATION("call-env_exit", "of an environment with two pages bound, to the first instruction of the next slice");

enum { SECOND = 1 };

/* Both environments see this page: no register outlives an exit. */
_Alignas(AEGIS_PAGE_SIZE) uint32_t one_way_tick[AEGIS_PAGE_SIZE / sizeof(uint32_t)];

extern const char env_exit_begin[], env_exit_end[];
uint32_t env_exit_run(void), one_way_empty_run(void);
void env_exit_prepare(void);

static const struct region env_exit = {env_exit_run, one_way_empty_run, env_exit_begin, env_exit_end, NULL};

/* Another environment, as small as can be, whose first slice comes next. */
static bool
small_env(struct exos_env *env)
{
    struct aegis_result made = sys_env_create();
    if (made.status < 0)
        return false;
    *env = (struct exos_env){made.status, {AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value}, PEER_AREA};
    if (sys_env_area((uintptr_t)PEER_AREA, env->cap.name, env->cap.check) < 0)
        return false;
    env->area->slice_start_pc = (uint32_t)(uintptr_t)env_exit_begin;
    void *code = (void *)((uintptr_t)env_exit_begin & -(uintptr_t)AEGIS_PAGE_SIZE);
    return exos_env_share(env, code, 1, AEGIS_READ | AEGIS_EXECUTE) >= 0 && exos_env_share(env, one_way_tick, 1, AEGIS_READ | AEGIS_WRITE) >= 0 &&
           exos_env_give_slice(env, SECOND) >= 0;
}

void
env_exit_prepare(void)
{
    struct exos_env env;
    if (!small_env(&env))
        sys_env_exit(1); /* the row is missing, and the log says that the program failed */
}

void
measure_exit(void)
{
    one_way_tick[0] = 0; /* the page is there, and is no other's */
    measure("call-env_exit", &env_exit);
    exos_slice_init();
    exos_yield(0); /* to itself, the only one: its next slice has no end */
}
