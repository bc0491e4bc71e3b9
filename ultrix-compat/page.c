/* page.c - physical pages; contract in page.h.
 *
 * A stack of free page numbers. A page has one owner, who frees it: who that is, is known from the page table that holds it (vm.c).
 */

#include "page.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>

static pageno_t *free_page;
static u32 nfree, capacity;

void
page_init(void)
{
    pageno_t count = memory_page_count();
    free_page = paging_direct(memory_take((count * sizeof *free_page + PAGE_SIZE - 1) / PAGE_SIZE));
    for (pageno_t page = count; page-- > 0;)
        if (memory_is_free(page))
            free_page[nfree++] = page;
    capacity = nfree;
}

pa_t
page_alloc(void *context)
{
    (void)context;
    if (nfree == 0)
        return 0;
    pa_t page = (pa_t)free_page[--nfree] << PAGE_SHIFT;
    memset(paging_direct(page), 0, PAGE_SIZE);
    return page;
}

void
page_free(pa_t page)
{
    assert(nfree < capacity);
    free_page[nfree++] = page >> PAGE_SHIFT;
}

u32
page_free_count(void)
{
    return nfree;
}
