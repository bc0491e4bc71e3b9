/* page.h - physical pages: who owns each one, and which capabilities name it. */
#ifndef PAGE_H
#define PAGE_H

#include "capability.h"

#include <aegis/abi.h>
#include <machine/layout.h>
#include <machine/types.h>

/* Build the tables from the machine's memory map; info_init() has run. */
void page_init(void);

/* The public owner table: physical start and number of its pages. */
pa_t page_owners_pages(u32 *npages);

/* Give the free page `page` to `owner` (an entry of the owner table), zeroed; its old capabilities are stale. False if it is not free. */
bool page_take(u64 page, u16 owner);

/* The kernel's own needs only (page tables, areas, boot programs): any free page, 0 if there is none. */
pa_t page_take_any(u16 owner);

/* Let that search begin at the lowest page again: what a program gets must not depend on what ran before it. */
void page_search_again(void);

/* Make `page` free. The caller has broken its bindings. */
void page_release(pageno_t page);

/* The same for a page that is all zero, a page table that has been emptied: page_take_any() takes such first, and need not zero it again. */
void page_release_zero(pageno_t page);

/* The lowest page of `owner` from *page on, in *page; false if there is none. */
bool page_next_of(u16 owner, pageno_t *page);

/* Is `page` a page of `owner`? */
bool page_is_of(pageno_t page, u16 owner);

/* Visit every page of `owner`, an environment's entry; `visit` gives each away. */
void page_each_of(u16 owner, void (*visit)(pageno_t page));

/* The sum of the epochs of the pages that `name` names, in *epoch. False if one of them does not exist, or there is none. */
bool page_epoch(u64 name, u64 *epoch);
extern u64 *page_epochs; /* only grow: a capability that was stale once stays stale */
extern pageno_t page_count;

/* Does `owner` own all pages that `name` names? */
bool page_owned(u64 name, u16 owner);

/* Is (name, check) a genuine page capability with `rights`? Inline: the capability check of every bind. */
static inline bool
page_cap_grants(u64 name, u64 check, u8 rights)
{
    u64 first = capability_first(name), n = capability_count(name), sum = 0;
    if (n == 0 || first + n > page_count)
        return false;
    for (const u64 *epoch = page_epochs + first, *end = epoch + n; epoch < end; epoch++)
        sum += *epoch;
    return capability_grants(name, check, sum, AEGIS_CAP_PAGE, rights);
}

/* Bindings that name each page, over all environments. binding.c keeps the counts. */
extern u32 *page_refs;

/* Where each page was bound last: the address, and in its low bits the environment's slot. Only a hint: that binding may be gone. */
#define PAGE_HINT_ZERO 1ull /* of a free page: it is all zero */
extern u64 *page_hint;

#endif
