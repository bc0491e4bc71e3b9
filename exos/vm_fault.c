/* vm_fault.c - page faults: demand-zero, copy-on-write, and bindings that were evicted; contract in exos/vm.h.
 *
 * Runs on the exception stack and may fault itself, in the session's region only (session.c). It keeps nothing in the program's own data, which may be copied on write.
 */

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/file.h>
#include <exos/frame_table.h>
#include <exos/session_lock.h>
#include <exos/syscall.h>
#include <exos/vm.h>

enum { PAGE = AEGIS_PAGE_SIZE, CHUNK = EXOS_CHUNK * PAGE, NOT_A_CHUNK = 1, BINDING_PRESENT = 1, BINDING_ACCESSED = 32, BINDING_DIRTY = 64, FAULT_PRESENT = 1, FAULT_WRITE = 2, FAULT_FETCH = 16 }; /* the processor's error code: Intel SDM vol. 3, 4.7 */

_Static_assert(EXOS_PTE_DIRTY == EXOS_PTE_WRITABLE << 1, "bind() moves one to the other");

/* It is about to be bound with `rights`. */
static void
note_binding(struct exos_pte *pte, unsigned rights)
{
    pte->where |= (pte->where & EXOS_PTE_WRITABLE) << 1; /* DIRTY: the binding that knew is gone */
    if (rights & AEGIS_WRITE)
        pte->where |= EXOS_PTE_WRITABLE;
}

static long
bind(uintptr_t va, struct exos_pte *pte, unsigned rights)
{
    struct aegis_cap cap = exos_frame_cap(pte->frame);
    note_binding(pte, rights);
    return sys_page_bind(va | rights, cap.name, cap.check);
}

/* Bind what the entry says. */
static long
bind_entry(uintptr_t va, struct exos_pte *pte)
{
    return bind(va, pte, exos_pte_rights(pte));
}

/* To bind is always the last step: what the others touch (the table, the session's frames) may need the place that this page has in the kernel's cache, and it would be gone
 * again before the program has used it. */

/* ---- pages by chunks ------------------------------------------------------------------------------------------------------- */

/* The entries of the EXOS_CHUNK pages from `va` on. False: some are not mapped. */
static bool
find_chunk(uintptr_t va, struct exos_pte *pte[EXOS_CHUNK])
{
    struct exos_pte *next = exos_table_find(exos_self->table, va);
    for (unsigned i = 0; i < EXOS_CHUNK; i++, next = exos_table_next(exos_self->table, next))
        if (!(pte[i] = next))
            return false;
    return true;
}

/* Has the page before `va` been used, so that the program seems to go through its memory? */
static bool
is_next(uintptr_t va)
{
    const struct exos_pte *before = exos_table_find(exos_self->table, va - PAGE);
    return before && !(before->where & EXOS_PTE_EMPTY);
}

/* Is the page bound, and has it been touched since? One that was only bound along with others says nothing about where the program is. */
static bool
was_used(uintptr_t va)
{
    uint64_t binding = AEGIS_BINDINGS_POINTER[va / PAGE];
    return binding & BINDING_PRESENT && binding & BINDING_ACCESSED;
}

/* The entries of a chunk whose pages lie in memory from frame `first` on, and the rights of each. False: some lie elsewhere, or are not mapped. */
static bool
find_frames(uintptr_t va, uint32_t first, struct exos_pte *pte[EXOS_CHUNK], uint8_t rights[EXOS_CHUNK])
{
    struct exos_pte *next = exos_table_find(exos_self->table, va);
    for (unsigned i = 0; i < EXOS_CHUNK; i++, next = exos_table_next(exos_self->table, next)) {
        if (!next || next->frame != first + i || next->where & EXOS_PTE_EMPTY)
            return false;
        pte[i] = next;
        rights[i] = exos_pte_rights(next);
    }
    return true;
}

/* The binding at `va` was evicted, and a chunk is mapped from there on as it lies in memory. Where the page before has been used, the program seems to go through its memory, and
 * wants the others next: bind all of them, by one call. False: it is not so, nothing has changed. */
