/* vm_copy.c - fork's copy of an address space; contract in vm.h.
 *
 * Both get an entry for each page that is there, private ones without the right to write: the first who writes copies (vm.c).
 */

#include "vm.h"
#include "page.h"

#include <machine/x86.h>

enum { TABLE_SPAN = 512 * PAGE_SIZE };

struct copy {
    pte_t *pml4;  /* of the copy */
    pte_t *table; /* its last-level table for `base`, or NULL */
    va_t base;
    u32 shared;
    bool failed;
};

/* The copy's entry for `va`. Neighbours are mostly in the same table. */
static pte_t *
entry_in_copy(struct copy *c, va_t va)
{
    va_t base = va & ~(TABLE_SPAN - 1ul);
    if (!c->table || base != c->base) {
        c->base = base;
        c->table = paging_walk(c->pml4, base, page_alloc, NULL);
    }
    return c->table ? &c->table[(va - base) >> PAGE_SHIFT] : NULL;
}

static void
copy_entry(void *context, va_t va, pte_t *entry)
{
    struct copy *c = context;
    pte_t *copy = c->failed ? NULL : entry_in_copy(c, va);
    if (!copy) {
        c->failed = true;
        return;
    }
    page_share(*entry & PTE_ADDRESS);
    if (!c->shared)
        *entry &= ~PTE_W;
    *copy = *entry & ~(PTE_A | PTE_D);
}

struct vm *
vm_copy(struct vm *from)
{
    struct region_place place;
    struct vm *vm = vm_create();
    if (!vm)
        return NULL;
    struct copy c = {.pml4 = vm->pml4};
    vm->break_start = from->break_start;
    vm->break_end = from->break_end;
    c.failed = !region_copy(&vm->map, &from->map);
    for (const struct region *r = region_first(&from->map, &place); r && !c.failed; r = region_next(&from->map, &place)) {
        c.shared = r->shared;
        paging_each_entry(from->pml4, r->start, r->end, copy_entry, &c);
    }
    if (c.failed)
        vm_release(vm);
    return c.failed ? NULL : vm;
}
