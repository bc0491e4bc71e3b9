/* slab.c - small kernel objects; contract in slab.h.
 *
 *      page start    struct slab_page
 *      FIRST         object, object, ...  those below `fresh` have been used; the free ones of these are in a list through their first words
 *
 * Invariant: a page is in its slab's list exactly if one of its objects is free, and has at least one that is not.
 */

#include "slab.h"
#include "page.h"

#include <machine/paging.h>

enum { FIRST = 48 };

struct slab_page {
    struct slab *slab;
    struct slab_page *next, *previous;
    void *free;       /* the one that was freed last */
    u32 used, fresh;  /* objects in use; the byte where those that never were begin */
};
_Static_assert(sizeof(struct slab_page) <= FIRST && FIRST % 16 == 0, "objects are aligned");

static void
append(struct slab_page *page)
{
    struct slab *slab = page->slab;
    page->next = slab->partial;
    page->previous = NULL;
    if (slab->partial)
        slab->partial->previous = page;
    slab->partial = page;
}

static void
remove(struct slab_page *page)
{
    if (page->previous)
        page->previous->next = page->next;
    else
        page->slab->partial = page->next;
    if (page->next)
        page->next->previous = page->previous;
}

static bool
is_full(const struct slab_page *page)
{
    return !page->free && page->fresh + page->slab->size > PAGE_SIZE;
}

static struct slab_page *
new_page(struct slab *slab)
{
    pa_t pa = page_take();
    if (!pa)
        return NULL;
    struct slab_page *page = paging_direct(pa);
    *page = (struct slab_page){.slab = slab, .fresh = FIRST};
    append(page);
    return page;
}

void *
slab_take(struct slab *slab)
{
    struct slab_page *page = slab->partial ? slab->partial : new_page(slab);
    if (!page)
        return NULL;
    void **object = page->free;
    if (object)
        page->free = *object;
    else {
        object = (void **)((char *)page + page->fresh);
        page->fresh += slab->size;
    }
    page->used++;
    if (is_full(page))
        remove(page);
    return object;
}

void
slab_free(void *object)
{
    struct slab_page *page = (struct slab_page *)((u64)object & ~(PAGE_SIZE - 1ul));
    if (is_full(page))
        append(page);
    *(void **)object = page->free;
    page->free = object;
    if (--page->used > 0)
        return;
    remove(page);
    page_free(paging_physical(page));
}