static bool
bind_chunk(uintptr_t va, const struct exos_pte *one)
{
    uint32_t first = one->frame;
    struct exos_pte *pte[EXOS_CHUNK];
    uint8_t rights[EXOS_CHUNK];
    struct aegis_cap cap = exos_frame_chunk_cap(first);
    if (!cap.name || !is_next(va) || !was_used(va - PAGE) || !find_frames(va, first, pte, rights))
        return false;
    const volatile uint64_t *bindings = &AEGIS_BINDINGS_POINTER[va / PAGE];
    for (unsigned i = 0; i < EXOS_CHUNK; i++)
        if (!(bindings[i] & BINDING_PRESENT))
            note_binding(pte[i], rights[i]);
        else if (bindings[i] & BINDING_DIRTY)
            pte[i]->where |= EXOS_PTE_DIRTY; /* this binding will be another */
    unsigned all = exos_pte_rights(one);
    if (sys_page_bind(va | all, cap.name, cap.check) < 0)
        return false;
    for (unsigned i = 0; i < EXOS_CHUNK; i++)
        if (rights[i] != all)
            sys_page_rights((va + i * PAGE) | rights[i], 1);
    return true;
}

/* The frames of a chunk bound where they can be zeroed: elsewhere than where the program has them, so that pages which it has not written are not dirty. */
static bool
zero_chunk(const struct aegis_cap *cap, uint32_t zeroed)
{
    if (zeroed == (1u << EXOS_CHUNK) - 1)
        return true;
    if (sys_page_bind(EXOS_CHUNK_WINDOW | AEGIS_READ | AEGIS_WRITE, cap->name, cap->check) < 0)
        return false;
    for (unsigned i = 0; i < EXOS_CHUNK; i++)
        if (!(zeroed >> i & 1))
            exos_frame_zero((char *)EXOS_CHUNK_WINDOW + i * PAGE);
    return true;
}

/* The first touch of the first page of what could be a chunk, and the page before it has been used: the program goes through its memory, and all the chunk's pages get a
 * frame of zeros. Returns 0, -ENOMEM, or NOT_A_CHUNK: it is not so, or there is no chunk, and nothing has changed. */
static long
fill_chunk(uintptr_t va)
{
    struct exos_pte *pte[EXOS_CHUNK];
    struct aegis_cap cap;
    uint32_t zeroed;
    if (!is_next(va) || !find_chunk(va, pte))
        return NOT_A_CHUNK;
    for (unsigned i = 0; i < EXOS_CHUNK; i++)
        if ((pte[i]->where ^ pte[0]->where) & (EXOS_PTE_EMPTY | EXOS_PTE_RIGHTS | EXOS_PTE_COW))
            return NOT_A_CHUNK;
    uint32_t first = exos_frame_alloc_chunk(&cap, &zeroed);
    if (!first)
        return NOT_A_CHUNK;
    unsigned rights = exos_pte_rights(pte[0]);
    bool good = zero_chunk(&cap, zeroed);
    for (unsigned i = 0; good && i < EXOS_CHUNK; i++) {
        pte[i]->frame = first + i;
        pte[i]->where &= ~EXOS_PTE_EMPTY;
        note_binding(pte[i], rights);
    }
    if (good)
        return sys_page_bind(va | rights, cap.name, cap.check) < 0 ? -ENOMEM : 0;
    exos_session_lock();
    for (unsigned i = 0; i < EXOS_CHUNK; i++)
        exos_frame_unref(first + i);
    exos_session_unlock();
    return NOT_A_CHUNK;
}

/* ---- one page -------------------------------------------------------------------------------------------------------------- */

