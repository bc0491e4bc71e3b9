/* area.h - the page that an environment shares with the kernel: its exception context (claims K-7, K-15, K-17).
 *
 * The kernel reaches it by its physical address, so using it can never fault, and trusts nothing in it.
 *
 * On an exception in ring 3 the processor itself writes the last six words (TSS.RSP0 points behind them). The kernel adds rax, rcx, r11 and,
 * for a page fault, the address, clears bit 0 of `armed`, and enters pc[vector] in ring 3 with
 *      rax = vector, rcx = pc[vector], r11 = rflags = AEGIS_HANDLER_RFLAGS, rsp = AEGIS_AREA + 4096 (the scratch stack), all others as they were.
 * The handler saves what it needs, sets `armed` to 1 again, and later resumes by itself, with no help from the kernel (iretq works in ring 3).
 *
 * An exception while `armed` is 0 is a nested one: the save area still holds the first. The kernel destroys the environment.
 */
#ifndef AEGIS_AREA_H
#define AEGIS_AREA_H

#define AEGIS_HANDLER_RFLAGS 0x202 /* interrupts on; direction, trap, alignment-check flags clear */

#ifndef __ASSEMBLER__
#include <stdint.h>

struct aegis_area {
    uint32_t pc[32]; /* exception PCs: 32 bits, so every value is a user address */
    uint32_t armed;  /* bit 0: the save area is free */
    uint32_t env;    /* this environment's id, as a courtesy */
    uint64_t reserved; /* keeps the hardware frame's end 16-byte aligned */
    uint64_t rax, rcx, r11;
    uint64_t address; /* cr2 for a page fault, dr6 for a debug exception */
    uint64_t error;   /* stale where the processor pushes none */
    uint64_t rip, cs, rflags, rsp, ss;
    uint8_t scratch[4096 - 224]; /* the handler's first stack, growing down from the end */
};

#define AEGIS_AREA_POINTER ((volatile struct aegis_area *)AEGIS_AREA)

#endif
#endif
