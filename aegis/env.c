/* env.c - environments; contract in env.h.
 *
 * They run one after the other, each to its end: there are no time slices yet (README, status). What a program's memory holds is load.c's business.
 */

#include "env.h"
#include "binding.h"
#include "info.h"

#include <machine/boot.h>
#include <machine/descriptors.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/string.h>
#include <machine/x86.h>

_Noreturn void user_enter(va_t entry, va_t stack); /* syscall_entry.S */

static struct env slot[ENV_MAX];
static struct env *current;
static envid_t next_id = AEGIS_FIRST_ENV;
static u32 nfailures;
static u32 free_pages_before; /* the first environment was made */

struct env *
env_current(void)
{
    return current;
}

void
env_each(void (*visit)(struct env *env, void *context), void *context)
{
    for (u32 i = 0; i < ENV_MAX; i++)
        if (slot[i].id)
            visit(&slot[i], context);
}

pa_t
env_take_table(void *env)
{
    struct env *e = env;
    if (e->ntables == ENV_TABLES_MAX)
        return 0;
    pa_t page = page_take_any(AEGIS_OWNER_KERNEL);
    e->ntables += page != 0;
    return page;
}

static struct env *
free_slot(void)
{
    for (u32 i = 0; i < ENV_MAX; i++)
        if (!slot[i].id)
            return &slot[i];
    return NULL;
}

/* The address space with what every environment has. False leaves a half-built one that env_destroy() can take down.
 * The area's page is the kernel's: the processor writes frames to it, so its owner must not be able to free it. */
static bool
build(struct env *env)
{
    pa_t area = page_take_any(AEGIS_OWNER_KERNEL);
    if (!area)
        return false;
    env->area = paging_direct(area);
    env->area->env = env->id;
    return binding_install(env, AEGIS_AREA, area >> PAGE_SHIFT, AEGIS_READ | AEGIS_WRITE) && info_bind(env);
}

static void
copy_name(char *to, const char *from)
{
    size_t n = strlen(from);
    n = n < ENV_NAME_MAX - 1 ? n : ENV_NAME_MAX - 1;
    memcpy(to, from, n);
    to[n] = 0;
}

struct env *
env_create(const char *name)
{
    struct env *env = free_slot();
    if (info->environments == 0)
        free_pages_before = info->free_pages;
    pa_t pml4 = env ? page_take_any(AEGIS_OWNER_KERNEL) : 0;
    if (!pml4)
        return NULL;
    *env = (struct env){.id = next_id++, .pml4 = paging_direct(pml4)};
    info->environments++;
    copy_name(env->name, name);
    paging_space_init(env->pml4);
    if (build(env))
        return env;
    env_destroy(env);
    return NULL;
}

static void
release_table(void *context, pa_t table)
{
    (void)context;
    page_release(table >> PAGE_SHIFT);
}

static void
break_and_release(pageno_t page)
{
    binding_break(page); /* in others: its capabilities may have been given away */
    page_release(page);
}

void
env_destroy(struct env *env)
{
    pa_t pml4 = paging_physical(env->pml4);
    if (env == current)
        write_cr3(paging_kernel_space()); /* stand on tables that stay */
    binding_break_all(env);
    paging_each_table(env->pml4, release_table, NULL);
    envid_t id = env->id;
    env->id = 0;
    page_each_of(id, break_and_release);
    if (env->area)
        page_release(paging_physical(env->area) >> PAGE_SHIFT);
    page_release(pml4 >> PAGE_SHIFT);
    info->environments--;
}

_Noreturn void
env_run_next(void)
{
    for (u32 i = 0; i < ENV_MAX; i++) {
        if (!slot[i].id)
            continue;
        current = &slot[i];
        tss_set_rsp0((u64)(&current->area->ss + 1));
        wrmsr(MSR_FS_BASE, 0);
        wrmsr(MSR_GS_BASE, 0);
        write_cr3(paging_physical(current->pml4));
        user_enter(current->entry, current->stack);
    }
    if (free_pages_before && info->free_pages != free_pages_before)
        panic("pages were lost: %u free before the first environment, %u after the last", free_pages_before, info->free_pages);
    report("halt %u", nfailures);
    machine_shutdown(nfailures != 0);
}

void
env_count_failure(void)
{
    nfailures++;
}

_Noreturn void
env_finish(u8 status)
{
    report("exit %s %u", current->name, status);
    nfailures += status != 0;
    env_destroy(current);
    env_run_next();
}

/* End the caller with the low byte of `status`; all that it has comes back. Does not return. */
long
sys_env_exit(u64 status)
{
    env_finish(status);
}
