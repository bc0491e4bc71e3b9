/* memory.c - a page of memory at an address of one's choice; contract in exos/memory.h. */

#include <exos/memory.h>
#include <exos/syscall.h>
#include <stddef.h>

/* Physical names are the application's to choose (claim D-4): the lowest free page, nothing better is known yet. */
static long
allocate(struct aegis_cap *cap)
{
    uint32_t count = AEGIS_INFO_POINTER->page_count;
    for (uint32_t page = 0; page < count; page++) {
        if (AEGIS_OWNERS_POINTER[page] != AEGIS_OWNER_FREE)
            continue;
        struct aegis_result r = sys_page_alloc(page);
        if (r.status == 0) {
            *cap = (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), r.value};
            return 0;
        }
    }
    return -E_PAGE;
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
    long status = allocate(&fresh);
    if (status < 0)
        return status;
    status = exos_page_protect(va, rights, &fresh);
    if (status < 0)
        sys_page_free(fresh.name, fresh.check);
    else if (cap)
        *cap = fresh;
    return status;
}
