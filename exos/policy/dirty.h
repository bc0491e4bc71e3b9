/* dirty.h - exos_vm_dirty (vm.h), compiled into each page table: to ask whether a page is dirty is to look it up, and little else (Tables 10 and 13).
 * Included behind `guess`: the entry where a lookup ends or, if that is not the page's, begins. */

#include <exos/process.h>
#include <exos/vm.h>

enum { BINDING_PRESENT = 1, BINDING_DIRTY = 64 };

/* EMPTY is the highest flag: one comparison tells a page that is there from all others. */
_Static_assert(EXOS_PTE_EMPTY == (EXOS_PTE_FLAGS + 1) / 2, "see above");

static __attribute__((noinline)) long
dirty_slowly(uintptr_t va)
{
    const struct exos_pte *pte = exos_table_find(exos_self->table, va);
    if (!pte)
        return -ENOMEM;
    if (pte->where & (EXOS_PTE_EMPTY | EXOS_PTE_DIRTY))
        return pte->where / EXOS_PTE_DIRTY & 1;
    uint64_t binding = AEGIS_BINDINGS_POINTER[va / AEGIS_PAGE_SIZE];
    return (binding & BINDING_PRESENT ? binding & BINDING_DIRTY : pte->where & EXOS_PTE_WRITABLE) != 0;
}

long
exos_vm_dirty(const void *page)
{
    uintptr_t va = (uintptr_t)page;
    uint64_t where = guess(exos_self->table, va)->where;
    if (__builtin_expect((where ^ va) >= EXOS_PTE_EMPTY, 0))
        return dirty_slowly(va);
    uint64_t binding = AEGIS_BINDINGS_POINTER[va / AEGIS_PAGE_SIZE];
    if (__builtin_expect(!(binding & BINDING_PRESENT), 0))
        return dirty_slowly(va);
    return (binding / BINDING_DIRTY | where / EXOS_PTE_DIRTY) & 1;
}
