/* vm_fault.c - page faults: demand-zero, copy-on-write, and bindings that were evicted; contract in exos/vm.h.
 *
 * Runs on the exception stack and may fault itself, in the session's region only (session.c). It keeps nothing in the program's own data, which may be copied on write.
 */

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/file.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/syscall.h>
#include <exos/vm.h>

enum { PAGE = AEGIS_PAGE_SIZE, FAULT_PRESENT = 1, FAULT_WRITE = 2, FAULT_FETCH = 16 }; /* the processor's error code: Intel SDM vol. 3, 4.7 */

_Static_assert(EXOS_PTE_DIRTY == EXOS_PTE_WRITABLE << 1, "bind() moves one to the other");

static long
bind(uintptr_t va, struct exos_pte *pte, unsigned rights)
{
    struct aegis_cap cap = exos_frame_cap(pte->frame);
    pte->where |= (pte->where & EXOS_PTE_WRITABLE) << 1; /* DIRTY: the binding that knew is gone */
    if (rights & AEGIS_WRITE)
        pte->where |= EXOS_PTE_WRITABLE;
    return sys_page_bind(va | rights, cap.name, cap.check);
}

/* Bind what the entry says. */
static long
bind_entry(uintptr_t va, struct exos_pte *pte)
{
    return bind(va, pte, pte->where & (pte->where & EXOS_PTE_COW ? EXOS_PTE_RIGHTS & ~(uint64_t)AEGIS_WRITE : EXOS_PTE_RIGHTS));
}

/* The first touch of a page: a frame of zeros. Zeroed elsewhere, so that this page is not dirty. */
static long
fill_with_zeros(uintptr_t va, struct exos_pte *pte)
{
    bool zeroed;
    uint32_t frame = exos_frame_alloc(&zeroed);
    if (!frame)
        return -ENOMEM;
    if (!zeroed) {
        void *window = exos_frame_window(frame);
        if (!window) {
            exos_frame_unref(frame);
            return -ENOMEM;
        }
        exos_frame_zero(window);
    }
    pte->frame = frame;
    pte->where &= ~EXOS_PTE_EMPTY;
    return bind_entry(va, pte);
}

/* A write to a page that is copied on write. Who has the last reference keeps the frame. */
static long
copy_on_write(uintptr_t va, struct exos_pte *pte)
{
    bool zeroed;
    exos_session_lock();
    uint32_t frame = exos_frames[pte->frame].refs == 1 ? pte->frame : exos_frame_alloc(&zeroed);
    if (frame && frame != pte->frame) {
        void *window = exos_frame_window(frame);
        if (window) {
            exos_words_copy(window, (void *)va, PAGE / 8);
            exos_frames[pte->frame].refs--; /* not the last: it is somebody's */
            pte->frame = frame;
        } else {
            exos_frame_unref(frame);
            frame = 0;
        }
    }
    exos_session_unlock();
    if (!frame)
        return -ENOMEM;
    pte->where &= ~EXOS_PTE_COW;
    return bind(va, pte, pte->where & EXOS_PTE_RIGHTS);
}

/* Whose fault is it? False: not this library's. */
static bool
resolve(uintptr_t address, uint64_t error)
{
    uintptr_t va = address & -(uintptr_t)PAGE;
    if (address - EXOS_SESSION < EXOS_SESSION_END - EXOS_SESSION) /* first: the table is there too */
        return exos_session_bind(va) == 0;
    if (address - EXOS_ARCHIVE < EXOS_ARCHIVE_SIZE)
        return !(error & (FAULT_PRESENT | FAULT_WRITE | FAULT_FETCH)) && exos_archive_fault(address);
    if (address - AEGIS_BINDINGS < AEGIS_BINDINGS_END - AEGIS_BINDINGS) /* no page table there yet: with a binding there is */
        va = (address - AEGIS_BINDINGS) / 8 * PAGE;
    struct exos_pte *pte = exos_table_find(exos_self->table, va);
    if (!pte)
        return false;
    if (error & FAULT_PRESENT)
        return error & FAULT_WRITE && pte->where & EXOS_PTE_COW && pte->where & AEGIS_WRITE && copy_on_write(va, pte) == 0;
    uint64_t needed = error & FAULT_WRITE ? AEGIS_WRITE : error & FAULT_FETCH ? AEGIS_EXECUTE : AEGIS_READ;
    if (!(pte->where & needed))
        return false;
    return (pte->where & EXOS_PTE_EMPTY ? fill_with_zeros(va, pte) : bind_entry(va, pte)) == 0;
}

/* A fault on a bound page is the program's own business where nothing is copied on write, and is passed on at once: what a garbage collector pays for. */
void
exos_vm_fault(struct exos_frame *frame)
{
    if (!(frame->error & FAULT_PRESENT) || exos_self->has_cow)
        if (resolve(frame->address, frame->error))
            return;
    exos_pass_on(AEGIS_PAGE, frame);
}
