/* lapic.h - the local APIC's timer, one-shot. One count is one guest instruction in both emulators; with `clock=wall` (options.h) it is LAPIC_WALL_DIVISOR nanoseconds. */
#ifndef MACHINE_LAPIC_H
#define MACHINE_LAPIC_H

#include <machine/types.h>

#define LAPIC_PHYSICAL 0xfee00000u

/* QEMU's local APIC runs at 1 GHz. Divided so, a quantum of 390625 counts is 12.5 ms, near the paper's 15.625 ms, and not shorter than the host's whims. */
#define LAPIC_WALL_DIVISOR 32

/* Enable the local APIC with its timer stopped, and check that a one-shot of 100000 counts arrives in time, where a count is an instruction; panics otherwise. */
void lapic_init(void);

/* Raise VECTOR_TIMER once, `counts` from now. 0 cancels. */
void lapic_timer_arm(u32 counts);

/* Counts until it fires, 0: it is not running. */
u32 lapic_timer_left(void);

void lapic_end_of_interrupt(void);

/* An interrupt entry that does nothing but count in lapic_fired: for a wait with `hlt`. */
void lapic_count_entry(void);
extern volatile u32 lapic_fired;

#endif
