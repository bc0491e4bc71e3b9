/* info.c - the public information page; contract in info.h. Each counter is kept by the file whose subject it is. */

#include "info.h"
#include "binding.h"
#include "page.h"

#include <machine/memory.h>
#include <machine/panic.h>

#define TABLE_SPAN 0x200000ul /* bytes that one table maps */

struct aegis_info info[1] __attribute__((aligned(PAGE_SIZE)));

_Static_assert(sizeof(struct aegis_env_info) == 9 << INFO_ENV_SHIFT, "transfer.S scales a slot so");

enum { TABLES_MAX = (AEGIS_GUARANTEED_END - AEGIS_INFO) / TABLE_SPAN, ENTRIES = TABLE_SPAN / PAGE_SIZE };

static pte_t *table[TABLES_MAX]; /* of the segment of public pages: filled when the first environment is made */
static u32 ntables;

void
info_init(void)
{
    info->version = AEGIS_VERSION;
    info->page_count = memory_page_count();
    u32 npages = 1 + (info->page_count * sizeof(u16) + PAGE_SIZE - 1) / PAGE_SIZE;
    for (ntables = 0; ntables * ENTRIES < npages; ntables++)
        table[ntables] = paging_direct(memory_take(1));
}

static void
fill(void)
{
    const pte_t rights = PTE_P | PTE_U | PTE_NX | (pte_t)AEGIS_READ << BINDING_GRANTED_SHIFT;
    u32 npages;
    pa_t owners = page_owners_pages(&npages);
    table[0][0] = ((u64)info - KERNEL_BASE) | rights;
    for (u32 i = 1; i <= npages; i++)
        table[i / ENTRIES][i % ENTRIES] = (owners + (i - 1) * PAGE_SIZE) | rights;
}

pte_t
info_table(u32 i)
{
    return i < ntables ? paging_physical(table[i]) | PTE_P | PTE_U | PTE_SHARED : 0;
}

bool
info_bind(struct env *env)
{
    if (!table[0][0])
        fill();
    for (u32 i = 0; i < ntables; i++) {
        pte_t *entry = paging_walk_large(env->pml4, AEGIS_INFO + i * TABLE_SPAN, env_take_table, env);
        if (!entry)
            return false;
        *entry = info_table(i);
    }
    return true;
}

void
info_publish(struct aegis_cap *cap, pa_t start, u64 bytes)
{
    u64 npages = (bytes + PAGE_SIZE - 1) / PAGE_SIZE, sum;
    u64 name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_READ, start / PAGE_SIZE, npages);
    assert(start % PAGE_SIZE == 0);
    if (npages <= 0xffff && page_epoch(name, &sum))
        *cap = (struct aegis_cap){name, capability_mint(name, sum)};
}

static bool
names(struct aegis_cap cap, pageno_t page)
{
    return page - capability_first(cap.name) < capability_count(cap.name);
}

bool
info_is_published(pageno_t page)
{
    return names(info->archive, page) || names(info->cache, page);
}
