/* kernel.h - the surroundings of one kernel file on the host: three environments, and a panic that is a crash. */
#ifndef KERNEL_H
#define KERNEL_H

#include "driver.h"

#include <capability.h>
#include <env.h>
#include <info.h>
#include <machine/panic.h>

enum { KERNEL_ENVS = 3 };

struct env env_slot[ENV_MAX];
u32 current_id;
u64 fake_time;
struct aegis_info info[1];

_Noreturn void
panic(const char *fmt, ...)
{
    fprintf(stderr, "panic: %s\n", fmt);
    abort();
}

struct env *
env_by_id(u64 id)
{
    struct env *env = &env_slot[id % ENV_MAX];
    return env->used && env->id == id ? env : NULL;
}

/* Environments 64, 65, 66; the first runs. */
static inline void
kernel_start_environments(void)
{
    static struct aegis_area area[KERNEL_ENVS];
    static const u8 key[16] = {1};
    capability_init(key);
    for (u32 i = 0; i < KERNEL_ENVS; i++) {
        env_slot[i] = (struct env){.used = true, .id = ENV_MAX + i, .area = &area[i]};
        area[i].slice_start_pc = 1;
        info->env[i].id = env_slot[i].id;
    }
    current_id = ENV_MAX;
}

/* The next of the input's operations: a number and two arguments. False at the end. */
static inline bool
next_operation(const char **input, size_t *left, u64 *op, u64 *a, u64 *b)
{
    u64 words[3];
    if (*left < sizeof words)
        return false;
    memcpy(words, *input, sizeof words);
    *input += sizeof words;
    *left -= sizeof words;
    *op = words[0];
    *a = words[1];
    *b = words[2];
    return true;
}

#endif
