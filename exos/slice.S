// slice.S - the end and the start of a slice, and leaving a slice early; contracts in exos/slice.h and exos/transfer.h.
//
// In:   as aegis/area.h says. Slice end: rsp = AEGIS_SLICE_STACK; the interrupted rax, rcx, r11, rip, rflags, rsp in the area, all others as they were.
// There is one saved state (struct exos_saved), and a slice may end anywhere, also here. So that none is lost:
//      from saved to restoring_end: the state is still saved, whole: it is not saved again, the next slice restores it from the start
//      in leaving      the section is begun again: it has changed nothing but the saved state
//
// iretq cannot be used to resume (exception.S says why). popfq and the last two steps read the area and change no flag, and nothing is written to the
// interrupted stack, so its red zone is safe.

#include "state.h"

#include <exos/revoke.h>

        .text
        .globl  exos_slice_end, exos_slice_save, exos_slice_leave, exos_slice_start, exos_revoke_upcall, exos_yield, exos_pct_async, exos_slice_free, exos_idle, sys_slice_free, sys_env_destroy
exos_slice_end:
        mov     AEGIS_AREA + AREA_SLICE_RIP, %rcx
        mov     %rcx, %r11
        sub     $saved, %r11
        cmp     $(restoring_end - saved), %r11
        jb      saved
        mov     %rcx, %r11
        sub     $leaving, %r11
        cmp     $(leaving_end - leaving), %r11
        jae     1f
        mov     $leaving, %ecx
1:      cmp     $exos_lrpc_begin, %rcx          // calls between environments have sections of both kinds: lrpc.S
        jb      exos_slice_save
        cmp     $exos_lrpc_end, %rcx
        jb      exos_lrpc_interrupted
exos_slice_save:
        SAVE_STATE
exos_slice_leave:                               // also where there is nothing to save
saved:                                          // the registers go along to whoever is next: they are nobody's business
        xor     %edx, %edx
        xor     %ebx, %ebx
        xor     %ebp, %ebp
        xor     %esi, %esi
        xor     %edi, %edi
        xor     %r8d, %r8d
        xor     %r9d, %r9d
        xor     %r10d, %r10d
        xor     %r12d, %r12d
        xor     %r13d, %r13d
        xor     %r14d, %r14d
        xor     %r15d, %r15d
        mov     $SYSCALL_SLICE_DONE, %eax
        syscall
        ud2

// A revocation upcall, instead of exos_slice_start: what was interrupted goes on as if it had called the handler (revoke.S), registers and red zone kept.
// Not again if that call is still to be made. The state stays saved, whole, and is changed by one store.
// Who left by a bare yield has no saved state: it is made first, and its rip is written before the bare start is given up.
restoring:
exos_revoke_upcall:
        cmpl    $exos_bare_start, AEGIS_AREA + AREA_SLICE_START
        je      make_saved
made:   mov     SAVED(SLOT_RIP), %rax
        mov     %rax, %rcx
        sub     $exos_revoke_call, %rcx
        cmp     $EXOS_REVOKE_CALL_BEGINS, %rcx
        jb      exos_slice_start
        mov     %rax, exos_revoke_interrupted(%rip)
        movq    $exos_revoke_call, SAVED(SLOT_RIP)
        jmp     exos_slice_start

make_saved:
        mov     EXOS_BARE_RSP, %rax
        mov     %rax, SAVED(SLOT_RSP)
        movq    $AEGIS_HANDLER_RFLAGS, SAVED(SLOT_RFLAGS)
        movq    $exos_bare_left, SAVED(SLOT_RIP)
        mov     EXOS_START, %ecx
        mov     %ecx, AEGIS_AREA + AREA_SLICE_START
        jmp     made

exos_slice_start:
        RESTORE_STATE
restoring_end:

// long exos_yield(uint32_t env), exos_idle(void), exos_pct_async(uint32_t env), sys_slice_free(uint64_t name, uint64_t check), sys_env_destroy(uint64_t name,
// uint64_t check): what C keeps over a call is saved, as if `left` had been interrupted. The last two because the slice that runs may be the one that goes.
exos_idle:
        mov     $SYSCALL_SLICE_IDLE, %eax
        jmp     leaving
sys_env_destroy:
        mov     $SYSCALL_ENV_DESTROY, %eax
        jmp     leaving
exos_slice_free:
sys_slice_free:
        mov     $SYSCALL_SLICE_FREE, %eax
        jmp     leaving
exos_pct_async:
        mov     $SYSCALL_PCT_ASYNC, %eax
        jmp     leaving
exos_yield:
        mov     $SYSCALL_YIELD, %eax
        test    %edi, %edi
        jnz     leaving
        mov     $SYSCALL_SLICE_DONE, %eax
leaving:
        movq    $left, SAVED(SLOT_RIP)
        mov     %rsp, SAVED(SLOT_RSP)
        movq    $AEGIS_HANDLER_RFLAGS, SAVED(SLOT_RFLAGS)
        movq    $0, SAVED(SLOT_RAX)
        mov     %rbx, SAVED(SLOT_RBX)
        mov     %rbp, SAVED(SLOT_RBP)
        mov     %r12, SAVED(SLOT_R12)
        mov     %r13, SAVED(SLOT_R13)
        mov     %r14, SAVED(SLOT_R14)
        mov     %r15, SAVED(SLOT_R15)
        syscall
leaving_end:
left:   ret                                     // the kernel's answer; or 0, in a later slice

        .section .note.GNU-stack, "", @progbits