/* The first touch of a page: a frame of zeros, which is zeroed elsewhere, so that the page is not dirty. */
static long
fill_with_zeros(uintptr_t va, struct exos_pte *pte)
{
    bool zeroed;
    long filled = va % CHUNK == 0 ? fill_chunk(va) : NOT_A_CHUNK;
    if (filled != NOT_A_CHUNK)
        return filled;
    uint32_t frame = exos_frame_alloc(&zeroed);
    void *window = frame && !zeroed ? exos_frame_window(frame) : NULL;
    if (!frame || (!zeroed && !window)) {
        exos_session_lock();
        if (frame)
            exos_frame_unref(frame);
        exos_session_unlock();
        return -ENOMEM;
    }
    if (!zeroed)
        exos_frame_zero(window);
    pte->frame = frame;
    pte->where &= ~EXOS_PTE_EMPTY;
    return bind_entry(va, pte);
}

/* A frame with what is at `va`, for its entry, which gives up its share of the old one. The lock must be held. Returns 0 or -ENOMEM. */
static long
copy_page(uintptr_t va, struct exos_pte *pte)
{
    bool zeroed;
    uint32_t frame = exos_frame_take(&zeroed);
    void *window = frame ? exos_frame_window(frame) : NULL;
    if (!window) {
        if (frame)
            exos_frame_unref(frame);
        return -ENOMEM;
    }
    exos_words_copy(window, (void *)va, PAGE / 8);
    exos_frames[pte->frame].refs--; /* not the last: it is somebody's */
    pte->frame = frame;
    return 0;
}

/* A write to a bound page: is it one that is copied on write? Who has the last reference keeps the frame. */
static bool
copy_on_write(uintptr_t va)
{
    long status = 0;
    struct exos_pte *pte = exos_table_find(exos_self->table, va);
    if (!pte || !(pte->where & EXOS_PTE_COW) || !(pte->where & AEGIS_WRITE))
        return false;
    exos_session_lock_here();
    if (exos_frames[pte->frame].refs > 1)
        status = copy_page(va, pte);
    exos_session_unlock_here();
    if (status < 0)
        return false;
    pte->where &= ~EXOS_PTE_COW;
    return bind(va, pte, pte->where & EXOS_PTE_RIGHTS) == 0;
}

/* ---- whose fault is it? ---------------------------------------------------------------------------------------------------- */

/* A page that is not bound: bind it with the rights that it has, whatever it was to be used for. If it is not for that, it will fault again, and that is the program's business.
 * So it does not matter that an instruction which reads and writes faults as a read in one emulator and as a write in the other, and on processors.
 * False: it is not this library's. */
static bool
missing(uintptr_t address, uint64_t error)
{
    uintptr_t va = address & -(uintptr_t)PAGE;
    if (address - EXOS_SESSION < EXOS_SESSION_END - EXOS_SESSION) /* first: the table is there too */
        return exos_session_bind(va) == 0;
    if (address - EXOS_ARCHIVE < EXOS_ARCHIVE_SIZE)
        return !(error & (FAULT_WRITE | FAULT_FETCH)) && exos_archive_fault(address);
    if (address - AEGIS_BINDINGS < AEGIS_BINDINGS_END - AEGIS_BINDINGS) /* no page table there yet: with a binding there is */
        va = (address - AEGIS_BINDINGS) / 8 * PAGE;
    struct exos_pte *pte = exos_table_find(exos_self->table, va);
    if (!pte)
        return false;
    if (pte->where & EXOS_PTE_EMPTY)
        return fill_with_zeros(va, pte) == 0;
    return (va % CHUNK == 0 && bind_chunk(va, pte)) || bind_entry(va, pte) == 0;
}

/* Not inlined: it needs registers saved that a fault which is passed on can do without. */
static __attribute__((noinline)) void
resolve(struct exos_frame *frame)
{
    uint64_t error = frame->error;
    if (error & FAULT_PRESENT ? error & FAULT_WRITE && copy_on_write(frame->address & -(uintptr_t)PAGE) : missing(frame->address, error))
        return;
    exos_pass_on(AEGIS_PAGE, frame);
}

/* A fault on a bound page is the program's own business where nothing can be copied on write, and is passed on at once: what a garbage collector pays for. */
void
exos_vm_fault(struct exos_frame *frame)
{
    if (frame->error & FAULT_PRESENT && frame->address >= exos_self->cow_end)
        exos_pass_on(AEGIS_PAGE, frame);
    else
        resolve(frame);
}
