/* info.c - the public information page; contract in info.h. Each counter is kept by the file whose subject it is. */

#include "info.h"
#include "binding.h"
#include "page.h"

#include <machine/memory.h>

struct aegis_info info[1] __attribute__((aligned(PAGE_SIZE)));

_Static_assert(sizeof(struct aegis_env_info) == 1 << INFO_ENV_SHIFT, "transfer.S scales a slot by shifting");

void
info_init(void)
{
    info->version = AEGIS_VERSION;
    info->page_count = memory_page_count();
}

bool
info_bind(struct env *env)
{
    u32 npages;
    pa_t owners = page_owners_pages(&npages);
    bool bound = binding_install_public(env, AEGIS_INFO, (u64)info - KERNEL_BASE);
    for (u32 i = 0; bound && i < npages; i++)
        bound = binding_install_public(env, AEGIS_OWNERS + i * PAGE_SIZE, owners + i * PAGE_SIZE);
    return bound;
}
