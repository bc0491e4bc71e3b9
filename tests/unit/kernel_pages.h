/* kernel_pages.h - the physical memory of one kernel file on the host: PAGES pages, the first RESERVED of them never free, and TABLES behind them for the kernel's own tables.
 * The driver says how many each is, and then includes this. */
#ifndef KERNEL_PAGES_H
#define KERNEL_PAGES_H

#include "kernel.h"

#include <page.h>

char fake_memory[(PAGES + TABLES) * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

/* What page.c needs of memory.c. */
pageno_t memory_page_count(void) { return PAGES; }
void memory_settle(void) {}
bool memory_is_free(pageno_t page) { return page >= RESERVED; }

pa_t
memory_take(u32 npages)
{
    static u32 next = PAGES;
    next += npages;
    if (next > PAGES + TABLES)
        abort();
    return (pa_t)(next - npages) << PAGE_SHIFT;
}

#endif
