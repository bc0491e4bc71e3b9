/* session.c - the memory that the processes of a session share, and its lock; contract in exos/session.h.
 *
 * The page-fault handler comes here, also for a page that this file itself touches: so nothing here may depend on a binding that can be evicted, but for pages of the
 * region, whose own fault nests. What is always bound: the head, this process's record, the program's text and read-only data, the exception stack.
 */

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/frame_table.h>
#include <exos/memory.h>
#include <exos/process.h>
#include <exos/syscall.h>
#include <exos/transfer.h>
#include <exos/vm.h>

enum { PAGE = AEGIS_PAGE_SIZE, RW = AEGIS_READ | AEGIS_WRITE };

_Static_assert(sizeof(struct exos_session) <= PAGE, "the head is one page");
_Static_assert(EXOS_SESSION_PROCESSES + EXOS_PROCESSES * PAGE <= EXOS_SESSION_FRAMES, "records");
_Static_assert(EXOS_SESSION_FRAMES + EXOS_FRAMES_MAX * sizeof(struct exos_frame_entry) <= EXOS_SESSION_TABLES, "frame table");
_Static_assert(EXOS_SESSION_TABLES + EXOS_PROCESSES * 2 * EXOS_TABLE_SIZE <= EXOS_SESSION_FILES, "page tables");

bool exos_session_active;

void
exos_session_lock(void)
{
    uint32_t me = exos_self->env, holder;
    while ((holder = __sync_val_compare_and_swap(&exos_head->lock, 0, me)) != 0 && holder != me)
        if (exos_yield(holder) < 0)
            __sync_bool_compare_and_swap(&exos_head->lock, holder, 0); /* there is no such environment any more */
    exos_self->lock_depth++;
    exos_self->held++;
}

void
exos_session_unlock(void)
{
    if (--exos_self->lock_depth == 0)
        __atomic_store_n(&exos_head->lock, 0, __ATOMIC_RELEASE);
    exos_session_release();
}

void
exos_session_hold(void)
{
    exos_self->held++;
}

void
exos_session_release(void)
{
    if (--exos_self->held == 0 && exos_self->pending & ~exos_self->blocked)
        exos_signal_deliver();
}

/* A new zeroed page of the session's, not one of the frame table's; name 0: there is none. */
static struct aegis_cap
new_page(void)
{
    struct aegis_cap cap;
    if (!exos_session_page(1, 1, &cap))
        return (struct aegis_cap){0, 0};
    exos_head->npages++;
    return cap;
}

long
exos_session_bind(uintptr_t address)
{
    if (address - EXOS_SESSION >= EXOS_SESSION_END - EXOS_SESSION)
        return -EFAULT;
    size_t page = (address - EXOS_SESSION) / PAGE;
    struct aegis_cap *cap = page < EXOS_DIRECTORY_PAGES ? &exos_head->directory[page] : &exos_directory[page];
    if (cap->name == 0) {
        exos_session_lock();
        if (cap->name == 0)
            *cap = new_page();
        exos_session_unlock();
    }
    if (cap->name == 0)
        return -ENOMEM;
    return sys_page_bind((address & -(uintptr_t)PAGE) | RW, cap->name, cap->check) < 0 ? -ENOMEM : 0;
}

/* Before there is a session to ask: take the first free page oneself and bind it for good. */
static long
bind_first(uintptr_t va, unsigned rights, struct aegis_cap *cap)
{
    long status = exos_page_alloc(1, cap);
    return status < 0 ? status : sys_page_bind(va | rights | AEGIS_GUARANTEED, cap->name, cap->check);
}

/* The record of the first process is at exos_self from the start, and becomes a part of the region here. */
static long
make_self(void)
{
    struct aegis_cap cap;
    long status = bind_first(EXOS_SELF, RW, &cap);
    if (status < 0)
        return status;
    uint32_t me = AEGIS_AREA_POINTER->env;
    exos_self->env = me;
    exos_head->slot[1] = (struct exos_slot){.state = EXOS_PROCESS_RUNS, .pid = 1, .env = me};
    exos_head->nslots = 2;
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, me);
    exos_head->root = exos_self->env_cap = (struct aegis_cap){name, sys_cap_mint(name).value};
    exos_catch_first(AEGIS_PAGE, exos_vm_fault);
    exos_directory[((uintptr_t)exos_process(1) - EXOS_SESSION) / PAGE] = cap; /* faults: from here on the region is in use */
    exos_self->slot = 1;
    exos_self->position = AEGIS_SLICES;
    exos_self->table = exos_table_of(1, 0);
    exos_table_init(exos_self->table);
    return 0;
}

long
exos_session_begin(void)
{
    if (exos_session_active)
        return 0;
    struct aegis_cap head;
    if (bind_first(EXOS_SESSION_HEAD, RW, &head) < 0 || make_self() < 0)
        return -ENOMEM; /* what was taken stays bound, and is used when this is tried again */
    exos_head->head = head;
    exos_session_active = true;
    return 0;
}

void
exos_session_join(void)
{
    exos_catch_first(AEGIS_PAGE, exos_vm_fault); /* first: what follows is the first touch of the program's data */
    exos_session_active = true;
}
