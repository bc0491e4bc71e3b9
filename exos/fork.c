/* fork.c - a child process: a second page table for the same frames; contract in exos/process.h. The two returns are fork.S, the way into the child crossing.S. */

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/files.h>
#include <exos/frame_table.h>
#include <exos/image.h>
#include <exos/slice.h>
#include <exos/syscall.h>
#include <exos/text.h>

enum { PAGE = AEGIS_PAGE_SIZE, RW = AEGIS_READ | AEGIS_WRITE, RIGHTS = RW | AEGIS_EXECUTE, BINDING_PRESENT = 1, BINDING_WRITE = 2, BINDING_NO_EXECUTE_BIT = 63 };

long exos_fork_from(uintptr_t rsp); /* called by fork.S */
void exos_fork_begin(void);
void exos_fork_child(void);
extern char __executable_start[], _end[]; /* of the program, from the linker */

static uintptr_t
round_up(uintptr_t va)
{
    return (va + PAGE - 1) & -(uintptr_t)PAGE;
}

/* ---- the first program: what Aegis has loaded becomes frames and entries ---------------------------------------------- */

/* Enter the page at `va`, if the kernel has bound one there. Only who owns pages can do so: the first process. */
static long
adopt(uintptr_t va)
{
    uint64_t binding = AEGIS_BINDINGS_POINTER[va / PAGE];
    if (!(binding & BINDING_PRESENT) || va - (uintptr_t)exos_exception_stack < EXOS_PINNED * PAGE)
        return 0;
    uint64_t rights = AEGIS_READ | (binding & BINDING_WRITE ? AEGIS_WRITE : 0) | (binding >> BINDING_NO_EXECUTE_BIT ? 0 : AEGIS_EXECUTE);
    uint32_t frame = binding >> 12;
    struct aegis_result minted = sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, frame));
    if (minted.status < 0)
        return 0; /* not this program's own: shared memory that somebody has lent it. A child does not get it. */
    uint64_t cow = rights & AEGIS_WRITE ? 0 : EXOS_PTE_COW; /* as exec enters it: so cow_end tells when it has been made writable */
    if (exos_table_insert(exos_self->table, va, 1, rights | cow, frame) < 0)
        return -ENOMEM;
    exos_frame_adopt(frame, minted.value);
    return 0;
}

/* The frame of a page that may not be written, 0: there is no such page. */
static uint32_t
fixed_frame(uintptr_t va, uint64_t *rights)
{
    const struct exos_pte *pte = exos_table_find(exos_self->table, va);
    *rights = pte ? pte->where & RIGHTS : AEGIS_WRITE;
    return *rights & AEGIS_WRITE ? 0 : pte->frame;
}

/* Text and read-only data in runs. The library lies last in each, and it must stay: so as many as can be guaranteed from the end. */
static void
find_runs(void)
{
    uint32_t budget = EXOS_RUN_PAGES;
    uint64_t rights, other;
    uintptr_t va = exos_self->program_end;
    while (va > exos_self->program_start && exos_self->nruns < EXOS_RUNS) {
        va -= PAGE;
        uint32_t frame = fixed_frame(va, &rights), n = 1;
        bool guaranteed = budget > 0;
        if (!frame)
            continue;
        while (va > exos_self->program_start && fixed_frame(va - PAGE, &other) == frame - 1 && other == rights && (!guaranteed || n < budget)) {
            va -= PAGE;
            frame--;
            n++;
        }
        uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, frame, n);
        struct exos_run run = {va | rights | (guaranteed ? AEGIS_GUARANTEED : 0), {name, sys_cap_mint(name).value}};
        exos_self->run[exos_self->nruns++] = run;
        budget -= guaranteed ? n : 0;
    }
}

long
exos_image_begin(void)
{
    if (exos_self->program_end)
        return 0;
    if (!exos_frame_alloc_run(EXOS_PINNED, &exos_self->pinned)) /* for a program after this one */
        return -ENOMEM;
    uintptr_t start = (uintptr_t)__executable_start & -(uintptr_t)PAGE, end = round_up((uintptr_t)_end);
    for (uintptr_t va = start; va < end; va += PAGE)
        if (adopt(va) < 0)
            return -ENOMEM;
    for (uintptr_t va = AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE; va < AEGIS_STACK_TOP; va += PAGE)
        if (adopt(va) < 0)
            return -ENOMEM;
    exos_self->program_start = start;
    exos_self->program_end = end;
    find_runs();
    exos_process_begin();
    return 0;
}

