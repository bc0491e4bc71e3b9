/* vm.c - an address space; contract in vm.h. The system calls are vm_calls.c's, fork's copy vm_copy.c's.
 *
 * Which ranges exist is region.c's business. Table pages stay until the address space ends, even when what they mapped is gone.
 * Invariant: each non-empty last-level entry holds a reference to a page, inside a region, with just the rights of that region, but that a private page to which others
 * refer too is not writable: the first write copies it. The page of a PROT_NONE region is held by an entry that is not present.
 */

#include "vm.h"
#include "abi.h"
#include "page.h"

#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

pte_t
vm_rights(u32 prot)
{
    return prot == PROT_NONE ? 0 : PTE_P | PTE_U | (prot & PROT_WRITE ? PTE_W : 0) | (prot & PROT_EXEC ? 0 : PTE_NX);
}

_Static_assert(sizeof(struct vm) <= PAGE_SIZE, "an address space's description is a page");

struct vm *
vm_create(void)
{
    pa_t pml4 = page_alloc(NULL), page = pml4 ? page_take() : 0;
    if (!page) {
        if (pml4)
            page_free(pml4);
        return NULL;
    }
    struct vm *vm = paging_direct(page);
    vm->pml4 = paging_direct(pml4);
    vm->users = 1;
    vm->break_start = vm->break_end = 0;
    vm->map.nchunks = vm->map.nspares = 0;
    paging_space_init(vm->pml4);
    return vm;
}

static void
drop_entry(void *context, va_t va, pte_t *entry)
{
    (void)context, (void)va;
    page_free(*entry & PTE_ADDRESS);
}

static void
drop_table(void *context, pa_t table)
{
    (void)context;
    page_free(table);
}

void
vm_release(struct vm *vm)
{
    if (--vm->users > 0)
        return;
    paging_tear_down(vm->pml4, drop_entry, drop_table, NULL);
    page_free(paging_physical(vm->pml4));
    region_clear(&vm->map);
    page_free(paging_physical(vm));
}

static void
free_entry(void *context, va_t va, pte_t *entry)
{
    (void)context;
    page_free(*entry & PTE_ADDRESS);
    *entry = 0;
    invlpg(va);
}

bool
vm_map(struct vm *vm, va_t start, va_t end, u32 prot, u32 shared)
{
    if (!region_set(&vm->map, start, end, prot, shared))
        return false;
    paging_each_entry(vm->pml4, start, end, free_entry, NULL);
    return true;
}

bool
vm_unmap(struct vm *vm, va_t start, va_t end)
{
    if (!region_remove(&vm->map, start, end))
        return false;
    paging_each_entry(vm->pml4, start, end, free_entry, NULL);
    return true;
}

/* Fill the entry at `va`, if it is empty, with a zeroed page. Returns the entry; NULL: out of memory. */
static pte_t *
supply(struct vm *vm, va_t va, u32 prot)
{
    pte_t *entry = paging_walk(vm->pml4, va, page_alloc, NULL);
    if (!entry || *entry)
        return entry;
    pa_t page = page_alloc(NULL);
    if (!page)
        return NULL;
    *entry = page | vm_rights(prot);
    return entry;
}

void *
vm_page(struct vm *vm, va_t va)
{
    pte_t *entry = supply(vm, va, region_find(&vm->map, va)->prot);
    return entry ? paging_direct(*entry & PTE_ADDRESS) : NULL;
}

/* Make a private page that is present writable: a copy of it, unless nobody else refers to it any more. */
static enum vm_fault
copy_on_write(struct vm *vm, va_t va)
{
    pte_t *entry = paging_walk(vm->pml4, va, NULL, NULL);
    pa_t old = *entry & PTE_ADDRESS;
    if (page_is_shared(old)) {
        pa_t page = page_take();
        if (!page)
            return VM_NO_MEMORY;
        memcpy(paging_direct(page), paging_direct(old), PAGE_SIZE);
        *entry = (*entry & ~PTE_ADDRESS) | page;
        page_free(old);
    }
    *entry |= PTE_W;
    invlpg(va);
    return VM_REPAIRED;
}

/* What an access with this error code needs. On this processor whoever may write or execute may read. */
static u32
needs(u64 error)
{
    return error & PF_WRITE ? PROT_WRITE : error & PF_FETCH ? PROT_EXEC : PROT_READ | PROT_WRITE | PROT_EXEC;
}

enum vm_fault
vm_fault(struct vm *vm, va_t va, u64 error)
{
    const struct region *region = region_find(&vm->map, va);
    if (!region)
        return VM_UNMAPPED;
    if (!(region->prot & needs(error)))
        return VM_DENIED;
    if (error & PF_PRESENT) {
        assert(error & PF_WRITE && !region->shared); /* the only right that a present page may lack */
        return copy_on_write(vm, va);
    }
    return supply(vm, va, region->prot) ? VM_REPAIRED : VM_NO_MEMORY;
}
