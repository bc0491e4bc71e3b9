// transfer.S - giving the processor away: protected control transfer (claims K-24..K-27), yield (K-6), the end and the start of a slice (K-4, K-5).
//
// Transfers and yield: in rdi = the environment's id. Nothing is saved or restored: the caller keeps what it wants to keep, and the register file is the message
// (K-26), rdi included. They return only to refuse, with -E_ENV: no such environment, it has no such entry, or the caller's slice is over (it is saving).
// rflags are then AEGIS_HANDLER_RFLAGS. Atomic: interrupts are off from `syscall` to `sysretq`.
//
//                                   sync  async  yield    what counts
//      syscall, dispatch              4     4      4
//      the slice is not over          2     2      2      cmpb, jne
//      find the environment           5     5      5      id -> slot, the slot's id must match
//      its address space, its entry   5     5      5      cr3; the area comes with it
//      tell it who called             2     2      2
//      it runs now                    3     3      3      current_id, cr0
//      the slice's future too         3     -      -
//      a visit, and it ends           -     6      6      not the runner's; there is a timer, or one is started
//      go                             3     3      4
//                                    27    30     31      (2 more where one position only is allocated: its visit needs a timer)
//
// Registers: rax indexes the table of environments; rcx carries the entry; r11 is free.

#include "kernel_layout.h"

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>

#define slice_saving slice_state
#define slice_visiting slice_state + 1
#define LATER 100 // ticks, at most, from arming the timer to reading the clock: a deadline must not lie behind the end of its slice
#define LAPIC_EOI           0xb0
#define LAPIC_INITIAL_COUNT 0x380
#define LAPIC_CURRENT_COUNT 0x390

        .text
        .globl  nostack_pct_sync, nostack_pct_async, nostack_yield, nostack_slice_done, slice_end_entry

// To the entry that the area holds at `entry`.
.macro TRANSFER entry
        mov     %edi, %eax
        and     $63, %eax
        shl     $ENV_SHIFT, %eax
        cmp     %edi, env_slot+ENV_ID(%rax)
        jne     refuse
        mov     env_slot+ENV_CR3(%rax), %r11
        mov     %r11, %cr3
        mov     %rcx, %r11                      // to come back to if it has none
        mov     KERNEL_AREA+\entry, %ecx
        jrcxz   3f                              // in GO
        mov     current_id, %r11d
        mov     %r11d, KERNEL_AREA+AREA_CALLER
        mov     %edi, current_id
        mov     env_slot+ENV_CR0(%rax), %r11
        mov     %r11, %cr0
.endm

.macro GO number
        mov     $AEGIS_HANDLER_RFLAGS, %r11d
        mov     $\number, %eax
        sysretq
3:      jmp     refuse_entry
.endm

// Who gets the rest of an instance is a visitor, unless it is the slice's own runner: it cannot pass the slice's future on. r11: the slice that runs.
.macro VISIT
        mov     SLICE_PUBLIC(%r11), %rax
        cmp     %edi, RUNNER(%rax)
        setne   slice_visiting
.endm

// And its visit ends, so that the slice comes back. Only where one position is allocated does no timer run: then to `alone`, for LIMIT.
.macro BOUND alone
        mov     current_slice, %r11
        cmpl    $0, SLICE_TICKS(%r11)
        je      \alone\()f
.endm

// Who moves on in a visit gets no new limit, not even if the old one has passed since the `syscall`: that interrupt waits.
.macro LIMIT
        cmpl    $0, KERNEL_LAPIC+LAPIC_CURRENT_COUNT
        jne     2f
        cmpb    $0, slice_visiting
        jne     2f
        movl    $QUANTUM, KERNEL_LAPIC+LAPIC_INITIAL_COUNT
        mov     %rdx, %r11
        rdtsc
        mov     %r11, %rdx
        add     $(QUANTUM - LATER), %eax
        mov     %eax, slice_deadline
        mov     current_slice, %r11
2:
.endm

nostack_pct_sync:
        cmpw    $0, slice_state                 // neither saving nor visiting
        jne     not_the_runner
        TRANSFER AREA_PCT_SYNC
        mov     current_slice, %r11
        mov     SLICE_PUBLIC(%r11), %r11
        mov     %edi, RUNNER(%r11)              // this instance of the slice and all its future ones (K-25)
        GO      SYSCALL_PCT_SYNC

not_the_runner:                                 // a visitor moves on; the slice stays whose it is
        cmpb    $0, slice_saving
        jne     refuse
        TRANSFER AREA_PCT_SYNC
        mov     current_slice, %r11
        VISIT
        GO      SYSCALL_PCT_SYNC

nostack_pct_async:
        cmpb    $0, slice_saving
        jne     refuse
        TRANSFER AREA_PCT_ASYNC
        BOUND   1
        VISIT
        GO      SYSCALL_PCT_ASYNC
1:      LIMIT
        VISIT
        GO      SYSCALL_PCT_ASYNC

nostack_yield:
        cmpb    $0, slice_saving
        jne     refuse
        TRANSFER AREA_SLICE_START
        mov     $AEGIS_SLICE_STACK, %esp
        BOUND   1
        VISIT
        GO      SYSCALL_YIELD
1:      LIMIT
        VISIT
        GO      SYSCALL_YIELD

