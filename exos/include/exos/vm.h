/* vm.h - a process's virtual memory, made at user level: what is mapped is this library's to know (table.h), and the kernel only binds.
 *
 * Addresses are page addresses. Results are 0 or more, or -errno. A call that fails has changed nothing.
 */
#ifndef EXOS_VM_H
#define EXOS_VM_H

#include <aegis/abi.h>
#include <exos/frame.h>
#include <stddef.h>

/* Where exos_vm_map chooses from: 64 GiB. */
#define EXOS_HEAP 0x200c00000
#define EXOS_HEAP_END 0x1200c00000

/* Map `npages` new pages, zero on demand, with `rights` (AEGIS_READ ...): at an address of the library's choice. Returns that, or -ENOMEM (too many pages, or
 * regions: EXOS_REGIONS), -EINVAL (0 pages, unknown rights). */
long exos_vm_map(size_t npages, unsigned rights);

/* The same, shared with children forked later: the frames are taken at once. */
long exos_vm_map_shared(size_t npages, unsigned rights);

/* Map the pages that are mapped from `from` on at a second place too: both are the same memory, also in children. Returns its address, -EINVAL (not a page address, 0 pages,
 * unknown rights, a page that is copied on write), -ENOMEM (some are not mapped, or no memory). */
long exos_vm_alias(const void *from, size_t npages, unsigned rights);

/* Unmap the pages from `va` on. Returns 0, -EINVAL (not a page address, 0 pages, or not all from one exos_vm_map), -ENOMEM (it would leave more regions than EXOS_REGIONS). */
long exos_vm_unmap(void *va, size_t npages);

/* Unmap all of the heap. */
void exos_vm_unmap_all(void);

/* Change the rights of `npages` mapped pages: one system call for all. Returns 0, -EINVAL (not a page address, unknown rights), -ENOMEM (some are not mapped). */
long exos_vm_protect(void *va, size_t npages, unsigned rights);

/* Has the page been written since it was mapped? Returns 1 or 0, -ENOMEM (not mapped). Without the kernel: the page table says where, the processor's dirty bit is in
 * AEGIS_BINDINGS. A page that could be written and has lost its binding since (evicted) counts as dirty. */
long exos_vm_dirty(const void *va);

/* The page-fault handler that comes before all others in a session: demand-zero, copy-on-write, and what was evicted. The rest goes to whom exos_catch() names. */
void exos_vm_fault(struct exos_frame *frame);

#endif