/* The address of page `i` of a run. */
static uintptr_t
page_of(const struct exos_run *run, uint32_t i)
{
    return (run->where & -(uintptr_t)PAGE) + i * PAGE;
}

/* ---- parent --------------------------------------------------------------------------------------------------------------- */

/* One reference more to every frame; what is private is copied on write from now on, by both, but for the page `except`. Bindings are changed by runs. */
static void
share_memory(uintptr_t except)
{
    uintptr_t start = 0, end = 0, cow_end = exos_self->cow_end;
    uint64_t rights = 0;
    for (struct exos_pte *pte = exos_self->table->pte, *last = pte + exos_self->table->n; pte < last; pte++) {
        uint64_t where = pte->where;
        if (where & EXOS_PTE_EMPTY || (where ^ except) <= EXOS_PTE_FLAGS)
            continue;
        exos_frame_ref(pte->frame);
        if (where & (EXOS_PTE_COW | EXOS_PTE_SHARED))
            continue;
        pte->where = where | EXOS_PTE_COW;
        if (!(where & AEGIS_WRITE))
            continue;
        uintptr_t va = where & ~EXOS_PTE_FLAGS;
        cow_end = cow_end > va + PAGE ? cow_end : va + PAGE;
        where = where & RIGHTS & ~(uint64_t)AEGIS_WRITE;
        if (va != end || where != rights) {
            if (end > start)
                exos_rebind(start, (end - start) / PAGE, rights);
            start = va;
            rights = where;
        }
        end = va + PAGE;
    }
    if (end > start)
        exos_rebind(start, (end - start) / PAGE, rights);
    exos_self->cow_end = cow_end;
}

/* Has this process made pages of its runs writable, so that some are not what the run's capability says any more: another frame, other rights? Only then has vm.c set cow_end to the end. */
static bool
runs_are_stale(void)
{
    if (exos_self->cow_end != -1ul)
        return false;
    for (const struct exos_run *run = exos_self->run, *end = run + exos_self->nruns; run < end; run++)
        for (uint32_t i = 0; i < exos_run_pages(run); i++) {
            const struct exos_pte *pte = exos_table_find(exos_self->table, page_of(run, i));
            if (pte->frame != exos_run_frame(run) + i || (pte->where ^ run->where) & RIGHTS)
                return true;
        }
    return false;
}

/* Bind the pages of the runs in the child as the table has them, one by one, since its list of calls has no room for so many. Where a write is still to be copied they are bound without. */
static long
bind_stale_runs(const struct exos_process *child)
{
    long status = 0;
    for (const struct exos_run *run = exos_self->run, *end = run + exos_self->nruns; run < end; run++)
        for (uint32_t i = 0; i < exos_run_pages(run) && status == 0; i++) {
            const struct exos_pte *pte = exos_table_find(exos_self->table, page_of(run, i));
            uint64_t rights = pte->where & (pte->where & EXOS_PTE_SHARED ? RIGHTS : RIGHTS & ~(uint64_t)AEGIS_WRITE);
            struct aegis_cap cap = exos_frame_cap(pte->frame);
            status = sys_page_bind_in(page_of(run, i) | rights | (run->where & AEGIS_GUARANTEED), cap.name, cap.check, 0, child->env_cap.name, child->env_cap.check);
        }
    return status;
}

/* A frame with what the page at `va` holds now. 0: none. */
static uint32_t
copy_page(uintptr_t va)
{
    bool zeroed;
    uint32_t frame = exos_frame_alloc(&zeroed);
    void *window = frame ? exos_frame_window(frame) : NULL;
    if (window)
        exos_words_copy(window, (const void *)va, PAGE / 8);
    else if (frame)
        exos_frame_unref(frame);
    return window ? frame : 0;
}

/* Write what exception.S needs into the child's own pages. False: the page cannot be bound. */
static bool
fill_pinned(const struct exos_process *child)
{
    char *window = exos_frame_window((uint32_t)child->pinned.name + EXOS_PINNED - 1);
    if (!window)
        return false;
    exos_words_copy(window, exos_exception_state, EXOS_EXCEPTION_STATE / 8);
    *(char **)window = exos_exception_stack + EXOS_EXCEPTION_STACK; /* where its first frame goes */
    return true;
}

static uint64_t
free_position(void)
{
    uint64_t position = 0;
    while (position < AEGIS_SLICES && AEGIS_INFO_POINTER->slices[position].owner)
        position++;
    return position;
}

