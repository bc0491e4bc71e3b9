/* table.h - an application's own page table: the truth about its memory, of which the kernel's bindings are a cache (claims K-20, L-6).
 *
 * One interface, two implementations, chosen on the link line: exos/policy/linear.c (a sorted vector, binary search) and exos/policy/inverted.c (hashed). Both keep the
 * entries in one vector without holes, in an order of their own, so that whoever wants all of them just goes through it.
 */
#ifndef EXOS_TABLE_H
#define EXOS_TABLE_H

#include <aegis/abi.h>
#include <stddef.h>

/* Low bits of an entry: the rights that the program has (AEGIS_READ, _WRITE, _EXECUTE), and */
#define EXOS_PTE_RIGHTS 7ul
#define EXOS_PTE_COW 8ul      /* copy on write: the frame may have other owners, and is bound without AEGIS_WRITE */
#define EXOS_PTE_SHARED 16ul  /* stays shared over fork */
#define EXOS_PTE_WRITABLE 64ul /* was bound with AEGIS_WRITE: may have been written, whatever binding stands now */
#define EXOS_PTE_DIRTY 128ul   /* was bound anew since then: counts as written */
#define EXOS_PTE_EMPTY 2048ul /* zero on demand: no frame yet */
#define EXOS_PTE_FLAGS 4095ul

struct exos_pte {
    uint64_t where; /* page address + flags */
    uint32_t frame; /* physical page, unless EMPTY */
    uint32_t next;  /* the implementation's */
};

enum { EXOS_TABLE_SIZE = 0xa0000, EXOS_TABLE_MAX = 32768 }; /* bytes of a table; one entry less than that at most: 128 MiB of memory */

struct exos_table {
    uint32_t n;
    uint32_t size; /* the implementation's measure of how much of the memory below is in use */
    uint64_t reserved[5];
    struct exos_pte none; /* the entry before the first: matches no address */
    struct exos_pte pte[EXOS_TABLE_MAX];
    uint16_t head[(EXOS_TABLE_SIZE - 64 - EXOS_TABLE_MAX * sizeof(struct exos_pte)) / 2]; /* the implementation's */
};

/* The rights that a page is bound with. */
static inline unsigned
exos_pte_rights(const struct exos_pte *pte)
{
    return pte->where & (pte->where & EXOS_PTE_COW ? EXOS_PTE_RIGHTS & ~(uint64_t)AEGIS_WRITE : EXOS_PTE_RIGHTS);
}

_Static_assert(sizeof(struct exos_table) == EXOS_TABLE_SIZE, "two tables for each process slot: session.h");

/* Make the EXOS_TABLE_SIZE bytes at `table` an empty table; make `to` a copy of `from`. */
void exos_table_init(struct exos_table *table);
void exos_table_copy(struct exos_table *to, const struct exos_table *from);

/* The entry of page address `va`, or NULL. Good until the next insertion or removal. */
struct exos_pte *exos_table_find(struct exos_table *table, uintptr_t va);

/* The entry of the page behind that of `pte`, or NULL. */
struct exos_pte *exos_table_next(struct exos_table *table, struct exos_pte *pte);

/* Enter `npages` pages from `va` on with `flags`; none of them may be there. Their frames are those from `frame` on, or none if that is 0. Returns 0 or -ENOMEM (the table is full). */
long exos_table_insert(struct exos_table *table, uintptr_t va, size_t npages, uint64_t flags, uint32_t frame);

/* Remove those of `npages` pages from `va` on that are there. */
void exos_table_remove(struct exos_table *table, uintptr_t va, size_t npages);

/* In the entries of all `npages` (at least 1) pages from `va` on clear, then set flags. Returns the flags that any of them had before, or -ENOMEM: one is not there, nothing changed. */
long exos_table_change(struct exos_table *table, uintptr_t va, size_t npages, uint64_t clear, uint64_t set);

#endif
