/* vm.h - an address space: regions of anonymous memory whose pages appear when they are touched.
 *
 *      00007ffffffff000      end          machine/layout.h: USER_TOP
 *      00007fffff7ff000      8 MiB        the stack
 *      00007ffff7fff000      VM_MAP_TOP   mmap's own choices go down from here
 *                            break        the program's segments, and above them the heap of brk
 *      0000000000010000      VM_LOW       nothing is ever mapped below: a null pointer faults
 */
#ifndef VM_H
#define VM_H

#include "region.h"

#include <machine/layout.h>
#include <machine/paging.h>

#define VM_LOW 0x10000ul
#define VM_STACK_SIZE 0x800000ul
#define VM_MAP_TOP (USER_TOP - 0x8000000ul)

/* A page of its own. */
struct vm {
    pte_t *pml4;
    u32 users; /* processes: more than one while a child of vfork runs in its parent's memory */
    va_t break_start, break_end; /* the heap; the end is as the program asked for it, not a page's */
    struct region_map map;
};

/* An empty address space with one user. NULL if there is no memory. */
struct vm *vm_create(void);

/* A copy of `from`: private pages are copied when one of the two writes (vm_copy.c). NULL, nothing left, if there is no memory. Rights were taken away in `from`: whoever
 * runs on it must load cr3 again. */
struct vm *vm_copy(struct vm *from);

/* One user less; with the last one every page and every table goes. The caller stands on another address space. */
void vm_release(struct vm *vm);

/* Make [start, end) a demand-zero region, in place of what was there. Page-aligned, within [VM_LOW, USER_TOP). False: too many regions. */
bool vm_map(struct vm *vm, va_t start, va_t end, u32 prot, u32 shared);

/* Nothing is left in [start, end). False, nothing changed: too many regions. */
bool vm_unmap(struct vm *vm, va_t start, va_t end);

/* The page at `va` through the direct map; taken and mapped first if it was not there. NULL: out of memory. `va` must be in a region. */
void *vm_page(struct vm *vm, va_t va);

enum vm_fault { VM_REPAIRED, VM_UNMAPPED, VM_DENIED, VM_NO_MEMORY };

/* A page fault at `va` with the processor's error code: supply or copy the page if the region allows the access, else say what is wrong. */
enum vm_fault vm_fault(struct vm *vm, va_t va, u64 error);

/* The last-level entry of a page with the rights `prot`; none for PROT_NONE. */
pte_t vm_rights(u32 prot);

#endif
