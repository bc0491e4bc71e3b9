/* page.h - physical pages for processes, their page tables, files and pipes. */
#ifndef PAGE_H
#define PAGE_H

#include <machine/layout.h>
#include <machine/types.h>

/* Collect all free RAM. After memory_take() has been used for the last time. */
void page_init(void);

/* One zeroed page with one reference, or 0 if there is none. The context is unused: this is also a paging_alloc_t. */
pa_t page_alloc(void *context);

/* The same with whatever it held before: for who fills all of it. */
pa_t page_take(void);

/* Give up one reference; the last one frees the page. */
void page_free(pa_t page);

/* How many are free, and how many there are. */
u32 page_free_count(void);
u32 page_count(void);

/* How many refer to each page: by its number. */
extern u32 *page_references;

static inline void page_share(pa_t page) { page_references[page >> PAGE_SHIFT]++; }
static inline bool page_is_shared(pa_t page) { return page_references[page >> PAGE_SHIFT] > 1; }

#endif
