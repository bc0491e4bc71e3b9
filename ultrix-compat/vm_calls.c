/* vm_calls.c - the system calls about memory: mmap, munmap, mprotect, madvise, brk. What they change is vm.c's. */

#include "abi.h"
#include "errors.h"
#include "file.h"
#include "page.h"
#include "process.h"
#include "syscall.h"

#include <machine/x86.h>

#define PAGE_MASK (PAGE_SIZE - 1ul)
#define PROT_ALL (PROT_READ | PROT_WRITE | PROT_EXEC)

static u64
page_up(u64 n)
{
    return (n + PAGE_MASK) & ~PAGE_MASK;
}

/* More than there is in the whole machine is refused at once, as Linux does (vm/overcommit_memory, 0); less may still turn out to be too much when it is touched. */
static bool
exceeds_memory(u64 length)
{
    return length >> PAGE_SHIFT > page_count();
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

/* Shared memory has all its pages from the beginning: what a child and its parent share must not depend on who touched it first. */
static bool
fill(struct vm *vm, va_t start, va_t end)
{
    if ((end - start) >> PAGE_SHIFT > page_free_count())
        return false;
    for (va_t va = start; va < end; va += PAGE_SIZE)
        if (!vm_page(vm, va))
            return false;
    return true;
}

static long
map(struct vm *vm, va_t start, u64 length, u32 prot, bool shared)
{
    if (!vm_map(vm, start, start + length, prot, shared))
        return -ENOMEM;
    if (shared && !fill(vm, start, start + length)) {
        vm_unmap(vm, start, start + length);
        return -ENOMEM;
    }
    return start;
}

/* mmap(address, length, prot, flags, fd, offset): anonymous memory only, zero when first touched.
 * Returns the address; -EBADF or -ENODEV (a file is wanted), -EINVAL (no length, unaligned, flags of another kind), -EPERM (fixed, below VM_LOW),
 * -ENOMEM (no such range, too many regions, no memory for what is shared, or more than the machine has). MAP_FIXED replaces what is there. */
long
sys_mmap(struct trapframe *t)
{
    u64 length = page_up(t->rsi), flags = t->r10, sharing = flags & (MAP_SHARED | MAP_PRIVATE);
    struct vm *vm = current->vm;
    if (t->r9 & PAGE_MASK)
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return file_at(t->r8) ? -ENODEV : -EBADF;
    if (t->rsi == 0)
        return -EINVAL;
    if (length == 0) /* rounding up went past the end */
        return -ENOMEM;
    if ((flags & ~(u64)(MAP_SHARED | MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE | MAP_STACK)) != MAP_ANONYMOUS || (sharing != MAP_SHARED && sharing != MAP_PRIVATE))
        return -EINVAL;
    if (t->rdx & PROT_WRITE && !(flags & MAP_NORESERVE) && exceeds_memory(length))
        return -ENOMEM;
    long start = choose(&vm->map, t->rdi, length, flags);
    return start < 0 ? start : map(vm, start, length, t->rdx & PROT_ALL, sharing == MAP_SHARED);
}

/* munmap(address, length): nothing is left of the range. Returns 0; -EINVAL (unaligned, no length, outside user space); -ENOMEM (it would
 * split a region and there are too many). */
long
sys_munmap(struct trapframe *t)
{
    va_t start = t->rdi;
    u64 length = page_up(t->rsi);
    if (start & PAGE_MASK || start > USER_TOP || t->rsi > USER_TOP - start || length == 0)
        return -EINVAL;
    return vm_unmap(current->vm, start, start + length) ? 0 : -ENOMEM;
}

struct protection {
    pte_t rights;
    bool copy_on_write; /* a page that others refer to stays read-only */
};

static void
protect_entry(void *context, va_t va, pte_t *entry)
{
    const struct protection *p = context;
    *entry = (*entry & (PTE_ADDRESS | PTE_A | PTE_D)) | p->rights;
    if (p->copy_on_write && page_is_shared(*entry & PTE_ADDRESS))
        *entry &= ~PTE_W;
    invlpg(va);
}

/* The entries of [start, end), whose regions have the new rights already; private and shared regions may be neighbours in it. */
static void
protect_entries(struct vm *vm, va_t start, va_t end, u32 prot)
{
    struct protection p = {.rights = vm_rights(prot)};
    while (start < end) {
        const struct region *r = region_find(&vm->map, start);
        va_t until = r->end < end ? r->end : end;
        p.copy_on_write = !r->shared && prot & PROT_WRITE;
        paging_each_entry(vm->pml4, start, until, protect_entry, &p);
        start = until;
    }
}

/* mprotect(address, length, prot): all of the range gets `prot`. Returns 0; -EINVAL (unaligned, or no such prot); -ENOMEM (a page of it is in no
 * region, or too many regions). On an error nothing has changed; Linux may have changed the pages before a hole. */
long
sys_mprotect(struct trapframe *t)
{
    va_t start = t->rdi;
    u64 length = page_up(t->rsi);
    struct vm *vm = current->vm;
    if (start & PAGE_MASK)
        return -EINVAL;
    if (t->rsi == 0)
        return 0;
    if (length == 0 || start + length < start)
        return -ENOMEM;
    if (t->rdx & ~(u64)PROT_ALL)
        return -EINVAL;
    if (start + length > USER_TOP || !region_covers(&vm->map, start, start + length) || !region_protect(&vm->map, start, start + length, t->rdx))
        return -ENOMEM;
    protect_entries(vm, start, start + length, t->rdx);
    return 0;
}

static void
discard_entry(void *context, va_t va, pte_t *entry)
{
    (void)context;
    page_free(*entry & PTE_ADDRESS);
    *entry = 0;
    invlpg(va);
}

/* Private pages of the range are zero again when touched; shared ones stay. */
static void
discard(struct vm *vm, va_t start, va_t end)
{
    while (start < end) {
        const struct region *r = region_find(&vm->map, start);
        va_t until = r->end < end ? r->end : end;
        if (!r->shared)
            paging_each_entry(vm->pml4, start, until, discard_entry, NULL);
        start = until;
    }
}

/* madvise(address, length, advice): MADV_DONTNEED forgets the pages, other advice is only advice. Returns 0; -EINVAL (unaligned, no such advice), -ENOMEM (a page of
 * it is in no region). */
long
sys_madvise(struct trapframe *t)
{
    va_t start = t->rdi;
    u64 length = page_up(t->rsi);
    u32 advice = t->rdx;
    if (advice > MADV_DONTNEED && advice != MADV_FREE)
        return -EINVAL;
    if (start & PAGE_MASK || (length == 0 && t->rsi) || start + length < start)
        return -EINVAL;
    if (start + length > USER_TOP || !region_covers(&current->vm->map, start, start + length))
        return length == 0 ? 0 : -ENOMEM;
    if (advice == MADV_DONTNEED)
        discard(current->vm, start, start + length);
    return 0;
}

/* brk(end): move the heap's end there if that can be. Returns where it is now. */
long
sys_brk(struct trapframe *t)
{
    struct vm *vm = current->vm;
    va_t new = t->rdi, now_page = page_up(vm->break_end), new_page = page_up(new);
    if (new < vm->break_start || new >= USER_TOP - VM_STACK_SIZE || (new > vm->break_end && exceeds_memory(new - vm->break_end)))
        return vm->break_end;
    if (new_page > now_page && (!region_is_empty(&vm->map, now_page, new_page) || !vm_map(vm, now_page, new_page, PROT_READ | PROT_WRITE, false)))
        return vm->break_end;
    if (new_page < now_page && !vm_unmap(vm, new_page, now_page))
        return vm->break_end;
    return vm->break_end = new;
}
