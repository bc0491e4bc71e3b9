// mbr.S - sector 0: loads the payload (flat kernel and boot archive) to 1 MiB and jumps to its first byte in 32-bit mode.
//
// In:   the BIOS jumps here in real mode at 0:0x7c00, dl = boot drive.
// Out:  32-bit protected mode, flat segments, interrupts off, A20 on, esi = physical address of the memory map below.
// Does not: look at the payload (machine/boot/entry.S does) or know its format; the image builder patches `sectors` at byte 436.
//
//     0x01000  u32 count, then from 0x1010 on `count` E820 entries of 24 bytes       (BOOT_MAP in machine/boot.h)
//     0x07c00  this sector
//     0x10000  bounce buffer: the BIOS cannot read above 1 MiB
//    0x100000  the payload

.set BOOT_MAP,    0x1000
.set BOUNCE_SEG,  0x1000
.set CHUNK,       64                    // sectors a read: 32 KiB, under the 64 KiB that every BIOS accepts
.set PAYLOAD,     0x100000
.set SMAP_MAGIC,  0x534d4150            // "SMAP", ACPI specification 15.1
.set COM1,        0x3f8

        .code16
        .globl start
start:
        ljmp    $0, $1f
1:      cli
        cld
        xor     %ax, %ax
        mov     %ax, %ds
        mov     %ax, %es
        mov     %ax, %ss
        mov     $0x7c00, %sp
        mov     %dl, drive

        in      $0x92, %al              // fast A20 gate: both chipsets have it
        or      $2, %al
        and     $0xfe, %al              // bit 0 would reset the machine
        out     %al, $0x92

        mov     $BOOT_MAP + 0x10, %di
        xor     %ebx, %ebx              // continuation value: 0 starts
        xor     %ebp, %ebp              // entries so far
next_entry:
        mov     $0xe820, %eax
        mov     $24, %ecx
        mov     $SMAP_MAGIC, %edx
        movl    $1, 20(%di)             // ACPI 3 attributes: valid, for a BIOS that writes 20 bytes only
        int     $0x15
        jc      map_done
        inc     %ebp
        add     $24, %di
        cmp     $64, %ebp
        jae     map_done
        test    %ebx, %ebx
        jnz     next_entry
map_done:
        mov     %ebp, BOOT_MAP

        mov     $PAYLOAD, %edi
next_chunk:
        mov     sectors, %eax           // left to read
        test    %eax, %eax
        jz      loaded
        cmp     $CHUNK, %eax
        jbe     1f
        mov     $CHUNK, %eax
1:      mov     %ax, dap_count
        mov     $0x42, %ah              // extended read, Enhanced Disk Drive specification
        mov     drive, %dl
        mov     $dap, %si
        push    %edi
        int     $0x13
        pop     %edi
        jc      disk_error
        movzwl  dap_count, %ecx
        sub     %ecx, sectors
        add     %ecx, dap_lba
        shl     $7, %ecx                // sectors -> 32-bit words

        lgdt    gdt_pointer             // "unreal mode": es keeps a 4 GiB limit after we leave protected mode.
        mov     %cr0, %eax              // Done anew for each chunk, since a BIOS may reload it.
        or      $1, %al
        mov     %eax, %cr0
        mov     $8, %bx
        mov     %bx, %es
        and     $0xfe, %al
        mov     %eax, %cr0
        mov     $BOUNCE_SEG, %bx
        mov     %bx, %ds
        xor     %esi, %esi
        addr32 rep movsl                // ds:esi -> es:edi, edi goes on
        xor     %bx, %bx
        mov     %bx, %ds
        mov     %bx, %es
        jmp     next_chunk

loaded:
        lgdt    gdt_pointer
        mov     %cr0, %eax
        or      $1, %al
        mov     %eax, %cr0
        ljmp    $16, $protected

disk_error:
        mov     $message, %si
        mov     $COM1, %dx
1:      lodsb
        test    %al, %al
        jz      2f
        out     %al, %dx
        jmp     1b
2:      hlt
        jmp     2b

        .code32
protected:
        mov     $8, %ax
        mov     %ax, %ds
        mov     %ax, %es
        mov     %ax, %ss
        mov     $BOOT_MAP, %esi
        mov     $PAYLOAD, %eax
        jmp     *%eax

        .balign 8
gdt:    .quad   0
        .quad   0x00cf92000000ffff      // 8: data, base 0, 4 GiB
        .quad   0x00cf9a000000ffff      // 16: code, base 0, 4 GiB
gdt_pointer:
        .word   . - gdt - 1
        .long   gdt

dap:    .byte   16, 0                   // disk address packet
dap_count:
        .word   0
        .word   0, BOUNCE_SEG           // offset, segment
dap_lba:
        .quad   1

drive:  .byte   0
message:
        .asciz  "exolab: disk read error: the image is truncated; run make build\n"

        .org    436
sectors:
        .long   0                       // patched by harness/booting/image.py
        .org    510
        .word   0xaa55
