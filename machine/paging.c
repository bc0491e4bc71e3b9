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
    while (i <= last && !table[i]) {
        i++;
        for (const pte_t *t = &table[i]; i % 8 == 0 && i + 7 <= last && !(t[0] | t[1] | t[2] | t[3] | t[4] | t[5] | t[6] | t[7]); t += 8)
            i += 8;
    }
    return i;
}

/* Does this upper-level entry lead to a table of its address space's own? */
static bool
leads_down(pte_t entry)
{
    return (entry & (PTE_P | PTE_HUGE | PTE_SHARED)) == PTE_P;
}

static void
each_table(pte_t *table, int level, unsigned last, void (*visit)(void *, pa_t), void *context)
{
    for (unsigned i = next_used(table, 0, last); i <= last; i = next_used(table, i + 1, last)) {
        if (!leads_down(table[i]))
            continue;
        pa_t below = table[i] & PTE_ADDRESS;
        if (level > 1)
            each_table(paging_direct(below), level - 1, ENTRIES - 1, visit, context);
        visit(context, below);
    }
}

void
paging_each_table(pte_t *pml4, void (*visit)(void *context, pa_t table), void *context)
{
    each_table(pml4, TOP_LEVEL, ENTRIES / 2 - 1, visit, context);
}

/* [start, end) is not empty and lies in what `table` maps. */
static void
each_entry(pte_t *table, int level, va_t start, va_t end, void (*visit)(void *, va_t, pte_t *), void *context)
{
    va_t span = 1ull << (PAGE_SHIFT + 9 * level), base = start & -(span * ENTRIES); /* span: of one entry */
    unsigned last = index_at(end - 1, level);
    for (unsigned i = next_used(table, index_at(start, level), last); i <= last; i = next_used(table, i + 1, last)) {
        va_t va = base + i * span, next = va + span;
        if (level == 0 || table[i] & PTE_HUGE)
            visit(context, va, &table[i]);
        else if (leads_down(table[i]))
            each_entry(paging_direct(table[i] & PTE_ADDRESS), level - 1, va > start ? va : start, next < end ? next : end, visit, context);
    }
}

void
paging_each_entry(pte_t *pml4, va_t start, va_t end, void (*visit)(void *context, va_t va, pte_t *entry), void *context)
{
    if (start < end)
        each_entry(pml4, TOP_LEVEL, start, end, visit, context);
}

void
paging_make_guard(void *page)
{
    *paging_walk(kernel_pml4, (va_t)page, NULL, NULL) = 0;
    invlpg((va_t)page);
}
