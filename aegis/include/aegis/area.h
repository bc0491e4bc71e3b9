/* area.h - the page that an environment shares with the kernel: its exception, interrupt and protected-entry contexts (claims K-7..K-9).
 *
 * The kernel sees the current one at a fixed address of its own, so using it can never fault, and trusts nothing in it. All entry points
 * are 32 bits: whatever is written there is a user address. 0 means: none.
 *
 * EXCEPTION (K-15, K-17). The processor itself writes the last six words of `frame` (TSS.RSP0 points behind them). The kernel adds rax, rcx, r11 and,
 * for a page fault, the address, clears bit 0 of `armed`, and enters pc[vector] in ring 3 with
 *      rax = vector, rcx = pc[vector], r11 = rflags = AEGIS_HANDLER_RFLAGS, rsp = AEGIS_AREA + 4096 (the scratch stack), all others as they were.
 * The handler saves what it needs, sets `armed` to 1 again, and later resumes by itself, with no help from the kernel.
 * An exception while `armed` is 0 is a nested one: the save area still holds the first. The kernel destroys the environment.
 *
 * SLICE END (K-4, K-5). The same with the processor's frame in `slice_frame`, slice_rax, slice_rcx, slice_r11, and entry slice_end_pc; rax = 0, rsp = AEGIS_AREA + 4096 - 1024.
 * The environment saves what it wants to keep and calls slice_done. Every AEGIS_GRACE ticks that it has not is one excess slice.
 *
 * SLICE START: entered at slice_start_pc, also after a yield to it, with rsp = AEGIS_AREA + 4096 - 1024, rax = AEGIS_SYS_yield, all others as the
 * yielder left them, or 0 when the kernel starts the slice. A yielder that must keep values to itself clears its registers.
 *
 * PROTECTED CONTROL TRANSFER (K-24..K-27): entered at pct_sync_pc or pct_async_pc with the caller's registers, all but rcx, r11; `caller` holds its
 * environment id, by the kernel's word.
 *
 * REVOCATION (D-18..D-25), at the start of a slice instead of slice_start_pc, registers as there. At revoke_pc: give back wanted_pages and wanted_slices of your
 * choice, by `deadline` (rdtsc) if that is not 0; what is missing then is taken. At repossess_pc: it has been taken; the first `nrepossessed` entries of the
 * repossession vector say what, and where its contents went. The environment repairs its tables, sets nrepossessed to 0, and goes on as from slice_start_pc.
 * At emergency_pc, after a deadline: even what it keeps (page_keep) is wanted. Nothing of that is taken; it should hand itself to somebody who can wait for better
 * times, a swap server (page_give), or end. registers as at slice_start_pc.
 * Before, it can load save[] with capabilities to write pages, its own or a swap server's: each serves to save one page's contents, and is used up.
 *
 * FLOATING POINT (x87, SSE, AVX): off at first, and whenever another environment has taken the unit: then any use raises AEGIS_FPU. fpu_mod(1) takes it, with the
 * state in `fpu`: an XSAVE image in the standard format (Intel SDM vol. 1, 13.4), all zero but MXCSR at first, which is the initial state.
 *
 * NOT SAVED BY ANYBODY BUT THE APPLICATION: the segment registers and the FS and GS bases are registers like the others (rdfsbase, wrfsbase). They go along with transfers,
 * yields and slice_done, and are 0 where the kernel starts a slice after an environment's end.
 *
 * FOREIGN SYSTEM CALL: entered at foreign_pc with the registers of that moment, all but rcx, r11; foreign_rip and foreign_rflags hold where it came from.
 */
#ifndef AEGIS_AREA_H
#define AEGIS_AREA_H

#define AEGIS_HANDLER_RFLAGS 0x202 /* interrupts on; direction, trap, alignment-check flags clear */
#define AEGIS_SLICE_STACK (AEGIS_AREA + 4096 - 1024)

#ifndef __ASSEMBLER__
#include <aegis/cap.h>
#include <stdint.h>

struct aegis_frame {
    uint64_t rip, cs, rflags, rsp, ss;
};

#define AEGIS_REPOSSESSED_MAX 32
#define AEGIS_NOT_SAVED 0xffffffffu
#define AEGIS_FPU_BYTES 832 /* legacy region, header, upper halves of the YMM registers */

struct aegis_repossession {
    uint32_t kind;     /* AEGIS_CAP_PAGE or AEGIS_CAP_SLICE */
    uint32_t resource; /* page number or position */
    uint32_t saved;    /* the page that holds a page's contents, or AEGIS_NOT_SAVED */
    uint32_t reserved;
};

struct aegis_area {
    uint32_t pc[32]; /* exception entries */
    uint32_t armed;  /* bit 0: the exception save area is free */
    uint32_t env;    /* this environment's id, as a courtesy */
    uint32_t emergency_pc;
    uint32_t reserved; /* keeps the frame's end 16-byte aligned */
    uint64_t rax, rcx, r11;
    uint64_t address; /* cr2 for a page fault, dr6 for a debug exception */
    uint64_t error;   /* stale where the processor pushes none */
    struct aegis_frame frame;
    uint32_t slice_start_pc, slice_end_pc;
    uint32_t pct_sync_pc, pct_async_pc;
    uint32_t caller; /* of the last protected control transfer or yield into this environment */
    uint32_t foreign_pc;
    uint64_t foreign_rip, foreign_rflags;
    uint64_t slice_rax, slice_rcx, slice_r11;
    struct aegis_frame slice_frame;
    uint32_t revoke_pc, repossess_pc;
    uint32_t wanted_pages, wanted_slices;
    uint64_t deadline;
    uint32_t nrepossessed, nsaves; /* nrepossessed above AEGIS_REPOSSESSED_MAX: the vector was full, more was taken than it says */
    struct aegis_cap save[AEGIS_REPOSSESSED_MAX];
    struct aegis_repossession repossessed[AEGIS_REPOSSESSED_MAX];
    uint64_t reserved2[3]; /* an XSAVE image begins on 64 bytes */
    uint8_t fpu[AEGIS_FPU_BYTES]; /* while another environment has the unit, this one's state */
    uint8_t scratch[4096 - 384 - AEGIS_FPU_BYTES - 32 * AEGIS_REPOSSESSED_MAX]; /* the handlers' first stacks, growing down from the end and from 1024 below it */
};

#define AEGIS_AREA_POINTER ((volatile struct aegis_area *)AEGIS_AREA)

#endif
#endif
