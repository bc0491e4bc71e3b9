/* image.h - what fork, exec and exit share: making an environment for a process, the list of calls that crossing.S makes, and a program's fixed bindings. */
#ifndef EXOS_IMAGE_H
#define EXOS_IMAGE_H

#include <exos/process.h>

/* A process slot that is free, with an environment that waits in crossing.S, made if need be. The lock must be held. Returns the slot, -EAGAIN (no slot or environment), -ENOMEM. */
long exos_slot_take(void);

/* Give the slot up again: it was taken, and nothing has run in it. Its environment is kept for the next process, or destroyed, where something has been bound in it. */
void exos_slot_release(uint32_t slot, bool keep);

/* End what is left of the process in `slot`, which is a zombie and idle or dead: its frames, its slice. The lock must not be held. */
void exos_slot_clear(uint32_t slot);

/* Has its environment died without a word? Then it is a zombie, as if ended by SIGKILL. The lock must be held. */
void exos_slot_look(uint32_t slot);

/* The same for all processes of the session, if there is one: called by who waits for none of them in particular. The lock need not be held. */
void exos_slot_look_all(void);

/* Make the children of process `pid`, which ends, the first process's; nobody need wait for those. The lock must be held. */
void exos_process_orphan(uint32_t pid);

/* Before this process's program is shared or replaced: all that the kernel has loaded is in the table, and crossing.S is there. Returns 0 or -ENOMEM. */
long exos_image_begin(void);

/* Clear the slots of processes that ended after their parents. The lock must not be held. */
void exos_reap_adopted(void);

/* In a process that fork or exec has made, before its program goes on: its own slice handlers. */
void exos_process_begin(void);

/* Append to the list of calls of `p`, after `at`; the list then ends behind it. Returns where to append the next. */
struct exos_call *exos_call_add(struct exos_call *at, uint64_t number, uint64_t a, uint64_t b, uint64_t c);

/* Append what binds the first `nruns` of the record's runs, and the pinned pages where the program has them. */
struct exos_call *exos_call_bind_program(struct exos_call *at, const struct exos_process *p, uint32_t nruns, uintptr_t pinned_at);

/* Append what unbinds the program and its stack. */
struct exos_call *exos_call_unbind_program(struct exos_call *at, const struct exos_process *p);

/* Copy crossing.S to the page where everybody has it, unless it is there. Returns 0 or -ENOMEM. */
long exos_crossing_make(void);

/* Give back all frames of a table, which nobody may have bound any more. The lock must be held. */
void exos_table_unref(struct exos_table *table);

/* vm.c: give those of `npages` pages from `va` on that are bound `rights`, by runs; the others get theirs with their next binding. All must have a frame. */
void exos_rebind(uintptr_t va, size_t npages, unsigned rights);

/* Leave this program for good, for what this process's list says. */
_Noreturn void exos_cross(void);

/* How many bindings can be had for runs that are never evicted: AEGIS_GUARANTEED_MAX less the pinned pages, the head, the record and the crossing. */
enum { EXOS_RUN_PAGES = AEGIS_GUARANTEED_MAX - EXOS_PINNED - 3 };

/* exception.S: EXOS_PINNED pages from here on. */
extern char exos_exception_guard[], exos_exception_stack[];
extern uint64_t exos_exception_state[EXOS_EXCEPTION_STATE / 8];

#endif
