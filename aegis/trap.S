// trap.S - exceptions: dispatched to the application that raised them (claims K-14..K-17), or the end of the kernel.
//
// The processor pushes its frame where TSS.RSP0 points: behind `ss` in the current environment's area (aegis/area.h), which every address space
// has at the same kernel address (kernel_layout.h). So the frame is written where the application reads it, at no cost, and no access here can fault.
//
//      area:  pc[32] armed ... rax rcx r11 address error rip cs rflags rsp ss |<- RSP0
//                                                  ^     ^
//              rsp at entry: with an error code ---+     +--- without
//
// Per exception, from the trap to the application's first instruction (each instruction counts 1):
//
//      who raised it      2      test, jz            ring 0: a bug of ours, panic
//      is the area free   2      btr, jnc            no: a nested exception, the environment dies
//      three scratch regs 3      rax, rcx, r11       (K-15 step 1)
//      ours to refill?    2      test, jz            page faults only: not if the page is present
//      bad address        2      cr2                 page faults only (step 2)
//      its handler's PC   1      32 bits: always a user address, whatever the application wrote there, so sysretq cannot fault
//      flags, cause, rsp  3
//      go                 1      sysretq             (step 3)
//                        --
//                        12, page faults 16
//
// Not done: clac (nothing here touches a user address), swapgs (the kernel has no use for GS), saving other registers (the application's business).

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>
#include <machine/descriptors.h>
#include <machine/trapframe.h>

        .text

// The common part. `base`: the area field that rsp points at. Clobbers nothing that is not saved.
.macro DISPATCH vector, base, address
        testb   $3, AREA_CS-\base(%rsp)
        jz      kernel_\vector
  .if \address
        testb   $1, AREA_ERROR-\base(%rsp)
        jz      missing_page                    // bit 0 of the error code: present
  .endif
dispatch_\vector:
        btrl    $0, AREA_ARMED-\base(%rsp)
        jnc     nested_\vector
        mov     %rax, AREA_RAX-\base(%rsp)
        mov     %rcx, AREA_RCX-\base(%rsp)
        mov     %r11, AREA_R11-\base(%rsp)
  .if \address
        mov     %cr2, %rax
        mov     %rax, AREA_ADDRESS-\base(%rsp)
  .endif
        mov     AREA_PC+4*\vector-\base(%rsp), %ecx
        mov     $AEGIS_HANDLER_RFLAGS, %r11d
        mov     $\vector, %eax
        mov     $(AEGIS_AREA + AEGIS_PAGE_SIZE), %esp
        sysretq

nested_\vector:                         // cold: kills the environment, never returns
        lea     AREA_RIP-\base(%rsp), %rdi
        mov     $\vector, %esi
        mov     $kernel_stack_top, %rsp
        clac                            // ring 3 may have set AC
        cld
        call    trap_nested
        ud2
.endm

.macro ROUTE_plain vector
vector_\vector:
        DISPATCH \vector, AREA_RIP, 0
        KERNEL_TRAP \vector, 0
.endm

.macro ROUTE_error vector
vector_\vector:
        DISPATCH \vector, AREA_ERROR, 0
        KERNEL_TRAP \vector, 1
.endm

.macro ROUTE_address vector
vector_\vector:
        DISPATCH \vector, AREA_ERROR, 1
        KERNEL_TRAP \vector, 1
.endm

// On an IST stack, from either ring: C decides (trap.c), on a copy of all registers.
.macro ROUTE_debug vector
vector_\vector:
        push    $0
        push    $\vector
        PUSH_REGISTERS
        clac
        cld
        mov     %rsp, %rdi
        call    trap_debug
        POP_REGISTERS
        iretq
.endm

// Ring 0 raised it, or nobody may: rsp -> [error code,] hardware frame.
.macro KERNEL_TRAP vector, error
kernel_\vector:
  .if \error == 0
        push    $0
  .endif
        push    $\vector
        jmp     kernel_trap
.endm