refuse_entry:                                   // back to the caller's address space; its rflags are gone
        mov     current_id, %eax
        and     $63, %eax
        shl     $ENV_SHIFT, %eax
        mov     env_slot+ENV_CR3(%rax), %rcx
        mov     %rcx, %cr3
        mov     %r11, %rcx
        mov     $AEGIS_HANDLER_RFLAGS, %r11d
refuse:
        mov     $-ERROR_ENV, %rax
        sysretq

// slice_done: the caller has saved what it wants to keep; the next position's environment starts. The caller's registers go along:
// it clears what is nobody's business. What is out of the ordinary (a slice that is lent, or to forfeit, an upcall, no entry, the caller's position gone) is slice.c's.
nostack_slice_done:
        mov     current_slice, %rcx
        mov     SLICE_NEXT(%rcx), %rcx
        mov     SLICE_PUBLIC(%rcx), %rax
        mov     RUNNER(%rax), %r11d
        cmp     %r11d, OWNER(%rax)
        jne     slice_done_slow
        mov     %r11d, %eax
        and     $63, %eax
        shl     $ENV_SHIFT, %eax
        cmpl    $0, env_slot+ENV_ATTENTION(%rax)
        jne     slice_done_slow
        mov     %r11d, current_id
        mov     %rcx, current_slice
        mov     SLICE_POSITION(%rcx), %r11d
        mov     %r11d, info+INFO_SLICE
        mov     SLICE_TICKS(%rcx), %ecx
        mov     %ecx, KERNEL_LAPIC+LAPIC_INITIAL_COUNT
        movw    $0, slice_state
        mov     env_slot+ENV_CR3(%rax), %rcx
        mov     %rcx, %cr3
        mov     env_slot+ENV_CR0(%rax), %rcx
        mov     %rcx, %cr0
        shr     $(ENV_SHIFT - INFO_ENV_SHIFT), %eax
        incl    info+INFO_ENV_SLICES(%rax,%rax,8)
        mov     KERNEL_AREA+AREA_SLICE_START, %ecx
        jrcxz   slice_done_slow                 // the position is passed over: slice.c goes on from it
        rdtsc
        add     $(QUANTUM - LATER), %eax        // where no timer runs, nobody looks
        mov     %eax, slice_deadline
        mov     $AEGIS_HANDLER_RFLAGS, %r11d
        mov     $AEGIS_SLICE_STACK, %esp
        xor     %eax, %eax
        sysretq

slice_done_slow:
        mov     $kernel_stack_top, %rsp
        call    slice_run_next

// Call a C function and change no register.
.macro PRESERVING function
        push    %rax
        push    %rcx
        push    %rdx
        push    %rsi
        push    %rdi
        push    %r8
        push    %r9
        push    %r10
        push    %r11
        clac
        cld
        call    \function
        pop     %r11
        pop     %r10
        pop     %r9
        pop     %r8
        pop     %rdi
        pop     %rsi
        pop     %rdx
        pop     %rcx
        pop     %rax
.endm

// The timer, on its IST stack: the slice of the environment that runs is over. 33 instructions to its handler.
// A timer that is running cannot be the one that fired: it was set anew, for another slice, while this interrupt waited for the kernel to leave.
slice_end_entry:
        movl    $0, KERNEL_LAPIC+LAPIC_EOI
        cmpl    $0, KERNEL_LAPIC+LAPIC_CURRENT_COUNT
        jne     stale
        cmpb    $0, slice_saving
        jne     excess
        push    %rcx
        mov     current_slice, %rcx
        cmpl    $0, SLICE_TICKS(%rcx)
        je      alone
not_alone:
        pop     %rcx
        mov     %rax, KERNEL_AREA+AREA_SLICE_RAX
        mov     %rcx, KERNEL_AREA+AREA_SLICE_RCX
        mov     %r11, KERNEL_AREA+AREA_SLICE_R11
        mov     %rdx, %r11                      // how late: it may have been in a long system call
        rdtsc
        mov     %r11, %rdx
        sub     slice_deadline, %eax
        cmp     slice_grace, %eax
        ja      late
in_time:
        mov     KERNEL_AREA+AREA_SLICE_END, %ecx
        jrcxz   no_handler
        popq    KERNEL_AREA+AREA_SLICE_RIP
        popq    KERNEL_AREA+AREA_SLICE_CS
        popq    KERNEL_AREA+AREA_SLICE_RFLAGS
        popq    KERNEL_AREA+AREA_SLICE_RSP
        popq    KERNEL_AREA+AREA_SLICE_SS
        movb    $1, slice_saving
        movl    $GRACE, KERNEL_LAPIC+LAPIC_INITIAL_COUNT
        mov     $AEGIS_HANDLER_RFLAGS, %r11d
        mov     $AEGIS_SLICE_STACK, %esp
        xor     %eax, %eax
        sysretq

stale:
        iretq

no_handler:
        mov     $kernel_stack_top, %rsp
        clac
        cld
        call    slice_without_handler

late:
        PRESERVING slice_late
        jmp     in_time

excess:                                         // the environment goes on saving, unless slice.c ends it
        PRESERVING slice_excess
        iretq

alone:                                          // the only position's runner is never interrupted, whoever it let in is
        push    %rax
        mov     SLICE_PUBLIC(%rcx), %rax
        mov     RUNNER(%rax), %eax
        cmp     %eax, current_id
        pop     %rax
        jne     not_alone
        pop     %rcx
        iretq
