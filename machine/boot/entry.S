// entry.S - the kernel's first bytes: boot header, then from 32-bit protected mode to 64-bit C.
//
// In:   32-bit, flat segments, interrupts off, esi = physical address of the memory map (mbr.S).
// Out:  calls machine_start(memory map) on the boot stack, in the upper half, with the first GiB mapped three times:
//       at its own address (needed for this file only), at DIRECT_MAP and at KERNEL_BASE. paging.c replaces these tables.

#include <machine/layout.h>

#define PHYS(symbol) ((symbol) - KERNEL_BASE)

#define CR0_PE          (1 << 0)
#define CR0_WP          (1 << 16)
#define CR0_PG          (1 << 31)
#define CR4_PAE         (1 << 5)
#define MSR_EFER        0xc0000080
#define EFER_LME        (1 << 8)
#define EFER_NXE        (1 << 11)
#define PTE_P_W         3
#define PTE_HUGE        (1 << 7)

        .section .boot, "ax"
        .code32
        .globl entry32, boot_header
entry32:
        jmp     setup
        .balign 8
boot_header:                            // filled by harness/booting/image.py; layout: docs/wire-format.md, struct boot_header
        .fill   104, 1, 0

setup:
        mov     $PHYS(boot_pd), %edi    // 512 x 2 MiB
        mov     $(PTE_P_W | PTE_HUGE), %eax
        mov     $512, %ecx
1:      mov     %eax, (%edi)
        movl    $0, 4(%edi)
        add     $0x200000, %eax
        add     $8, %edi
        dec     %ecx
        jnz     1b
        movl    $(PHYS(boot_pd) + PTE_P_W), PHYS(boot_pdpt)                     // first GiB at 0
        movl    $(PHYS(boot_pd) + PTE_P_W), PHYS(boot_pdpt) + 510 * 8           // and at -2 GiB
        movl    $(PHYS(boot_pdpt) + PTE_P_W), PHYS(boot_pml4)
        movl    $(PHYS(boot_pdpt) + PTE_P_W), PHYS(boot_pml4) + 256 * 8         // DIRECT_MAP
        movl    $(PHYS(boot_pdpt) + PTE_P_W), PHYS(boot_pml4) + 511 * 8

        mov     $CR4_PAE, %eax
        mov     %eax, %cr4
        mov     $PHYS(boot_pml4), %eax
        mov     %eax, %cr3
        mov     $MSR_EFER, %ecx
        rdmsr
        or      $(EFER_LME | EFER_NXE), %eax
        wrmsr
        mov     $(CR0_PG | CR0_WP | CR0_PE), %eax
        mov     %eax, %cr0
        lgdt    PHYS(boot_gdt_pointer)
        ljmp    $8, $PHYS(long_mode)

        .code64
long_mode:
        xor     %eax, %eax
        mov     %eax, %ds
        mov     %eax, %es
        mov     %eax, %ss
        mov     %eax, %fs
        mov     %eax, %gs
        mov     $kernel_stack_top, %rsp
        xor     %ebp, %ebp              // ends the panic's backtrace
        mov     %esi, %edi              // memory map, zero-extended
        mov     $machine_start, %rax
        call    *%rax
        ud2

        .balign 8
boot_gdt:
        .quad   0
        .quad   0x00af9a000000ffff      // 8: 64-bit code
boot_gdt_pointer:
        .word   . - boot_gdt - 1
        .long   PHYS(boot_gdt)

        .section .bss
        .balign 4096
boot_pml4: .skip 4096
boot_pdpt: .skip 4096
boot_pd:   .skip 4096
        .globl kernel_stack_guard, kernel_stack_top
kernel_stack_guard: .skip 4096          // paging.c leaves it unmapped: an overflow is a #DF with a name, not a corruption
        .skip   16384
kernel_stack_top:
