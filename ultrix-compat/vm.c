/* vm.c - an address space; contract in vm.h, system calls mmap, munmap, mprotect.
 *
 * Which ranges exist is region.c's business. Table pages stay until the process ends, even when what they mapped is gone.
 * Invariant: each non-empty last-level entry holds a page of its own, inside a region, with just the rights of that region;
 * the page of a PROT_NONE region is held by an entry that is not present.
 */

#include "vm.h"
#include "abi.h"
#include "errors.h"
#include "page.h"
#include "process.h"
#include "syscall.h"

#include <machine/memory.h>
#include <machine/panic.h>
#include <machine/x86.h>

enum { REGION_PAGES = 4 };
#define PAGE_MASK (PAGE_SIZE - 1ul)

static pte_t
rights(u32 prot)
{
    return prot == PROT_NONE ? 0 : PTE_P | PTE_U | (prot & PROT_WRITE ? PTE_W : 0) | (prot & PROT_EXEC ? 0 : PTE_NX);
}

void
vm_init(struct vm *vm)
{
    vm->map.region = paging_direct(memory_take(REGION_PAGES));
    vm->map.capacity = REGION_PAGES * PAGE_SIZE / sizeof(struct region) - REGION_SPARE;
}

bool
vm_create(struct vm *vm)
{
    pa_t pml4 = page_alloc(NULL);
    if (!pml4)
        return false;
    vm->pml4 = paging_direct(pml4);
    vm->map.count = 0;
    paging_space_init(vm->pml4);
    return true;
}

static void
free_entry(void *context, va_t va, pte_t *entry)
{
    (void)context;
    page_free(*entry & PTE_ADDRESS);
    *entry = 0;
    invlpg(va);
}

static void
free_table(void *context, pa_t table)
{
    (void)context;
    page_free(table);
}

void
vm_destroy(struct vm *vm)
{
    paging_each_entry(vm->pml4, 0, USER_TOP, free_entry, NULL);
    paging_each_table(vm->pml4, free_table, NULL);
    page_free(paging_physical(vm->pml4));
}

bool
vm_map(struct vm *vm, va_t start, va_t end, u32 prot)
{
    if (!region_set(&vm->map, start, end, prot))
        return false;
    paging_each_entry(vm->pml4, start, end, free_entry, NULL);
    return true;
}

void *
vm_page(struct vm *vm, va_t va)
{
    pte_t *entry = paging_walk(vm->pml4, va, page_alloc, NULL);
    if (!entry)
        return NULL;
    if (!*entry) {
        pa_t page = page_alloc(NULL);
        if (!page)
            return NULL;
        *entry = page | rights(region_find(&vm->map, va)->prot);
    }
    return paging_direct(*entry & PTE_ADDRESS);
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
    assert(!(error & PF_PRESENT)); /* a present page has the rights of its region */
    return vm_page(vm, va) ? VM_REPAIRED : VM_NO_MEMORY;
}

static u64
page_up(u64 n)
{
    return (n + PAGE_MASK) & ~PAGE_MASK;
}

/* Where an mmap of `length` bytes (a multiple of the page size) goes: an address, -EINVAL, -EPERM or -ENOMEM. */
static long
choose(const struct region_map *map, va_t hint, u64 length, u64 flags)
{
    if (length > USER_TOP - VM_LOW)
        return -ENOMEM;
    if (flags & MAP_FIXED) {
        if (hint & PAGE_MASK)
            return -EINVAL;
        return hint < VM_LOW ? -EPERM : hint > USER_TOP - length ? -ENOMEM : (long)hint;
    }
    hint = hint < USER_TOP ? page_up(hint) : 0;
    if (hint >= VM_LOW && hint <= USER_TOP - length && region_is_empty(map, hint, hint + length))
        return hint;
    va_t gap = region_gap(map, VM_LOW, VM_MAP_TOP, length);
    return gap ? (long)gap : -ENOMEM;
}

/* mmap(address, length, prot, flags, fd, offset): private anonymous memory only, zero when first touched.
 * Returns the address; -EBADF or -ENODEV (a file is wanted), -EINVAL (no length, unaligned, flags of another kind), -EPERM (fixed, below VM_LOW),
 * -ENOMEM (no such range, or too many regions). MAP_FIXED replaces what is there. */
long
sys_mmap(struct trapframe *t)
{
    u64 length = page_up(t->rsi), prot = t->rdx & (PROT_READ | PROT_WRITE | PROT_EXEC), flags = t->r10;
    struct vm *vm = &current->vm;
    if (t->r9 & PAGE_MASK)
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return sys_fd_is_open(t->r8) ? -ENODEV : -EBADF;
    if (t->rsi == 0)
        return -EINVAL;
    if (length == 0) /* rounding up went past the end */
        return -ENOMEM;
    if ((flags & ~(u64)(MAP_FIXED | MAP_NORESERVE | MAP_STACK)) != (MAP_PRIVATE | MAP_ANONYMOUS))
        return -EINVAL;
    long start = choose(&vm->map, t->rdi, length, flags);
    if (start < 0)
        return start;
    return vm_map(vm, start, start + length, prot) ? start : -ENOMEM;
}

/* munmap(address, length): nothing is left of the range. Returns 0; -EINVAL (unaligned, no length, outside user space); -ENOMEM (it would
 * split a region and there are too many). */
long
sys_munmap(struct trapframe *t)
{
    va_t start = t->rdi;
    u64 length = page_up(t->rsi);
    struct vm *vm = &current->vm;
    if (start & PAGE_MASK || start > USER_TOP || t->rsi > USER_TOP - start || length == 0)
        return -EINVAL;
    if (!region_remove(&vm->map, start, start + length))
        return -ENOMEM;
    paging_each_entry(vm->pml4, start, start + length, free_entry, NULL);
    return 0;
}

static void
protect_entry(void *context, va_t va, pte_t *entry)
{
    *entry = (*entry & (PTE_ADDRESS | PTE_A | PTE_D)) | *(pte_t *)context;
    invlpg(va);
}

/* mprotect(address, length, prot): all of the range gets `prot`. Returns 0; -EINVAL (unaligned, or no such prot); -ENOMEM (a page of it is in no
 * region, or too many regions). On an error nothing has changed; Linux may have changed the pages before a hole. */
long
sys_mprotect(struct trapframe *t)
{
    va_t start = t->rdi;
    u64 length = page_up(t->rsi);
    struct vm *vm = &current->vm;
    if (start & PAGE_MASK)
        return -EINVAL;
    if (t->rsi == 0)
        return 0;
    if (length == 0 || start + length < start)
        return -ENOMEM;
    if (t->rdx & ~(u64)(PROT_READ | PROT_WRITE | PROT_EXEC))
        return -EINVAL;
    if (start + length > USER_TOP || !region_covers(&vm->map, start, start + length) || !region_protect(&vm->map, start, start + length, t->rdx))
        return -ENOMEM;
    pte_t new_rights = rights(t->rdx);
    paging_each_entry(vm->pml4, start, start + length, protect_entry, &new_rights);
    return 0;
}
