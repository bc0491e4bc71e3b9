/* descriptors.h - GDT, TSS and IDT. Selectors are Linux's, so that a signal frame of ultrix-compat carries the same values. */
#ifndef MACHINE_DESCRIPTORS_H
#define MACHINE_DESCRIPTORS_H

#define SELECTOR_KERNEL_CODE    0x10
#define SELECTOR_KERNEL_DATA    0x18
#define SELECTOR_USER_BASE      0x23            /* sysretq adds 8 for SS, 16 for CS (STAR[63:48]); the slot itself is empty */
#define SELECTOR_USER_DATA      0x2b
#define SELECTOR_USER_CODE      0x33
#define SELECTOR_TSS            0x40

#define VECTOR_TIMER            32
#define VECTOR_SPURIOUS         255

#ifndef __ASSEMBLER__
#include <machine/types.h>

/* GDT, TSS with IST stacks, and an IDT whose first 32 gates lead to the kernel's `vector_entry` (its trap.S). */
void descriptors_init(void);

extern void (*const vector_entry[32])(void);

/* Interrupt gate (interrupts off) for `vector`; `ist` 0 = the current or RSP0 stack; `dpl` = lowest privilege that may `int` it. */
void idt_gate(unsigned vector, void (*entry)(void), unsigned ist, unsigned dpl);

/* The stack pointer that the processor loads on an exception from ring 3; 16-byte aligned. */
void tss_set_rsp0(u64 rsp);

#endif
#endif
