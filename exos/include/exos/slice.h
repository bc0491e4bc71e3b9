/* slice.h - surviving preemption: what a program leaves behind at the end of a slice, and where the next one finds it.
 *
 * The saved state lies in the area, below the slice handlers' first stack, so saving and restoring cannot fault.
 */
#ifndef EXOS_SLICE_H
#define EXOS_SLICE_H

#include <aegis/area.h>
#include <aegis/layout.h>

#define EXOS_SAVED_SIZE (18 * 8)
#define EXOS_SAVED (AEGIS_SLICE_STACK - EXOS_SAVED_SIZE)
#define EXOS_BARE_RSP (EXOS_SAVED - 8) /* the stack of a bare yield (transfer.S); not part of the saved state, which a slice's end overwrites */
#define EXOS_START (EXOS_BARE_RSP - 8) /* slice_start_pc whenever no bare yield is under way */

#ifndef __ASSEMBLER__

/* In the order in which exos_slice_start pops it. */
struct exos_saved {
    uint64_t r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax;
    uint64_t rflags, rsp, rip;
};

/* The saved state in `area`, which may be another environment's. */
static inline volatile struct exos_saved *
exos_saved_in(volatile struct aegis_area *area)
{
    return (volatile struct exos_saved *)((volatile char *)area + (EXOS_SAVED - AEGIS_AREA));
}

/* Slices of the environment with that area start at `entry` from now on. Not while it is in a bare yield. */
static inline void
exos_slice_start_at(volatile struct aegis_area *area, void (*entry)(void))
{
    *(volatile uint32_t *)((volatile char *)area + (EXOS_START - AEGIS_AREA)) = (uint32_t)(uintptr_t)entry;
    area->slice_start_pc = (uint32_t)(uintptr_t)entry;
}

/* slice.S: the handlers that the kernel enters. End: saves all registers and calls slice_done, 58 instructions at most. Start: restores them
 * and goes on, 20 instructions, never entering the kernel. */
void exos_slice_end(void);
void exos_slice_start(void);

/* Called by start.S before main: installs both. */
void exos_slice_init(void);

#endif
#endif
