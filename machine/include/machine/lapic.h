/* lapic.h - the local APIC's timer, one-shot, divide-by-1: one count per guest instruction in both emulators. */
#ifndef MACHINE_LAPIC_H
#define MACHINE_LAPIC_H

#include <machine/types.h>

#define LAPIC_PHYSICAL 0xfee00000u

/* Enable the local APIC with its timer stopped, and check that a one-shot of 100000 counts arrives in time; panics otherwise. */
void lapic_init(void);

/* Raise VECTOR_TIMER once, `counts` instructions from now. 0 cancels. */
void lapic_timer_arm(u32 counts);

/* Counts until it fires, 0: it is not running. */
u32 lapic_timer_left(void);

void lapic_end_of_interrupt(void);

/* An interrupt entry that does nothing but count in lapic_fired: for a wait with `hlt`. */
void lapic_count_entry(void);
extern volatile u32 lapic_fired;

#endif