// A page that is not present: a binding that is refilled (claim K-18)? It takes a way of its set, as the youngest, and what had that is displaced (binding.c has the rules).
// 56 instructions from the fault to the resumed instruction. Registers: none changes. The area stays as it is but for the processor's frame, so this is for
// applications that have nothing in it: what a handler touches before it sets `armed` again must be guaranteed.
missing_page:
        testb   $1, AREA_ARMED-AREA_ERROR(%rsp)
        jz      dispatch_14
        mov     %rax, refill_rax
        mov     %rcx, refill_rcx
        mov     %rdx, refill_rdx
        mov     %cr2, %rax
        mov     %eax, %ecx                      // binding_refills[slot of the environment][page number]
        shr     $12, %ecx
        and     $((1 << REFILLS_SHIFT) - 1), %ecx
        mov     current_id, %edx
        and     $63, %edx
        shl     $REFILLS_SHIFT, %edx
        or      %edx, %ecx
        shl     $REFILL_SHIFT, %ecx
        or      $(AEGIS_PAGE_SIZE - 1), %rax
        cmp     %rax, binding_refills+REFILL_LAST_BYTE(%rcx)
        jne     not_refilled
        mov     %rbx, refill_rbx
        mov     binding_refills+REFILL_ENTRY(%rcx), %rdx
        mov     binding_refills+REFILL_SET(%rcx), %rbx
        mov     SET_HAND(%rbx), %rcx            // the way, and present: what is not present is in no TLB
        or      %rcx, (%rdx)
        shr     $(WAY_SHIFT - SLOT_SHIFT), %rcx
        add     SET_SLOTS(%rbx), %rcx
        xchg    %rax, SLOT_LAST_BYTE(%rcx)
        xchg    %rdx, SLOT_ENTRY(%rcx)
        mov     $(1 << WAY_SHIFT), %rcx
        add     SET_HAND(%rbx), %rcx
        and     binding_ways_mask, %rcx
        mov     %rcx, SET_HAND(%rbx)
        test    %rax, %rax
        jz      way_was_free
        mov     %rcx, SET_OLDEST(%rbx)
        mov     SET_PUBLIC(%rbx), %rcx
        incl    PUBLIC_EVICTIONS(%rcx)
        invlpg  (%rax)
        btl     $(REFILLED_BIT - 32), 4(%rdx)
        jc      displace_refilled
        mov     (%rdx), %rax
        movq    $0, (%rdx)
        shl     $12, %rax                       // its page number: bits 12 to 51
        shr     $24, %rax
        mov     page_refs, %rdx
        decl    (%rdx,%rax,4)
refilled:
        incl    PUBLIC_HITS(%rcx)
        mov     refill_rax, %rax
        mov     refill_rcx, %rcx
        mov     refill_rdx, %rdx
        mov     refill_rbx, %rbx
        add     $8, %rsp
        iretq
way_was_free:
        mov     SET_PUBLIC(%rbx), %rcx
        incl    PUBLIC_BINDINGS(%rcx)
        jmp     refilled
displace_refilled:                              // neither present, nor any way
        mov     binding_ways_mask, %rax
        not     %rax
        and     %rax, (%rdx)
        jmp     refilled
not_refilled:
        mov     refill_rax, %rax
        mov     refill_rcx, %rcx
        mov     refill_rdx, %rdx
        jmp     dispatch_14

        .bss
        .balign 8
refill_rax:
        .skip   8
refill_rcx:
        .skip   8
refill_rdx:
        .skip   8
refill_rbx:
        .skip   8
        .text

#define EXCEPTION(vector, name, route) .globl vector_##vector; ROUTE_##route vector;
#include <aegis/exceptions.def>
#undef EXCEPTION

// Vectors that no application gets.
.macro KERNEL_ONLY vector, error
  .ifndef vector_\vector
        .globl  vector_\vector
vector_\vector:
        KERNEL_TRAP \vector, \error
  .endif
.endm

#define VECTOR(number, mnemonic, title, error, ist, dpl) KERNEL_ONLY number, error;
#include <machine/vectors.def>
#undef VECTOR

kernel_trap:
        PUSH_REGISTERS
        cld
        mov     %rsp, %rdi
        call    panic_trap

        .section .rodata
        .globl  vector_entry
        .balign 8
vector_entry:                           // for machine/descriptors.c
#define VECTOR(number, mnemonic, title, error, ist, dpl) .quad vector_##number;
#include <machine/vectors.def>
#undef VECTOR
