/* paging.c - four-level page tables; contract in machine/paging.h. Structure: Intel SDM vol. 3, 4.5. */

#include <machine/boot.h>
#include <machine/lapic.h>
#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { ENTRIES = 512, TOP_LEVEL = 3, HUGE_SIZE = 0x200000 };
#define TABLE_RIGHTS (PTE_P | PTE_W) /* upper levels allow all that may be; the last level decides */

extern char kernel_start[], kernel_text_end[], kernel_rodata_end[], kernel_end[], kernel_stack_guard[];

static pte_t *kernel_pml4;

static unsigned
index_at(va_t va, int level)
{
    return va >> (PAGE_SHIFT + 9 * level) & (ENTRIES - 1);
}

/* The entry for `va` in the table of `level` (0 = last), or NULL. */
static pte_t *
walk_to(pte_t *table, va_t va, int level, paging_alloc_t alloc, void *context)
{
    for (int l = TOP_LEVEL; l > level; l--) {
        pte_t *entry = &table[index_at(va, l)];
        if (*entry & PTE_HUGE)
            return entry;
        if (!(*entry & PTE_P)) {
            pa_t page = alloc ? alloc(context) : 0;
            if (!page)
                return NULL;
            *entry = page | TABLE_RIGHTS | (va < USER_TOP ? PTE_U : 0);
        }
        table = paging_direct(*entry & PTE_ADDRESS);
    }
    return &table[index_at(va, level)];
}

pte_t *
paging_walk(pte_t *pml4, va_t va, paging_alloc_t alloc, void *context)
{
    return walk_to(pml4, va, 0, alloc, context);
}

pte_t *
paging_walk_large(pte_t *pml4, va_t va, paging_alloc_t alloc, void *context)
{
    return walk_to(pml4, va, 1, alloc, context);
}

static pa_t
take_table(void *context)
{
    (void)context;
    return memory_take(1);
}

static void
map_kernel(char *start, char *end, pte_t rights)
{
    for (va_t va = (va_t)start; va < (va_t)end; va += PAGE_SIZE)
        if ((char *)va != kernel_stack_guard)
            *walk_to(kernel_pml4, va, 0, take_table, NULL) = (va - KERNEL_BASE) | rights | PTE_P;
}

void
paging_init(void)
{
    kernel_pml4 = paging_direct(memory_take(1));
    map_kernel(kernel_start, kernel_text_end, 0);
    map_kernel(kernel_text_end, kernel_rodata_end, PTE_NX);
    map_kernel(kernel_rodata_end, kernel_end, PTE_NX | PTE_W);
    for (pa_t pa = 0; pa < (pa_t)memory_page_count() << PAGE_SHIFT; pa += HUGE_SIZE)
        *walk_to(kernel_pml4, DIRECT_MAP + pa, 1, take_table, NULL) = pa | PTE_P | PTE_W | PTE_NX | PTE_HUGE;
    pte_t *lapic = walk_to(kernel_pml4, DIRECT_MAP + LAPIC_PHYSICAL, 0, take_table, NULL);
    assert(!(*lapic & PTE_P));
    *lapic = LAPIC_PHYSICAL | PTE_P | PTE_W | PTE_NX | PTE_PCD;
    write_cr3(paging_physical(kernel_pml4));
}

pa_t
paging_kernel_space(void)
{
    return paging_physical(kernel_pml4);
}

void
paging_space_init(pte_t *pml4)
{
    memcpy(pml4 + ENTRIES / 2, kernel_pml4 + ENTRIES / 2, PAGE_SIZE / 2);
}

/* The first index from `i` to `last` whose entry is not 0; more than `last` if there is none. Most of a table is empty: eight entries at a time. */
static unsigned
next_used(const pte_t *table, unsigned i, unsigned last)
{
    const pte_t *t = table + i, *end = table + last + 1;
    while (t < end && !*t) {
        t++;
        while (t + 8 <= end && !(t[0] | t[1] | t[2] | t[3] | t[4] | t[5] | t[6] | t[7]))
            t += 8;
    }
    return t - table;
}

/* What to do at each entry and behind each table; either may be NULL. */
struct visitor {
    void (*entry)(void *context, va_t va, pte_t *entry);
    void (*table)(void *context, pa_t table);
    void *context;
    bool clear; /* the entries that led to tables */
};

/* Does this upper-level entry lead to a table of its address space's own? */
static bool
leads_down(pte_t entry)
{
    return (entry & (PTE_P | PTE_HUGE | PTE_SHARED)) == PTE_P;
}

static void each_in(pte_t *table, int level, va_t start, va_t end, const struct visitor *v);

static void
each_below(pte_t *entry, int level, va_t start, va_t end, const struct visitor *v)
{
    pa_t table = *entry & PTE_ADDRESS;
    if (level > 1 || v->entry)
        each_in(paging_direct(table), level - 1, start, end, v);
    if (v->table)
        v->table(v->context, table);
}

/* [start, end) is not empty and lies in what `table` maps. */
static void
each_in(pte_t *table, int level, va_t start, va_t end, const struct visitor *v)
{
    va_t span = 1ull << (PAGE_SHIFT + 9 * level), base = start & -(span * ENTRIES); /* span: of one entry */
    unsigned last = index_at(end - 1, level);
    for (unsigned i = next_used(table, index_at(start, level), last); i <= last; i = next_used(table, i + 1, last)) {
        va_t va = base + i * span, next = va + span;
        if (level == 0 || table[i] & PTE_HUGE) {
            if (v->entry)
                v->entry(v->context, va, &table[i]);
            continue;
        }
        if (leads_down(table[i]))
            each_below(&table[i], level, va > start ? va : start, next < end ? next : end, v);
        if (v->clear)
            table[i] = 0;
    }
}

void
paging_each_table(pte_t *pml4, void (*visit)(void *context, pa_t table), void *context)
{
    struct visitor v = {.table = visit, .context = context};
    each_in(pml4, TOP_LEVEL, 0, USER_TOP, &v);
}

void
paging_each_entry(pte_t *pml4, va_t start, va_t end, void (*visit)(void *context, va_t va, pte_t *entry), void *context)
{
    struct visitor v = {.entry = visit, .context = context};
    if (start < end)
        each_in(pml4, TOP_LEVEL, start, end, &v);
}

void
paging_tear_down(pte_t *pml4, void (*visit_entry)(void *context, va_t va, pte_t *entry), void (*visit_table)(void *context, pa_t table), void *context)
{
    struct visitor v = {visit_entry, visit_table, context, true};
    each_in(pml4, TOP_LEVEL, 0, USER_TOP, &v);
}

void
paging_make_guard(void *page)
{
    *paging_walk(kernel_pml4, (va_t)page, NULL, NULL) = 0;
    invlpg((va_t)page);
}
