/* linear.c - the page table as a sorted linear vector with binary search, as the original's (claim L-6); contract in exos/table.h.
 *
 * 2^size is the least power of two above n: the entries from n to there hold an address above all others, so that the search needs no bound.
 */

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/table.h>

enum { LOG_MIN = 4, LOG_MAX = 15 };
#define ABOVE_ALL (~0ul)

void
exos_table_init(struct exos_table *table)
{
    table->n = 0;
    table->size = LOG_MIN;
    for (struct exos_pte *pte = table->pte; pte < table->pte + (1 << LOG_MIN); pte++)
        pte->where = ABOVE_ALL;
}

void
exos_table_copy(struct exos_table *to, const struct exos_table *from)
{
    to->n = from->n;
    to->size = from->size;
    exos_words_copy(to->pte, from->pte, (sizeof from->pte[0] / 8) << from->size);
}

/* One step of the search: 3 instructions. */
#define STEP(n) asm("cmp %2, %1\n\tcmovae %3, %0" : "+r"(at) : "r"(last), "m"(at[1 << (n)].where), "r"(at + (1 << (n))) : "cc")
#define FROM(n) case (n) + 1: STEP(n); __attribute__((fallthrough))

/* The last entry that does not lie behind page address `va`, or the first entry of all. The heart of every lookup. */
static inline struct exos_pte *
search(struct exos_table *table, uintptr_t va)
{
    struct exos_pte *at = table->pte;
    uint64_t last = va | EXOS_PTE_FLAGS;
    switch (table->size) {
    FROM(14); FROM(13); FROM(12); FROM(11); FROM(10); FROM(9); FROM(8); FROM(7); FROM(6); FROM(5); FROM(4);
    case LOG_MIN:
        STEP(3);
        STEP(2);
        STEP(1);
        STEP(0);
        return at;
    default: __builtin_unreachable();
    }
}
_Static_assert(LOG_MIN == 3 + 1 && LOG_MAX == 14 + 1 && EXOS_TABLE_MAX == 1 << LOG_MAX, "the steps above");

#define guess search
#include "dirty.h"

struct exos_pte *
exos_table_find(struct exos_table *table, uintptr_t va)
{
    struct exos_pte *pte = search(table, va);
    return (pte->where ^ va) <= EXOS_PTE_FLAGS ? pte : NULL;
}

struct exos_pte *
exos_table_next(struct exos_table *table, struct exos_pte *pte)
{
    (void)table;
    return (pte[1].where ^ (pte->where + AEGIS_PAGE_SIZE)) <= EXOS_PTE_FLAGS ? pte + 1 : NULL;
}

/* The place of the first entry that does not lie before `va`. */
static uint32_t
place_of(struct exos_table *table, uintptr_t va)
{
    struct exos_pte *pte = search(table, va);
    return pte - table->pte + (pte->where < va);
}

/* Keep n below size, and ABOVE_ALL behind the last entry. */
static void
grow(struct exos_table *table, uint32_t n)
{
    uint32_t old = 1u << table->size;
    while (1u << table->size <= n)
        table->size++;
    for (uint32_t i = old; i < 1u << table->size; i++)
        table->pte[i].where = ABOVE_ALL;
}

long
exos_table_insert(struct exos_table *table, uintptr_t va, size_t npages, uint64_t flags, uint32_t frame)
{
    if (npages >= EXOS_TABLE_MAX - table->n)
        return -ENOMEM;
    uint32_t at = place_of(table, va);
    grow(table, table->n + npages);
    for (uint32_t i = table->n; i-- > at;)
        table->pte[i + npages] = table->pte[i];
    for (uint32_t i = 0; i < npages; i++, va += AEGIS_PAGE_SIZE)
        table->pte[at + i] = (struct exos_pte){va | flags, frame ? frame + i : 0, 0};
    table->n += npages;
    return 0;
}

void
exos_table_remove(struct exos_table *table, uintptr_t va, size_t npages)
{
    uint32_t from = place_of(table, va), to = place_of(table, va + npages * AEGIS_PAGE_SIZE), gone = to - from;
    for (uint32_t i = to; i < table->n; i++)
        table->pte[i - gone] = table->pte[i];
    for (uint32_t i = table->n - gone; i < table->n; i++)
        table->pte[i].where = ABOVE_ALL;
    table->n -= gone;
}

long
exos_table_change(struct exos_table *table, uintptr_t va, size_t npages, uint64_t clear, uint64_t set)
{
    struct exos_pte *pte = search(table, va), *end = pte + npages;
    uint64_t had = 0, last = va + (npages - 1) * AEGIS_PAGE_SIZE;
    /* sorted and each page once: if the first and the last are where they should be, all between them are */
    if (npages > table->n || end > table->pte + table->n || (pte->where ^ va) > EXOS_PTE_FLAGS || (end[-1].where ^ last) > EXOS_PTE_FLAGS)
        return -ENOMEM;
    for (; pte < end; pte++) {
        had |= pte->where;
        pte->where = (pte->where & ~clear) | set;
    }
    return had & EXOS_PTE_FLAGS;
}
