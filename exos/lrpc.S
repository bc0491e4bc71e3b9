// lrpc.S - the stubs of calls into other environments; contract in exos/lrpc.h.
//
// Cost of a round trip, from the caller's `call` to the instruction behind it, the server being exos_lrpc_counter:
//
//                                                   lrpc   tlrpc
//      call, ret                                      2      2
//      callee-saved registers, and back              12      -
//      the stack pointer, and back                    2      -
//      whom we wait for, and no more                  2      1      (tlrpc: always the same; it is loaded)
//      arguments that the transfer moves              2      1
//      who we are                                     1      1
//      leave                                          3      2      (a saved state that gives the processor on; the call number; lrpc: jump)
//      transfers                                     56     56      28 each
//      the server                                     3      3      count, result, to whom
//      is it the server that comes back?              3      3
//      result                                         1      1
//                                                   87     70      (and the caller of lrpc loads the server)
//
// A slice may end anywhere, and anybody may enter at any time. The saved state (exos/slice.h) is kept right by these rules, which exos_lrpc_interrupted carries out:
//      leaving, answer         begun again. While a call is away, and in a server between calls, the saved state is `away`: whoever is started there gives the processor on
//      returned, caller right  goes on at `accepted`: by then `caller` may be another's
//      a stranger              nothing is saved, so that nobody can overwrite what the program left; a server answers it when its slice starts again
//      a call not yet begun    kept as `serve_later`, if nothing else is

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>
#include <exos/slice.h>

#define SAVED_RIP EXOS_SAVED + 8 * 17
#define ERROR_ESRCH 3
#define ERROR_EAGAIN 11

        .text
        .globl  exos_lrpc, exos_tlrpc, exos_lrpc_wait, exos_lrpc_begin, exos_lrpc_end, exos_lrpc_interrupted, exos_lrpc_returned, exos_tlrpc_returned
exos_lrpc:
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
        mov     %r9, %rbx
        mov     %rsp, exos_lrpc_rsp
        mov     %edi, exos_lrpc_server
        mov     %rcx, %r10                      // `syscall` takes rcx
        mov     AEGIS_AREA + AREA_ENV, %r9d
        jmp     leaving

exos_tlrpc:
        mov     exos_tlrpc_server, %edi
        mov     %rcx, %r10
        mov     AEGIS_AREA + AREA_ENV, %r9d
exos_lrpc_begin:
leaving:
        movq    $away, SAVED_RIP
        mov     $SYSCALL_PCT_SYNC, %eax
        syscall
        jmp     refused
leaving_end:

exos_lrpc_returned:                             // by anybody, at any time
        mov     AEGIS_AREA + AREA_CALLER, %eax
        cmp     exos_lrpc_server, %eax
        jne     stranger
accepted:
        movl    $0, exos_lrpc_server
        mov     exos_lrpc_rsp, %rsp
        mov     %rsi, %rax
finish: pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
        ret

exos_tlrpc_returned:
        mov     AEGIS_AREA + AREA_CALLER, %eax
        cmp     exos_tlrpc_server, %eax
        jne     send_back
trusted:
        mov     %rsi, %rax
        ret

refused:                                        // still on the caller's stack
        mov     $-ERROR_ESRCH, %rax
        cmpl    $exos_tlrpc_returned, AEGIS_AREA + AREA_PCT_SYNC
        je      1f
        movl    $0, exos_lrpc_server
        jmp     finish
1:      ret

// Not who was called. If something is exported here, it is a call; else it gets its slice back, and -EAGAIN. The program may have been interrupted anywhere, so nothing of
// its is touched, neither its stack nor its saved state.
stranger:
        cmpq    $0, exos_lrpc_procedure
        jne     serve
send_back:
        mov     $-ERROR_EAGAIN, %rsi
        mov     AEGIS_AREA + AREA_CALLER, %edi
        mov     $SYSCALL_PCT_SYNC, %eax
        syscall
        jmp     exos_slice_leave                // it is dead, or takes no answer

// A server's slice start, once a slice has ended in send_back.
send_later:
        mov     AEGIS_INFO + INFO_SLICE, %eax
        mov     exos_lrpc_refused(,%rax,4), %edi
        test    %edi, %edi
        jz      exos_slice_start
        mov     $-ERROR_EAGAIN, %rsi
        movl    $0, exos_lrpc_refused(,%rax,4)
cleared:
        mov     $SYSCALL_PCT_SYNC, %eax
        syscall

away:   jmp     exos_slice_leave

serve_later:                                    // a call whose slice ended before it was begun
        movq    $away, SAVED_RIP
serve:  cmpq    $answer, SAVED_RIP              // an answer is still to be given
        je      send_back
        cmpq    $serve_later, SAVED_RIP
        je      send_back
        btsl    $0, exos_lrpc_busy
