/* inverted.c - the page table as an inverted, hashed one; contract in exos/table.h.
 *
 * Each head leads to a chain of entries, linked by their index + 1. There are always more heads than entries, and the hash is the page number: pages side by side never
 * share a chain, so a chain has one entry as a rule. `size` is the number of heads, a power of two, less one.
 */

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/table.h>

#define NOWHERE (~0ul) /* differs from every page address in more than its flags */

enum { HEADS_MIN = 256, HEADS_MAX = EXOS_TABLE_MAX };

_Static_assert(HEADS_MAX <= sizeof((struct exos_table *)0)->head / sizeof(uint16_t), "a head for each entry");

static uint16_t *
head_of(struct exos_table *table, uintptr_t va)
{
    return &table->head[va / AEGIS_PAGE_SIZE & table->size];
}

static void
clear_heads(struct exos_table *table, uint32_t size)
{
    table->size = size - 1;
    for (uint32_t i = 0; i < size; i++)
        table->head[i] = 0;
}

void
exos_table_init(struct exos_table *table)
{
    table->n = 0;
    table->none.where = NOWHERE;
    clear_heads(table, HEADS_MIN);
}

void
exos_table_copy(struct exos_table *to, const struct exos_table *from)
{
    to->n = from->n;
    to->size = from->size;
    to->none = from->none;
    exos_words_copy(to->pte, from->pte, from->n * sizeof from->pte[0] / 8);
    exos_words_copy(to->head, from->head, (from->size + 1) * sizeof from->head[0] / 8);
}

/* The first entry of the chain of `va`. Chains end at `none`: it is the entry before the first, and so has index 0. */
static inline struct exos_pte *
guess(struct exos_table *table, uintptr_t va)
{
    return &table->none + *head_of(table, va);
}

#include "dirty.h"

struct exos_pte *
exos_table_find(struct exos_table *table, uintptr_t va)
{
    struct exos_pte *pte = guess(table, va);
    while ((pte->where ^ va) > EXOS_PTE_FLAGS) {
        if (pte == &table->none)
            return NULL;
        pte = &table->none + pte->next;
    }
    return pte;
}

struct exos_pte *
exos_table_next(struct exos_table *table, struct exos_pte *pte)
{
    uintptr_t va = (pte->where & ~EXOS_PTE_FLAGS) + AEGIS_PAGE_SIZE;
    if (pte + 1 < table->pte + table->n && (pte[1].where ^ va) <= EXOS_PTE_FLAGS) /* they have come together */
        return pte + 1;
    return exos_table_find(table, va);
}

static void
link(struct exos_table *table, uint32_t i)
{
    uint16_t *head = head_of(table, table->pte[i].where);
    table->pte[i].next = *head;
    *head = i + 1;
}

/* Twice as many heads as entries: all chains anew. */
static void
grow(struct exos_table *table, uint32_t n)
{
    uint32_t size = table->size + 1;
    while (size <= n && size < HEADS_MAX)
        size *= 2;
    if (size == table->size + 1)
        return;
    clear_heads(table, size);
    for (uint32_t i = 0; i < table->n; i++)
        link(table, i);
}

long
exos_table_insert(struct exos_table *table, uintptr_t va, size_t npages, uint64_t flags, uint32_t frame)
{
    if (npages >= EXOS_TABLE_MAX - table->n)
        return -ENOMEM;
    grow(table, table->n + npages);
    for (uint32_t i = 0; i < npages; i++, va += AEGIS_PAGE_SIZE) {
        table->pte[table->n] = (struct exos_pte){va | flags, frame ? frame + i : 0, 0};
        link(table, table->n++);
    }
    return 0;
}

/* What leads to entry `i`: its head or the entry before it. */
static void
relink(struct exos_table *table, uint32_t i, uint32_t to)
{
    uint16_t *head = head_of(table, table->pte[i].where);
    if (*head == i + 1) {
        *head = to;
        return;
    }
    struct exos_pte *before = &table->pte[*head - 1];
    while (before->next != i + 1)
        before = &table->pte[before->next - 1];
    before->next = to;
}

void
exos_table_remove(struct exos_table *table, uintptr_t va, size_t npages)
{
    for (; npages > 0; npages--, va += AEGIS_PAGE_SIZE) {
        struct exos_pte *pte = exos_table_find(table, va);
        if (!pte)
            continue;
        uint32_t i = pte - table->pte, last = table->n - 1;
        relink(table, i, pte->next);
        if (i != last) { /* the last entry fills the hole */
            relink(table, last, i + 1);
            *pte = table->pte[last];
        }
        table->n = last;
    }
}

/* How many entries, `npages` at most, follow one another in the vector as their pages do from `va` on: pages that were mapped together do. */
static inline size_t
in_a_row(const struct exos_table *table, const struct exos_pte *first, uintptr_t va, size_t npages)
{
    const struct exos_pte *pte = first, *end = table->pte + table->n;
    if (npages < (size_t)(end - first))
        end = first + npages;
    for (; pte < end && (pte->where ^ va) <= EXOS_PTE_FLAGS; pte++)
        va += AEGIS_PAGE_SIZE;
    return pte - first;
}

/* Change `npages` entries in a row. Returns which flags any of them had. */
static inline uint64_t
change_row(struct exos_pte *pte, size_t npages, uint64_t clear, uint64_t set)
{
    uint64_t had = 0;
    for (const struct exos_pte *end = pte + npages; pte < end; pte++) {
        had |= pte->where;
        pte->where = (pte->where & ~clear) | set;
    }
    return had & EXOS_PTE_FLAGS;
}

/* Row by row: first whether all are there, then the change. */
long
exos_table_change(struct exos_table *table, uintptr_t va, size_t npages, uint64_t clear, uint64_t set)
{
    struct exos_pte *pte = exos_table_find(table, va);
    size_t row = !pte ? 0 : npages == 1 ? 1 : in_a_row(table, pte, va, npages);
    if (row == npages)
        return change_row(pte, npages, clear, set);
    for (size_t at = 0; at < npages; at += row) {
        pte = exos_table_find(table, va + at * AEGIS_PAGE_SIZE);
        if (!pte)
            return -ENOMEM;
        row = in_a_row(table, pte, va + at * AEGIS_PAGE_SIZE, npages - at);
    }
    uint64_t had = 0;
    for (size_t at = 0; at < npages; at += row) {
        pte = exos_table_find(table, va + at * AEGIS_PAGE_SIZE);
        row = in_a_row(table, pte, va + at * AEGIS_PAGE_SIZE, npages - at);
        had |= change_row(pte, row, clear, set);
    }
    return had;
}
