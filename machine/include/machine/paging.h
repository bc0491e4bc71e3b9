/* paging.h - four-level page tables: walking, the kernel's half, the direct map. Whose page may be mapped where is each kernel's policy. */
#ifndef MACHINE_PAGING_H
#define MACHINE_PAGING_H

#include <machine/layout.h>
#include <machine/types.h>

/* Page-table entry bits, Intel SDM vol. 3, 4.5. */
#define PTE_P (1ull << 0)
#define PTE_W (1ull << 1)
#define PTE_U (1ull << 2)
#define PTE_PCD (1ull << 4)
#define PTE_A (1ull << 5)
#define PTE_D (1ull << 6)
#define PTE_HUGE (1ull << 7)
#define PTE_SHARED (1ull << 9) /* ignored by the processor; of an upper-level entry: the table belongs to somebody else. A walk passes through it, a visit does not */
#define PTE_NX (1ull << 63)
#define PTE_ADDRESS 0x000ffffffffff000ull

/* Page-fault error code bits, 4.7. */
#define PF_PRESENT (1u << 0)
#define PF_WRITE (1u << 1)
#define PF_USER (1u << 2)
#define PF_FETCH (1u << 4)

typedef u64 pte_t;

static inline void *paging_direct(pa_t pa) { return (void *)(DIRECT_MAP + pa); }
static inline pa_t paging_physical(const void *direct) { return (u64)direct - DIRECT_MAP; }

/* Build the final kernel half (sections with their own rights, stack guard, direct map) and switch to it. */
void paging_init(void);

/* The kernel's own address space (empty lower half), for when no other may be stood on. */
pa_t paging_kernel_space(void);

/* Make the zeroed page at `pml4` the top of an address space: empty lower half, the kernel's upper half. */
void paging_space_init(pte_t *pml4);

/* Supplies one zeroed page for a table, or 0 if there is none. */
typedef pa_t (*paging_alloc_t)(void *context);

/* The last-level entry for `va`. Missing tables are taken from `alloc`; with alloc = NULL, or when it gives 0, returns NULL.
 * On a 2 MiB entry returns that entry. */
pte_t *paging_walk(pte_t *pml4, va_t va, paging_alloc_t alloc, void *context);

/* The level-2 entry for `va`, which a table of 512 last-level entries hangs from or which is a 2 MiB page itself. As paging_walk otherwise. */
pte_t *paging_walk_large(pte_t *pml4, va_t va, paging_alloc_t alloc, void *context);

/* Call `visit` for every table page below the lower half of `pml4` (not for pml4 itself), deepest first. */
void paging_each_table(pte_t *pml4, void (*visit)(void *context, pa_t table), void *context);

/* Call `visit` for every non-empty last-level entry of [start, end), pages of the lower half, in ascending order of address; also for each 2 MiB entry (PTE_HUGE).
 * It may change the entry. */
void paging_each_entry(pte_t *pml4, va_t start, va_t end, void (*visit)(void *context, va_t va, pte_t *entry), void *context);

/* Both at once, of the whole lower half: every entry, and behind them the table that held them. Entries that led to tables or to shared ones are cleared: where `visit_entry`
 * clears its own, each table is all zero when `visit_table` gets it, and so is the lower half of `pml4` in the end. */
void paging_tear_down(pte_t *pml4, void (*visit_entry)(void *context, va_t va, pte_t *entry), void (*visit_table)(void *context, pa_t table), void *context);

/* Unmap one page of the kernel's own data for good: a stack that overflows into it is a #DF with a name, not a corruption. Only while booting. */
void paging_make_guard(void *page);

#endif
