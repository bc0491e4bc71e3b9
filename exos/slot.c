/* slot.c - process slots and their environments; contract in exos/image.h.
 *
 * To make and to destroy an environment costs more than all the rest of a fork. So when a process ends its environment is emptied and waits in crossing.S for the next
 * process; EXOS_POOL of them are kept. They keep their record's page and the session's pages. The pinned pages stay with the slot, environment or not.
 */

#include <exos/crossing.h>
#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/image.h>
#include <exos/slice.h>
#include <exos/syscall.h>
#include <exos/transfer.h>

enum { PAGE = AEGIS_PAGE_SIZE, RW = AEGIS_READ | AEGIS_WRITE, FIRST_CHILD = 2 };

#define AREA ((volatile struct aegis_area *)EXOS_AREA_WINDOW)

long
exos_crossing_make(void)
{
    struct aegis_cap cap;
    if (exos_head->crossing.name)
        return 0;
    if (!exos_session_page(1, 1, &cap))
        return -ENOMEM;
    if (sys_page_bind(EXOS_CROSSING | RW, cap.name, cap.check) < 0)
        return -ENOMEM;
    for (long i = 0; i < exos_crossing_end - exos_crossing; i++)
        ((char *)EXOS_CROSSING)[i] = exos_crossing[i];
    if (sys_page_bind(EXOS_CROSSING | AEGIS_EXECUTE | AEGIS_GUARANTEED, cap.name, cap.check) < 0)
        return -ENOMEM;
    exos_head->crossing = cap;
    return 0;
}

static long
bind_in(const struct exos_process *p, uintptr_t where, struct aegis_cap cap)
{
    return sys_page_bind_in(where | AEGIS_GUARANTEED, cap.name, cap.check, 0, p->env_cap.name, p->env_cap.check);
}

/* The contexts of an environment that waits in crossing.S. */
static long
set_area(const struct exos_process *p)
{
    long status = sys_env_area(EXOS_AREA_WINDOW, p->env_cap.name, p->env_cap.check);
    if (status < 0)
        return status;
    AREA->slice_start_pc = EXOS_CROSSING + EXOS_CROSSING_SLICE_START;
    AREA->slice_end_pc = EXOS_CROSSING + EXOS_CROSSING_SLICE_END;
    exos_saved_in(AREA)->rip = EXOS_CROSSING + EXOS_CROSSING_WAKE;
    exos_saved_in(AREA)->rflags = AEGIS_HANDLER_RFLAGS;
    sys_page_unbind(EXOS_AREA_WINDOW, 1);
    return 0;
}

void
exos_table_unref(struct exos_table *table)
{
    for (const struct exos_pte *pte = table->pte, *end = pte + table->n; pte < end; pte++)
        if (!(pte->where & EXOS_PTE_EMPTY) && pte->frame)
            exos_frame_unref(pte->frame);
    table->n = 0;
}

/* A new environment for `slot`. Returns 0, -EAGAIN or -ENOMEM. */
static long
make_environment(uint32_t slot)
{
    struct exos_process *p = exos_process(slot);
    p->slot = slot;
    struct aegis_cap self = exos_directory[((uintptr_t)p - EXOS_SESSION) / PAGE];
    if (exos_crossing_make() < 0 || (!p->pinned.name && !exos_frame_alloc_run(EXOS_PINNED, &p->pinned)))
        return -ENOMEM;
    struct aegis_result made = sys_env_create();
    if (made.status < 0)
        return -EAGAIN;
    p->env = made.status;
    p->env_cap = (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value};
    p->idle = 1;
    if (set_area(p) < 0 || bind_in(p, EXOS_CROSSING | AEGIS_EXECUTE, exos_head->crossing) < 0 || bind_in(p, EXOS_SESSION_HEAD | RW, exos_head->head) < 0 ||
        bind_in(p, EXOS_SELF | RW, self) < 0) {
        sys_env_destroy(p->env_cap.name, p->env_cap.check);
        return -ENOMEM;
    }
    exos_head->slot[slot].env = p->env;
    exos_head->npooled++;
    return 0;
}

long
exos_slot_take(void)
{
    uint32_t slot = 0;
    for (uint32_t i = FIRST_CHILD; i < EXOS_PROCESSES && !(slot && exos_head->slot[slot].env); i++)
        if (exos_head->slot[i].state == EXOS_PROCESS_FREE && (!slot || exos_head->slot[i].env))
            slot = i;
        else if (i >= exos_head->nslots && slot)
            break;
    if (!slot)
        return -EAGAIN;
    long status = exos_head->slot[slot].env ? 0 : make_environment(slot);
    if (status < 0)
        return status;
    if (slot >= exos_head->nslots)
        exos_head->nslots = slot + 1;
    exos_head->npooled--;
    return slot;
}

void
exos_slot_release(uint32_t slot, bool keep)
{
    exos_head->slot[slot].state = EXOS_PROCESS_FREE;
    exos_head->npooled += keep;
    if (keep)
        return;
    sys_env_destroy(exos_process(slot)->env_cap.name, exos_process(slot)->env_cap.check);
    exos_head->slot[slot].env = 0;
}

void
exos_slot_clear(uint32_t slot)
{
    struct exos_process *p = exos_process(slot);
    /* The slice first: this process may be running in it, and then goes on in one of its own. */
    if (p->position < AEGIS_SLICES)
        exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, p->position), p->slice_check);
    bool keep = exos_head->slot[slot].env && exos_head->npooled < EXOS_POOL;
    if (exos_head->slot[slot].env && !keep)
        sys_env_destroy(p->env_cap.name, p->env_cap.check);
    exos_session_lock();
    exos_table_unref(p->table);
    if (p->old_table)
        exos_table_unref(p->old_table);
    p->old_table = NULL;
    exos_head->npooled += keep;
    exos_head->slot[slot] = (struct exos_slot){.env = keep ? p->env : 0};
    exos_session_unlock();
}

struct exos_call *
exos_call_add(struct exos_call *at, uint64_t number, uint64_t a, uint64_t b, uint64_t c)
{
    *at++ = (struct exos_call){number, {a, b, c}};
    at->number = EXOS_CALLS_END;
    return at;
}

struct exos_call *
exos_call_bind_program(struct exos_call *at, const struct exos_process *p, uint32_t nruns, uintptr_t pinned_at)
{
    for (uint32_t i = 0; i < nruns; i++)
        at = exos_call_add(at, AEGIS_SYS_page_bind, p->run[i].where, p->run[i].cap.name, p->run[i].cap.check);
    return exos_call_add(at, AEGIS_SYS_page_bind, pinned_at | RW | AEGIS_GUARANTEED, p->pinned.name, p->pinned.check);
}

struct exos_call *
exos_call_unbind_program(struct exos_call *at, const struct exos_process *p)
{
    at = exos_call_add(at, AEGIS_SYS_page_unbind, p->program_start, (p->program_end - p->program_start) / PAGE, 0);
    return exos_call_add(at, AEGIS_SYS_page_unbind, AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE, AEGIS_STACK_PAGES, 0);
}

_Noreturn void
exos_cross(void)
{
    asm volatile("jmp *%0" : : "r"((uintptr_t)EXOS_CROSSING + EXOS_CROSSING_GO) : "memory");
    __builtin_unreachable();
}
