/* invariant.h - the kernel's tables checked against each other, whole. */
#ifndef INVARIANT_H
#define INVARIANT_H

/* Take the memory for it: behind info_init(), before page_init(). */
void invariant_init(void);

/* Panic with what was found unless everything is consistent: owners, references, bindings, slots, page tables, slices, counters.
 * Costs a walk through all page tables and the owner table: for tests, and for the end of a program. */
void invariant_check(void);

#endif
