/* info.h - the public information page: the kernel's own counters, kept where everyone may read them (aegis/info.h). */
#ifndef INFO_H
#define INFO_H

#include "env.h"

#include <aegis/info.h>

#define INFO_ENV_SHIFT 2 /* sizeof(struct aegis_env_info) is 9 << 2: transfer.S scales a slot by a shift and an addressing mode */

extern struct aegis_info info[1];

/* Before page_init(). */
void info_init(void);

/* Let `env` see the information page and the owner table, read-only, through tables that all environments share. False if no page table can be had. */
bool info_bind(struct env *env);

/* Put into *cap a capability for everybody to read `bytes` bytes of the kernel's memory, from page address `start` on; nothing if one cannot name so many pages. After page_init(). */
void info_publish(struct aegis_cap *cap, pa_t start, u64 bytes);

/* Is it one of the pages so published? */
bool info_is_published(pageno_t page);

/* What must stand in an environment's level-2 entry for the `i`th 2 MiB from AEGIS_INFO on; 0: nothing is public there. */
pte_t info_table(u32 i);

#endif
