/* info.h - the public information page: the kernel's own counters, kept where everyone may read them (aegis/info.h). */
#ifndef INFO_H
#define INFO_H

#include "env.h"

#include <aegis/info.h>

#define INFO_ENV_SHIFT 5 /* log2 of sizeof(struct aegis_env_info), for transfer.S */

extern struct aegis_info info[1];

/* Before page_init(). */
void info_init(void);

/* Bind the information page and the owner table in `env`, read-only. False if no page table can be had. */
bool info_bind(struct env *env);

#endif
