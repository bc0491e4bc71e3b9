/* page.h - physical pages for processes and their page tables. */
#ifndef PAGE_H
#define PAGE_H

#include <machine/types.h>

/* Collect all free RAM. After memory_take() has been used for the last time. */
void page_init(void);

/* One zeroed page, or 0 if there is none. The context is unused: this is also a paging_alloc_t. */
pa_t page_alloc(void *context);

void page_free(pa_t page);

u32 page_free_count(void);

#endif
