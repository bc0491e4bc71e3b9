/* page.h - physical pages: who owns each one, and which capabilities name it. */
#ifndef PAGE_H
#define PAGE_H

#include <aegis/abi.h>
#include <machine/layout.h>
#include <machine/types.h>

typedef u16 envid_t;

/* Build the tables from the machine's memory map; info_init() has run. The last user of memory_take(). */
void page_init(void);

/* The public information pages: physical start and number of pages of the owner table. */
pa_t page_owners_pages(u32 *npages);

/* Give the free page `page` to `owner`, zeroed; its old capabilities are stale. False if it is not free. */
bool page_take(pageno_t page, envid_t owner);

/* The kernel's own needs only (page tables, areas, boot programs): any free page, 0 if there is none. */
pa_t page_take_any(envid_t owner);

/* Make `page` free. The caller has broken its bindings. */
void page_release(pageno_t page);

/* Visit every page of `owner`. */
void page_each_of(envid_t owner, void (*visit)(pageno_t page));

/* Does (name, check) grant `rights` on its page? */
bool page_cap_grants(u64 name, u64 check, u8 rights);

/* Bindings that name the page, over all environments. binding.c keeps the count. */
void page_ref(pageno_t page);
void page_unref(pageno_t page);
u32 page_refs(pageno_t page);

#endif
