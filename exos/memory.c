/* memory.c - pages of memory, and one at an address of one's choice; contract in exos/memory.h. */

#include <exos/memory.h>
#include <exos/syscall.h>

/* How many pages from `page` on are free, at most `wanted`. */
static uint32_t
free_from(uint32_t page, uint32_t wanted)
{
    uint32_t count = AEGIS_INFO_POINTER->page_count, n = 0;
    while (n < wanted && page + n < count && AEGIS_OWNERS_POINTER[page + n] == AEGIS_OWNER_FREE)
        n++;
    return n;
}

/* Physical names are the application's to choose (claim D-4): the lowest free pages, nothing better is known yet. */
long
exos_page_alloc(unsigned npages, struct aegis_cap *cap)
{
    uint32_t count = AEGIS_INFO_POINTER->page_count, first = 0, n;
    while ((n = free_from(first, npages)) < npages)
        if ((first += n + 1) >= count)
            return -E_PAGE;
    struct aegis_result r = {0, 0};
    for (n = 0; n < npages; n++)
        if ((r = sys_page_alloc(first + n)).status < 0)
            return r.status;
    uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, npages);
    if (npages > 1)
        r = sys_cap_mint(name);
    *cap = (struct aegis_cap){name, r.value};
    return r.status;
}

long
exos_page_protect(void *va, unsigned rights, const struct aegis_cap *cap)
{
    return sys_page_bind((uintptr_t)va | rights, cap->name, cap->check);
}

long
exos_page_map(void *va, unsigned rights, struct aegis_cap *cap)
{
    struct aegis_cap fresh;
    long status = exos_page_alloc(1, &fresh);
    if (status < 0)
        return status;
    status = exos_page_protect(va, rights, &fresh);
    if (status < 0)
        sys_page_free(fresh.name, fresh.check);
    else if (cap)
        *cap = fresh;
    return status;
}
