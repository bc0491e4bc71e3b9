/* layout.h - the virtual address space that both kernels share, for C and assembly.
 *
 *      address               size     access      what
 *      ------------------    -------  ----------  ---------------------------------------------------------
 *      ffffffff80100000      image    k: rx,r,rw  the kernel: text, rodata, data+bss (machine/kernel.ld)
 *      ffff800000000000      4 GiB    k: rw       DIRECT_MAP: all of RAM, and the local APIC at +0xfee00000
 *      00007fffffffefff      128 TiB  user        the last user page is never mapped: see USER_TOP
 *      0000000000000000
 *
 * The upper half is the same in every address space and never changes after boot.
 */
#ifndef MACHINE_LAYOUT_H
#define MACHINE_LAYOUT_H

#define PAGE_SIZE       4096
#define PAGE_SHIFT      12

#define KERNEL_BASE     0xffffffff80000000
#define DIRECT_MAP      0xffff800000000000
#define PHYS_LIMIT      0x100000000             /* RAM above 4 GiB is ignored */

/* First address that no user mapping may reach. One page below the end of the lower half, so that the address after any
 * user `syscall` instruction is canonical and `sysretq` cannot fault in ring 0 (AMD64 manual vol. 3, SYSRET; CVE-2012-0217). */
#define USER_TOP        0x00007ffffffff000

#endif