served: jc      send_back
        cmp     AEGIS_AREA + AREA_CALLER, %r9d  // not who it says: it lies, or another one called in between
        jne     not_served
        mov     %rsp, %rax
        mov     $exos_lrpc_stack_top, %esp
        push    %rax
        push    %r9
        mov     %rsi, %rdi
        mov     %rdx, %rsi
        mov     %r10, %rdx
        mov     %r8, %rcx
        mov     %rbx, %r8                       // the sixth is the caller, in r9
        call    *exos_lrpc_procedure
        mov     %rax, %rsi
        pop     %rdi
        pop     %rsp                            // for who trusts us with it, and with what C keeps over a call
        xor     %edx, %edx                      // what C does not keep is the server's own
        xor     %r8d, %r8d
        xor     %r9d, %r9d
        xor     %r10d, %r10d
answer: movl    $0, exos_lrpc_busy
        movq    $away, SAVED_RIP
        mov     $SYSCALL_PCT_SYNC, %eax
        syscall
        jmp     exos_slice_leave                // it is dead, or takes no answer
answered:

not_served:
        mov     $-ERROR_EAGAIN, %rsi
        mov     %r9d, %edi
        jmp     answer
exos_lrpc_end:

// A server's main program ends here: it has no state any more.
exos_lrpc_wait:
        movq    $away, SAVED_RIP
        jmp     exos_slice_leave

// From the end of a slice (slice.S) inside the above: rcx = the interrupted rip. On to exos_slice_save with the rip to go on at, or to exos_slice_leave, which saves nothing.
exos_lrpc_interrupted:
        mov     AEGIS_AREA + AREA_CALLER, %eax
        mov     $leaving, %r11d
        cmp     $leaving_end, %rcx
        jb      save
        cmp     $accepted, %rcx
        jb      returning
        cmp     $exos_tlrpc_returned, %rcx
        jb      exos_slice_save
        cmp     $trusted, %rcx
        jb      returning_trusted
        cmp     $stranger, %rcx
        jb      exos_slice_save
        cmp     $send_back, %rcx
        jb      calling
        cmp     $send_later, %rcx
        jb      later
        cmp     $away, %rcx
        jb      sending_later
        cmp     $serve_later, %rcx
        jb      exos_slice_leave
        cmp     $served, %rcx
        jb      calling
        je      taking
        mov     $answer, %r11d
        cmp     %r11, %rcx
        jb      exos_slice_save
        cmp     $answered, %rcx
        jae     exos_slice_save
save:   mov     %r11d, %ecx
        jmp     exos_slice_save

returning:
        mov     $accepted, %r11d
        cmp     exos_lrpc_server, %eax
        je      save
calling:                                        // kept, if there is no other state to keep
        cmpl    $0, exos_lrpc_busy
        jne     later
        cmpq    $0, exos_lrpc_procedure
        je      exos_slice_leave
        cmpq    $answer, SAVED_RIP
        je      later
        mov     $serve_later, %r11d
        cmp     %r11, %rcx
        je      save                            // the one that was kept
        cmp     %r11, SAVED_RIP
        jne     save
        jmp     later

returning_trusted:
        mov     $trusted, %r11d
        cmp     exos_tlrpc_server, %eax
        je      save
        jmp     exos_slice_leave

taking: testb   $1, AEGIS_AREA + AREA_SLICE_RFLAGS
        jz      exos_slice_save
later:                                          // its slice is with us, and will start with its answer
        cmpq    $0, exos_lrpc_procedure
        je      exos_slice_leave
        mov     AEGIS_INFO + INFO_SLICE, %ecx
        mov     %eax, exos_lrpc_refused(,%rcx,4)
        movl    $send_later, AEGIS_AREA + AREA_SLICE_START
        jmp     exos_slice_leave

sending_later:
        mov     AEGIS_INFO + INFO_SLICE, %eax
        cmp     $cleared, %rcx
        jb      exos_slice_leave
        mov     %edi, exos_lrpc_refused(,%rax,4)
        jmp     exos_slice_leave

        .globl  exos_lrpc_counter
exos_lrpc_counter:
        incl    exos_lrpc_count
        mov     exos_lrpc_count, %esi
        mov     %r9d, %edi
        syscall                                 // rax is still the number of this call
        jmp     exos_slice_leave

        .bss
        .balign 16
        .globl  exos_lrpc_procedure, exos_lrpc_server, exos_tlrpc_server, exos_lrpc_count
exos_lrpc_rsp:
        .skip   8
exos_lrpc_procedure:
        .skip   8
exos_lrpc_server:                               // whom a call waits for, 0: there is none
        .skip   4
exos_tlrpc_server:
        .skip   4
exos_lrpc_busy:
        .skip   4
exos_lrpc_refused:                              // by slice position: who came in it, was refused, and does not know yet
        .skip   4 * 64
exos_lrpc_count:
        .skip   4
        .balign 16
exos_lrpc_stack:
        .skip   8192
exos_lrpc_stack_top:

        .section .note.GNU-stack, "", @progbits
