/* pages.h - pages of ultrix-compat on the host, as few as the driver allows, so that memory runs out where a test wants it to. What is free again is poisoned. */
#ifndef PAGES_H
#define PAGES_H

#include "driver.h"

#include "../../ultrix-compat/page.h"

#include <machine/paging.h>
#include <sanitizer/asan_interface.h>

enum { FAKE_PAGES = 4096 };

char fake_memory[FAKE_PAGES * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static uint32_t pages_free[FAKE_PAGES], pages_nfree;
static uint32_t pages_used, pages_allowed = FAKE_PAGES - 1; /* page 0 is none */

static inline void
pages_start(void)
{
    for (uint32_t i = FAKE_PAGES - 1; i > 0; i--)
        pages_free[pages_nfree++] = i;
    ASAN_POISON_MEMORY_REGION(fake_memory, sizeof fake_memory);
}

pa_t
page_take(void)
{
    if (pages_used >= pages_allowed)
        return 0;
    pages_used++;
    pa_t page = (pa_t)pages_free[--pages_nfree] << PAGE_SHIFT;
    ASAN_UNPOISON_MEMORY_REGION(paging_direct(page), PAGE_SIZE);
    memset(paging_direct(page), 0xee, PAGE_SIZE);
    return page;
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
    if (page == 0 || page % PAGE_SIZE || page >= sizeof fake_memory)
        abort();
    pages_used--;
    pages_free[pages_nfree++] = page >> PAGE_SHIFT;
    ASAN_POISON_MEMORY_REGION(paging_direct(page), PAGE_SIZE);
}

#endif
