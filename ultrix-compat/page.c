/* page.c - physical pages; contract in page.h.
 *
 * A stack of free page numbers, and a count of references for each page: fork makes two address spaces refer to one page (vm_copy.c).
 * Invariant: a page is on the stack exactly if its count is 0.
 */

#include "page.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>

u32 *page_references;
static pageno_t *free_page;
static u32 nfree, capacity;

static void *
take_table(pageno_t count, size_t size)
{
    return paging_direct(memory_take((count * size + PAGE_SIZE - 1) / PAGE_SIZE));
}

void
page_init(void)
{
    pageno_t count = memory_page_count();
    page_references = take_table(count, sizeof *page_references);
    free_page = take_table(count, sizeof *free_page);
    memory_settle();
    for (pageno_t page = count; page-- > 0;)
        if (memory_is_free(page))
            free_page[nfree++] = page;
    capacity = nfree;
}

pa_t
page_take(void)
{
    if (nfree == 0)
        return 0;
    pageno_t page = free_page[--nfree];
    page_references[page] = 1;
    return (pa_t)page << PAGE_SHIFT;
}

pa_t
page_alloc(void *context)
{
    (void)context;
    pa_t page = page_take();
    if (page)
        memset(paging_direct(page), 0, PAGE_SIZE);
    return page;
}

void
page_free(pa_t page)
{
    pageno_t number = page >> PAGE_SHIFT;
    assert(page_references[number] > 0);
    if (--page_references[number] > 0)
        return;
    assert(nfree < capacity);
    free_page[nfree++] = number;
}

u32
page_free_count(void)
{
    return nfree;
}

u32
page_count(void)
{
    return capacity;
}
