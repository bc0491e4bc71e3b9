/* Both page tables of exos/policy/ say the same, whatever is done to them: what a plain vector, indexed by page, says. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/table.h>

/* The one that this program is not linked with, under names of its own. */
#define exos_table_init inverted_init
#define exos_table_copy inverted_copy
#define exos_table_find inverted_find
#define exos_table_next inverted_next
#define exos_table_insert inverted_insert
#define exos_table_remove inverted_remove
#define exos_table_change inverted_change
#define exos_vm_dirty inverted_vm_dirty
void exos_table_init(struct exos_table *table);
void exos_table_copy(struct exos_table *to, const struct exos_table *from);
struct exos_pte *exos_table_find(struct exos_table *table, uintptr_t va);
struct exos_pte *exos_table_next(struct exos_table *table, struct exos_pte *pte);
long exos_table_insert(struct exos_table *table, uintptr_t va, size_t npages, uint64_t flags, uint32_t frame);
void exos_table_remove(struct exos_table *table, uintptr_t va, size_t npages);
long exos_table_change(struct exos_table *table, uintptr_t va, size_t npages, uint64_t clear, uint64_t set);
long exos_vm_dirty(const void *va);
#include "../../../exos/policy/inverted.c"
#undef exos_table_init
#undef exos_table_copy
#undef exos_table_find
#undef exos_table_next
#undef exos_table_insert
#undef exos_table_remove
#undef exos_table_change

enum { PAGE = AEGIS_PAGE_SIZE, PLACES = 3000, STEPS = 4000, RUN = 40, RIGHTS = 7 };
#define BASE 0x200c00000ul

static struct exos_table table[4], *linear = &table[0], *other = &table[1];
static struct { uint64_t flags; uint32_t frame; } model[PLACES + RUN]; /* flags 0: not mapped */
static uint32_t state = 1;

static uint32_t
below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % n;
}

static bool
same_at(uint32_t page)
{
    uintptr_t va = BASE + (uintptr_t)page * PAGE;
    const struct exos_pte *a = exos_table_find(linear, va), *b = inverted_find(other, va);
    if (!model[page].flags)
        return !a && !b;
    uint64_t where = va | model[page].flags;
    return a && b && a->where == where && b->where == where && a->frame == model[page].frame && b->frame == model[page].frame;
}

static bool
next_is_right(uint32_t page)
{
    uintptr_t va = BASE + (uintptr_t)page * PAGE;
    struct exos_pte *a = exos_table_find(linear, va), *b = inverted_find(other, va);
    return !a || (exos_table_next(linear, a) == exos_table_find(linear, va + PAGE) && inverted_next(other, b) == inverted_find(other, va + PAGE));
}

/* Map what is free of n pages from `page` on: runs of them. */
static bool
insert(uint32_t page, uint32_t n)
{
    uint32_t frame = below(2) ? 1 + below(1000) : 0, flags = 1 + below(RIGHTS);
    while (n > 0 && model[page + n - 1].flags)
        n--;
    for (uint32_t i = n; i-- > 0;)
        if (model[page + i].flags)
            return true;
    if (n == 0)
        return true;
    for (uint32_t i = 0; i < n; i++) {
        model[page + i].flags = flags;
        model[page + i].frame = frame ? frame + i : 0;
    }
    return exos_table_insert(linear, BASE + (uintptr_t)page * PAGE, n, flags, frame) == 0 && inverted_insert(other, BASE + (uintptr_t)page * PAGE, n, flags, frame) == 0;
}

static bool
remove(uint32_t page, uint32_t n)
{
    exos_table_remove(linear, BASE + (uintptr_t)page * PAGE, n);
    inverted_remove(other, BASE + (uintptr_t)page * PAGE, n);
    for (uint32_t i = 0; i < n; i++)
        model[page + i].flags = 0;
    return true;
}

static bool
change(uint32_t page, uint32_t n)
{
    uint64_t clear = below(RIGHTS + 1), set = 1 + below(RIGHTS), had = 0;
    long right = 0;
    for (uint32_t i = 0; i < n; i++) {
        had |= model[page + i].flags;
        right = model[page + i].flags ? right : -ENOMEM;
    }
    for (uint32_t i = 0; right == 0 && i < n; i++)
        model[page + i].flags = (model[page + i].flags & ~clear) | set;
    right = right < 0 ? right : (long)had;
    return exos_table_change(linear, BASE + (uintptr_t)page * PAGE, n, clear, set) == right && inverted_change(other, BASE + (uintptr_t)page * PAGE, n, clear, set) == right;
}

static bool
all_same(void)
{
    bool same = linear->n == other->n;
    for (uint32_t page = 0; page < PLACES + RUN; page++)
        same &= same_at(page);
    return same;
}

int
main(void)
{
    static bool (*const step[])(uint32_t page, uint32_t n) = {insert, insert, remove, change};
    check_begin("vm-tables");
    exos_table_init(linear);
    inverted_init(other);
    check(all_same(), "empty tables");
    uint32_t wrong = 0;
    for (int i = 0; i < STEPS; i++) {
        uint32_t page = below(PLACES), n = below(2) ? 1 : 1 + below(RUN - 1);
        wrong += !step[below(4)](page, n);
        wrong += !same_at(page) || !same_at(page + n) || !next_is_right(page);
    }
    check(wrong == 0, "four thousand insertions, removals and changes give the same answers");
    check(all_same() && linear->n > 100, "and leave the same entries");
    exos_table_copy(&table[2], linear);
    linear = &table[2];
    check(all_same(), "so does a copy of the one");
    inverted_copy(&table[3], other);
    other = &table[3];
    check(all_same(), "and of the other");
    check(exos_table_insert(linear, BASE, EXOS_TABLE_MAX, 1, 0) == -ENOMEM && inverted_insert(other, BASE, EXOS_TABLE_MAX, 1, 0) == -ENOMEM, "neither takes more than its size");
    remove(0, PLACES + RUN);
    check(all_same() && linear->n == 0, "empty again");
    return check_end();
}
