/* process.c - who is whose child, the end of a process, and waiting for it; contract in exos/process.h. */

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/files.h>
#include <exos/image.h>
#include <exos/signal.h>
#include <exos/slice.h>
#include <exos/syscall.h>
#include <exos/transfer.h>
#include <exos/vm.h>

enum { FIRST_CHILD = 2, FIRST_PID = 1, EXIT_SHIFT = 8 };

static struct exos_slot *
my_slot(void)
{
    return &exos_head->slot[exos_self->slot];
}

int
exos_getpid(void)
{
    return exos_session_begin() < 0 ? FIRST_PID : my_slot()->pid;
}

int
exos_getppid(void)
{
    exos_slot_look_all();
    return exos_session_begin() < 0 ? 0 : my_slot()->parent;
}

void
exos_process_yield(void)
{
    exos_yield(0);
}

void
exos_process_begin(void)
{
    AEGIS_AREA_POINTER->slice_end_pc = (uint32_t)(uintptr_t)exos_slice_end;
    exos_slice_start_at(AEGIS_AREA_POINTER, exos_signal_slice_start);
    exos_files_begin(exos_self->slot);
}

/* ---- the end -------------------------------------------------------------------------------------------------------------- */

void
exos_process_orphan(uint32_t pid)
{
    for (struct exos_slot *s = exos_head->slot + FIRST_CHILD, *end = exos_head->slot + exos_head->nslots; s < end; s++)
        if (s->state != EXOS_PROCESS_FREE && s->parent == pid) {
            s->parent = FIRST_PID;
            s->adopted = true;
        }
}

static _Noreturn void
end(uint32_t status)
{
    exos_self->blocked = ~0u;
    exos_files_end(exos_self->slot);
    exos_vm_unmap_all();
    exos_session_lock();
    exos_process_orphan(my_slot()->pid);
    exos_call_unbind_program(exos_self->call, exos_self);
    exos_self->target = 0;
    exos_self->status = status;
    exos_self->waker = exos_head->slot[my_slot()->parent % EXOS_PROCESSES].env;
    exos_signal_child_ended(my_slot()->parent);
    my_slot()->state = EXOS_PROCESS_ZOMBIE;
    exos_session_unlock();
    exos_cross();
}

_Noreturn void
exos_exit(int status)
{
    if (!exos_session_active || exos_self->slot == FIRST_PID)
        sys_env_exit(status);
    end((status & 255) << EXIT_SHIFT);
}

/* The first process's death is the session's: its exit status is the kernel's to show. */
void
exos_process_die(int signal)
{
    if (exos_session_active && exos_self->slot != FIRST_PID) {
        exos_self->lock_depth = 0; /* where an exception came in the library itself */
        __sync_bool_compare_and_swap(&exos_head->lock, exos_self->env, 0);
        end(signal);
    }
}

/* ---- waiting -------------------------------------------------------------------------------------------------------------- */

static bool
has_ended(uint32_t slot)
{
    exos_slot_look(slot);
    return exos_head->slot[slot].state == EXOS_PROCESS_ZOMBIE && exos_process(slot)->idle;
}

/* A child that has ended, of those that `pid` means; else any of them, with *ended false; 0: there is none. */
static uint32_t
find_child(long pid, bool *ended)
{
    uint32_t found = 0, me = my_slot()->pid;
    *ended = false;
    for (uint32_t i = FIRST_CHILD; i < exos_head->nslots && !*ended; i++) {
        const struct exos_slot *s = &exos_head->slot[i];
        if (s->state == EXOS_PROCESS_FREE || s->parent != me || (pid != -1 && s->pid != pid))
            continue;
        *ended = has_ended(i);
        if (!found || *ended)
            found = i;
    }
    return found;
}

long
exos_wait(long pid, int *status)
{
    bool ended;
    if (!exos_session_active)
        return -ECHILD;
    for (uint32_t tries = 0;; tries++) {
        exos_session_lock();
        uint32_t slot = find_child(pid, &ended), env = exos_head->slot[slot].env;
        if (ended)
            exos_head->slot[slot].parent = 0; /* nobody else finds it */
        exos_session_unlock();
        if (!slot)
            return -ECHILD;
        if (ended) {
            pid = exos_head->slot[slot].pid;
            if (status)
                *status = exos_process(slot)->status;
            exos_slot_clear(slot);
            return pid;
        }
        if (exos_self->handler[SIGINT - 1])
            exos_fd_watch();
        exos_yield(tries % 2 ? 0 : env); /* it may wait for a third */
    }
}

void
exos_reap_adopted(void)
{
    for (uint32_t i = FIRST_CHILD; i < exos_head->nslots; i++) {
        if (!exos_head->slot[i].adopted)
            continue;
        exos_session_lock();
        bool ended = exos_head->slot[i].adopted && has_ended(i);
        if (ended)
            exos_head->slot[i].adopted = exos_head->slot[i].parent = 0;
        exos_session_unlock();
        if (ended)
            exos_slot_clear(i);
    }
}
