/* env.c - child environments; contract in exos/env.h. Its saved state, from which it starts, is exos/slice.h's. */

#include <exos/env.h>
#include <exos/memory.h>
#include <exos/slice.h>
#include <exos/syscall.h>

enum { VECTORS = 32 };

/* Where a page is bound while it is being copied: below the stack, in nobody's way. */
#define WINDOW ((uint64_t *)0x6fd00000)

extern char __executable_start[], _end[]; /* of the program, from the linker */

/* The rights of the binding at `va`, 0 if there is none. */
static unsigned
rights_at(uintptr_t va)
{
    uint64_t entry = AEGIS_BINDINGS_POINTER[va / AEGIS_PAGE_SIZE];
    if (!(entry & 1))
        return 0;
    return AEGIS_READ | (entry & 2 ? AEGIS_WRITE : 0) | (entry >> 63 ? 0 : AEGIS_EXECUTE);
}

static long
bind_in(const struct exos_env *env, uintptr_t va, unsigned rights, uint64_t name, uint64_t check)
{
    return sys_page_bind_in(va | rights, name, check, 0, env->cap.name, env->cap.check);
}

/* The program itself should stay bound, since what handles a miss is part of it; what is beyond the kernel's bound for that is bound like any other page. */
static long
bind_program(const struct exos_env *env, uintptr_t va, unsigned rights, uint64_t name, uint64_t check)
{
    long status = bind_in(env, va, rights | AEGIS_GUARANTEED, name, check);
    return status == -E_QUOTA ? bind_in(env, va, rights, name, check) : status;
}

/* The capability of the caller's own page that is bound at `va`. */
static struct aegis_cap
cap_of(uintptr_t va, unsigned rights, long *status)
{
    uint64_t page = AEGIS_BINDINGS_POINTER[va / AEGIS_PAGE_SIZE] >> 12 & 0xffffffff;
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, rights, page);
    struct aegis_result minted = sys_cap_mint(name);
    *status = minted.status;
    return (struct aegis_cap){name, minted.value};
}

long
exos_env_share(const struct exos_env *env, void *va, size_t npages, unsigned rights)
{
    long status = 0;
    for (uintptr_t at = (uintptr_t)va; status >= 0 && npages > 0; npages--, at += AEGIS_PAGE_SIZE) {
        struct aegis_cap cap = cap_of(at, rights, &status);
        if (status >= 0)
            status = bind_in(env, at, rights, cap.name, cap.check);
    }
    return status;
}

/* The capability of a new page that holds what the page at `from` does. */
static struct aegis_cap
copy_of(const uint64_t *from, long *status)
{
    struct aegis_cap cap = {0, 0};
    *status = exos_page_map(WINDOW, AEGIS_READ | AEGIS_WRITE, &cap);
    for (size_t i = 0; *status >= 0 && i < AEGIS_PAGE_SIZE / sizeof *from; i++)
        WINDOW[i] = from[i];
    return cap;
}

static long
give_program(const struct exos_env *env)
{
    long status = 0;
    for (uintptr_t va = (uintptr_t)__executable_start; status >= 0 && va < (uintptr_t)_end; va += AEGIS_PAGE_SIZE) {
        unsigned rights = rights_at(va);
        if (!rights)
            continue;
        struct aegis_cap cap = rights & AEGIS_WRITE ? copy_of((const uint64_t *)va, &status) : cap_of(va, rights, &status);
        if (status >= 0)
            status = bind_program(env, va, rights, cap.name, cap.check);
    }
    sys_page_unbind((uintptr_t)WINDOW, 1);
    return status;
}

static long
give_stack(const struct exos_env *env)
{
    struct aegis_cap cap;
    long status = 0;
    for (uintptr_t va = AEGIS_STACK_TOP - AEGIS_STACK_PAGES * AEGIS_PAGE_SIZE; status >= 0 && va < AEGIS_STACK_TOP; va += AEGIS_PAGE_SIZE) {
        status = exos_page_alloc(1, &cap);
        if (status >= 0)
            status = bind_in(env, va, AEGIS_READ | AEGIS_WRITE, cap.name, cap.check);
    }
    return status;
}

static void
copy_contexts(volatile struct aegis_area *to)
{
    for (int vector = 0; vector < VECTORS; vector++)
        to->pc[vector] = AEGIS_AREA_POINTER->pc[vector];
    exos_slice_start_at(to, exos_slice_start);
    to->slice_end_pc = (uint32_t)(uintptr_t)exos_slice_end;
    to->armed = 1;
}

long
exos_env_create(struct exos_env *env, void *area)
{
    struct aegis_result made = sys_env_create();
    if (made.status < 0)
        return made.status;
    env->id = made.status;
    env->cap = (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value};
    env->area = area;
    long status = sys_env_area((uintptr_t)area, env->cap.name, env->cap.check);
    if (status >= 0)
        status = give_program(env);
    if (status >= 0)
        status = give_stack(env);
    if (status >= 0)
        copy_contexts(env->area);
    else
        sys_env_destroy(env->cap.name, env->cap.check);
    return status < 0 ? status : 0;
}

static _Noreturn void
begin(int (*main)(uint64_t argument), uint64_t argument)
{
    sys_env_exit(main(argument));
}

void
exos_env_start(const struct exos_env *env, int (*main)(uint64_t argument), uint64_t argument)
{
    *exos_saved_in(env->area) = (struct exos_saved){
        .rip = (uintptr_t)begin,
        .rdi = (uintptr_t)main,
        .rsi = argument,
        .rsp = AEGIS_STACK_TOP - sizeof(uint64_t), /* as behind a call */
        .rflags = AEGIS_HANDLER_RFLAGS,
    };
}

long
exos_env_give_slice(const struct exos_env *env, unsigned position)
{
    struct aegis_result made = sys_slice_alloc(position);
    if (made.status < 0)
        return made.status;
    return sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, position), made.value, env->id);
}
