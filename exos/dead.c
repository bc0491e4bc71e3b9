/* dead.c - processes whose environments have died without a word: destroyed by whoever holds the capability, or by the kernel (excess time, an exception in a handler);
 * contract in exos/image.h.
 *
 * No one is told. Whoever waits for what only another process can do looks here: a parent for its child, a reader of a pipe for whoever might write. What exit would have done
 * is then done for the dead: its descriptors are closed, its children are the first process's, its parent may wait for it, and its frames are free.
 */

#include <exos/files.h>
#include <exos/image.h>
#include <exos/signal.h>

enum { FIRST_CHILD = 2 };

static bool
is_dead(const struct exos_slot *s)
{
    return s->state == EXOS_PROCESS_RUNS && AEGIS_INFO_POINTER->env[s->env % AEGIS_ENVS].id != s->env;
}

void
exos_slot_look(uint32_t slot)
{
    struct exos_slot *s = &exos_head->slot[slot];
    struct exos_process *p = exos_process(slot);
    if (!is_dead(s))
        return;
    exos_files_end(slot);
    exos_process_orphan(s->pid);
    exos_table_unref(exos_table_of(slot, 0));
    exos_table_unref(exos_table_of(slot, 1)); /* of the program before exec, or of the one after it, so far as that had come */
    p->old_table = NULL;
    p->status = SIGKILL;
    p->idle = 1;
    p->position = AEGIS_SLICES;
    exos_signal_child_ended(s->parent);
    s->env = 0;
    s->state = EXOS_PROCESS_ZOMBIE; /* last: who dies in here leaves the rest to the next */
}

void
exos_slot_look_all(void)
{
    for (uint32_t slot = FIRST_CHILD; exos_session_active && slot < exos_head->nslots; slot++)
        if (is_dead(&exos_head->slot[slot])) {
            exos_session_lock();
            exos_slot_look(slot);
            exos_session_unlock();
        }
}
