/* kernel_layout.h - the top of the kernel half, private to each environment, for C and assembly. Within reach of 32-bit signed addresses.
 *
 *      fffffffffffff000    KERNEL_AREA     the current environment's area page, writable by the kernel
 *      ffffffffffffe000    KERNEL_LAPIC    the local APIC's registers
 *
 * A switch of cr3 thus switches the area too: TSS.RSP0 never changes.
 */
#ifndef KERNEL_LAYOUT_H
#define KERNEL_LAYOUT_H

#define KERNEL_AREA     0xfffffffffffff000
#define KERNEL_LAPIC    0xffffffffffffe000

#endif
