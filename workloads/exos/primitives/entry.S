// entry.S - where the peer environment is entered, and where this one is entered by foreign system calls and slice ends. Register-only, as the paper's.
// An entry named tick_... ends a region: it reads the clock as its first act and hands it on in esi, which all transfers leave alone.

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>

        .text
        .globl  tick_sync, tick_async, tick_yield, tick_slice, count_sync
tick_sync:
        rdtsc
        mov     %eax, %esi
        mov     AEGIS_AREA + AREA_CALLER, %edi
        mov     $SYSCALL_PCT_SYNC, %eax
        syscall
        ud2

tick_async:
        rdtsc
        mov     %eax, %esi
        mov     AEGIS_AREA + AREA_CALLER, %edi
        mov     $SYSCALL_PCT_ASYNC, %eax
        syscall
        ud2

tick_yield:
        rdtsc
        mov     %eax, %esi
        mov     AEGIS_AREA + AREA_CALLER, %edi
        mov     $SYSCALL_YIELD, %eax
        syscall
        ud2

tick_slice:
        rdtsc
        mov     %eax, %esi
        mov     $SYSCALL_SLICE_DONE, %eax
        syscall
        ud2

count_sync:                                     // a server as small as can be: it counts its calls
        incl    peer_count(%rip)
        mov     AEGIS_AREA + AREA_CALLER, %edi
        mov     $SYSCALL_PCT_SYNC, %eax
        syscall
        ud2

        .globl  tick_foreign, return_foreign
tick_foreign:
        rdtsc
        mov     %eax, %esi
        jmp     *AEGIS_AREA + AREA_FOREIGN_RIP

return_foreign:                                 // back with the caller's flags, past its red zone
        lea     -128(%rsp), %rsp
        pushq   AEGIS_AREA + AREA_FOREIGN_RFLAGS
        popfq
        lea     128(%rsp), %rsp
        jmp     *AEGIS_AREA + AREA_FOREIGN_RIP

// uint32_t slice_end_run(void): ticks from the last instruction of an ending slice, itself counted, to the handler's first.
//
// Where in the program the timer fires differs by a few instructions between emulators. So the begin is the last rdtsc before it, in a loop of
// three instructions, and only an interrupt just behind the first rdtsc is a sample: any other has another begin, and is tried again with
// slice_end_spin changed, which shifts the loop against the timer. Once it fits it fits always. Where slices end by another clock than the program's
// instructions (plain QEMU) it need never fit: after 100 slices ~0 is returned.
// Needs two slices of this environment, and slice_end_pc = tick_slice_end.

        .globl  slice_end_run, slice_end_empty_run, slice_end_begin, tick_slice_end
slice_end_run:
        push    %rbx
        mov     %rsp, kept_stack(%rip)
        movl    $100, slice_end_tries(%rip)
again:
        movl    $begun, AEGIS_AREA + AREA_SLICE_START
        mov     $SYSCALL_SLICE_DONE, %eax       // from here on a whole slice
        syscall
begun:
        mov     slice_end_spin(%rip), %ecx
spin:
        dec     %ecx
        jnz     spin
slice_end_begin:
        rdtsc
not_first:
        rdtsc
        jmp     slice_end_begin

tick_slice_end:
        rdtsc
        mov     AEGIS_AREA + AREA_SLICE_RIP, %rcx
        cmp     $not_first, %rcx
        je      fits
        decl    slice_end_tries(%rip)
        jz      never
        decl    slice_end_spin(%rip)
        cmp     $slice_end_begin, %rcx
        jae     again
        subl    $20, slice_end_spin(%rip)       // not even in the loop
        jmp     again
never:
        mov     $~0, %ebx
        jmp     over
fits:
        sub     AEGIS_AREA + AREA_SLICE_RAX, %eax
        mov     %eax, %ebx
over:
        movl    $done, AEGIS_AREA + AREA_SLICE_START
        mov     $SYSCALL_SLICE_DONE, %eax
        syscall
done:
        mov     kept_stack(%rip), %rsp
        mov     %ebx, %eax
        pop     %rbx
        ret

// The overhead: the first rdtsc itself, and nothing else.
slice_end_empty_run:
        push    %rbx
        rdtsc
        mov     %eax, %ebx
        rdtsc
        sub     %ebx, %eax
        dec     %eax                            // the mov
        pop     %rbx
        ret

// What C keeps, around a way through an environment of which no register comes back.
.macro KEEP
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
.endm
.macro UNKEEP
        pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
.endm

// uint32_t slice_idle_run(void): ticks from a slice_idle when nothing is left of the slice, itself counted, to the first instruction of the next slice.
// While something is left the processor is halted first, for as long, in which no instruction runs. Needs what slice_end_run needs, and slice_end_pc = slice_idle_over.

        .globl  slice_idle_run, slice_idle_over, slice_idle_begin, slice_idle_end
slice_idle_run:
        KEEP
        mov     %rsp, kept_stack(%rip)
        movl    $slice_idle_waits, AEGIS_AREA + AREA_SLICE_START
        mov     $SYSCALL_SLICE_DONE, %eax       // from here on a whole slice
        syscall
slice_idle_waits:
        jmp     slice_idle_waits
slice_idle_over:
        movl    $slice_idle_end, AEGIS_AREA + AREA_SLICE_START
slice_idle_begin:
        rdtsc
        mov     %eax, one_way_tick(%rip)
        mov     $SYSCALL_SLICE_IDLE, %eax
        syscall
        ud2
slice_idle_end:
        rdtsc
        sub     one_way_tick(%rip), %eax
        mov     kept_stack(%rip), %rsp
        UNKEEP
        ret

// uint32_t env_exit_run(void): ticks from the env_exit of another environment, itself counted, to the first instruction of this one's next slice.
//
// The other is made anew each time (env_exit_prepare), with no more than this page of code, the page of one_way_tick and a slice, in which it does nothing else.

        .globl  env_exit_run, one_way_empty_run, env_exit_begin, env_exit_end
env_exit_run:
        KEEP
        call    env_exit_prepare
        mov     %rsp, kept_stack(%rip)
        movl    $env_exit_end, AEGIS_AREA + AREA_SLICE_START
        mov     $SYSCALL_SLICE_DONE, %eax       // the next slice is the other's
        syscall
env_exit_end:
        rdtsc
        sub     one_way_tick(%rip), %eax
        mov     kept_stack(%rip), %rsp
        UNKEEP
        ret

        .balign 64                              // in one page
env_exit_begin:
        rdtsc
        mov     %eax, one_way_tick(%rip)
        mov     $SYSCALL_ENV_EXIT, %eax
        syscall
        ud2

// The overhead of both: a begin that is kept in memory, and the number of the call.
one_way_empty_run:
        rdtsc
        mov     %eax, one_way_tick(%rip)
        mov     $SYSCALL_ENV_EXIT, %eax
        rdtsc
        sub     one_way_tick(%rip), %eax
        ret

        .section .note.GNU-stack, "", @progbits
