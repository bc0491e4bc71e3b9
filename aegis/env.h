/* env.h - environments: what the kernel knows of a running program (claims K-7..K-10, as far as they exist). */
#ifndef ENV_H
#define ENV_H

#include "page.h"

#include <machine/paging.h>

enum { ENV_MAX = 64, ENV_TABLES_MAX = 64, ENV_NAME_MAX = 32 };

struct env {
    envid_t id; /* 0: the slot is free */
    u32 ntables; /* page-table pages taken, at most ENV_TABLES_MAX */
    pte_t *pml4;
    struct aegis_area *area; /* through the direct map */
    va_t entry, stack;       /* where it starts */
    char name[ENV_NAME_MAX];
};

/* Make an environment with an area, the public pages and an otherwise empty address space. NULL if there is no slot or no memory. */
struct env *env_create(const char *name);

/* Give back all that the environment has: bindings, pages, tables, slot. */
void env_destroy(struct env *env);

/* The environment that runs. */
struct env *env_current(void);

/* Run the next environment, lowest slot first; when none is left, check that every page came back and halt the machine. */
_Noreturn void env_run_next(void);

/* End the current environment with `status` (0: well) and run the next. */
_Noreturn void env_finish(u8 status);

/* Count a program that could not be started as one that failed. */
void env_count_failure(void);

void env_each(void (*visit)(struct env *env, void *context), void *context);

/* A paging_alloc_t: one page for a page table of the environment `env`, within its quota. */
pa_t env_take_table(void *env);

#endif
