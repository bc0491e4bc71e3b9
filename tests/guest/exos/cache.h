/* cache.h - where an environment's bindings stand in its cache (aegis/info.h), for programs that want them to meet. */
#ifndef CACHE_H
#define CACHE_H

#include <exos/syscall.h>
#include <stdbool.h>

#define TABLE_BYTES 0x200000ul /* the pages of one page table share a set */

/* Slots of a set. */
static inline uint32_t
cache_ways(void)
{
    return AEGIS_BINDING_WAYS(AEGIS_INFO_POINTER->binding_limit);
}

/* The distance of two addresses in the same place of two page tables that share a set. */
static inline uint64_t
cache_span(void)
{
    return AEGIS_INFO_POINTER->binding_limit / cache_ways() * TABLE_BYTES;
}

/* Where cache_flood() begins. */
static inline uint64_t
cache_flood_at(uint64_t va)
{
    return (va & -TABLE_BYTES) + 8 * cache_span();
}

/* Bind `page` at as many other addresses of the set of `va` as that has slots: what was bound in the set before is not any more. False if the kernel refuses. */
__attribute__((unused)) static bool
cache_flood(uint64_t va, const struct aegis_cap *page)
{
    uint64_t other = cache_flood_at(va);
    bool ok = sys_page_unbind(other, cache_ways()) >= 0;
    for (uint32_t i = 0; i < cache_ways(); i++)
        ok &= sys_page_bind((other + i * AEGIS_PAGE_SIZE) | AEGIS_READ, page->name, page->check) == 0;
    return ok;
}

#endif