static void
write_record(struct exos_process *child, uintptr_t rsp)
{
    const struct exos_process *me = exos_self;
    child->target = (uintptr_t)exos_fork_child;
    child->rsp = rsp;
    child->pending = child->lock_depth = child->held = child->waker = 0;
    child->blocked = me->blocked;
    for (int i = 0; i < 33; i++)
        child->entries[i] = i < 32 ? AEGIS_AREA_POINTER->pc[i] : 1;
    child->table = exos_table_of(child->slot, 0);
    child->which_table = 0;
    child->nruns = me->nruns;
    for (uint32_t i = 0; i < me->nruns; i++)
        child->run[i] = me->run[i];
    child->program_start = me->program_start;
    child->program_end = me->program_end;
    for (int i = 0; i < EXOS_SIGNALS; i++)
        child->handler[i] = me->handler[i];
    child->nregions = me->nregions;
    for (uint32_t i = 0; i < me->nregions; i++)
        child->region[i] = me->region[i];
}

/* What can fail is done first: a slot with its environment, a page for the stack, a slice, and bindings that are not in the list of calls. Returns the slot or an error; then nothing is left. */
static long
prepare(uintptr_t stack_page, uint32_t *stack_frame, bool stale_runs)
{
    long slot = !exos_frame_room() || exos_image_begin() < 0 ? -ENOMEM : exos_slot_take();
    if (slot < 0)
        return slot;
    struct exos_process *child = exos_process(slot);
    *stack_frame = fill_pinned(child) ? copy_page(stack_page) : 0;
    child->position = *stack_frame ? free_position() : AEGIS_SLICES;
    struct aegis_result slice = sys_slice_alloc(child->position);
    child->slice_check = slice.value;
    if (slice.status == 0 && (!stale_runs || bind_stale_runs(child) == 0))
        return slot;
    if (slice.status == 0)
        sys_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, child->position), slice.value);
    if (*stack_frame)
        exos_frame_unref(*stack_frame);
    exos_slot_release(slot, slice.status < 0);
    return *stack_frame && slice.status < 0 ? -EAGAIN : -ENOMEM;
}

static void
write_calls(struct exos_process *child, uintptr_t stack_page, uint32_t stack_frame, bool stale_runs)
{
    struct aegis_cap stack = exos_frame_cap(stack_frame);
    struct exos_call *at = exos_call_bind_program(child->call, child, stale_runs ? 0 : child->nruns, (uintptr_t)exos_exception_stack);
    at = exos_call_add(at, AEGIS_SYS_page_bind, stack_page | RW, stack.name, stack.check);
    exos_call_add(at, AEGIS_SYS_slice_alloc, child->position, 0, 0); /* its own, from now on: the capability that its parent had is stale */
}

long
exos_fork_from(uintptr_t rsp)
{
    uint32_t stack_frame;
    uintptr_t stack_page = rsp & -(uintptr_t)PAGE;
    if (exos_session_begin() < 0)
        return -ENOMEM;
    if (!exos_table_find(exos_self->table, stack_page) && exos_self->program_end)
        return -EAGAIN; /* not on a stack that could be copied */
    exos_reap_adopted();
    exos_session_lock();
    bool stale_runs = runs_are_stale();
    long slot = prepare(stack_page, &stack_frame, stale_runs);
    if (slot < 0) {
        exos_session_unlock();
        return slot;
    }
    struct exos_process *child = exos_process(slot);
    write_record(child, rsp);
    share_memory(stack_page);
    child->cow_end = exos_self->cow_end;
    exos_table_copy(child->table, exos_self->table);
    struct exos_pte *pte = exos_table_find(child->table, stack_page);
    pte->frame = stack_frame;
    pte->where &= ~EXOS_PTE_COW;
    write_calls(child, stack_page, stack_frame, stale_runs);
    exos_files_fork(exos_self->slot, slot);
    long pid = ++exos_head->generation * EXOS_PROCESSES + slot;
    exos_head->slot[slot] = (struct exos_slot){EXOS_PROCESS_RUNS, pid, exos_getpid(), child->env, 0};
    child->idle = 0;
    sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, child->position), child->slice_check, child->env);
    exos_session_unlock();
    return pid;
}

/* ---- child ---------------------------------------------------------------------------------------------------------------- */

/* The last call in the list was for the capability of the slice. */
void
exos_fork_begin(void)
{
    const struct exos_call *call = exos_self->call;
    while (call[1].number != EXOS_CALLS_END)
        call++;
    exos_self->slice_check = call->argument[2];
    exos_process_begin();
}
