/* contents.c - the bytes of a regular file; contract in node.h.
 *
 * Pages hang from a tree of tables that grows in height as the file does: height 0 is one page, 1 a table of 512 pages, 2 a table of 512 such tables.
 * What is written to a file of the boot archive gets pages above the archive's own bytes, which nobody ever changes.
 */

#include "errors.h"
#include "node.h"
#include "page.h"
#include "transfer.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { ENTRY_BITS = 9, ENTRIES = 1 << ENTRY_BITS, WINDOW_TABLES = 16, WINDOW_PAGES = WINDOW_TABLES * ENTRIES };

/* Kernel addresses at which contents_map shows one file: 32 MiB, next to the kernel stacks (thread.c), whose upper tables it shares. */
#define WINDOW 0xffffc00040000000ul

static const char zeros[PAGE_SIZE];

/* ---- the tree of pages -------------------------------------------------------------------------------------------------- */

static u32
index_at(u64 page, u32 level)
{
    return page >> (level - 1) * ENTRY_BITS & (ENTRIES - 1);
}

static bool
fits(const struct contents *c, u64 page)
{
    return page >> c->height * ENTRY_BITS == 0;
}

/* The memory of a page, or NULL if it has none. */
static char *
find(const struct contents *c, u64 page)
{
    void *at = c->root;
    if (!fits(c, page))
        return NULL;
    for (u32 level = c->height; level > 0 && at; level--)
        at = ((void **)at)[index_at(page, level)];
    return at;
}

static void *
take_table(void)
{
    pa_t table = page_alloc(NULL);
    return table ? paging_direct(table) : NULL;
}

/* Where the address of a page's memory is kept, the tables to it made; NULL: no memory. */
static void **
slot(struct contents *c, u64 page)
{
    while (!fits(c, page)) {
        void **table = c->root ? take_table() : NULL;
        if (c->root && !table)
            return NULL;
        if (table) {
            table[0] = c->root;
            c->root = table;
        }
        c->height++;
    }
    void **at = &c->root;
    for (u32 level = c->height; level > 0; level--) {
        if (!*at && !(*at = take_table()))
            return NULL;
        at = (void **)*at + index_at(page, level);
    }
    return at;
}

/* Free the pages from `first` on of what hangs from *root. True if nothing is left of it. */
static bool
cut(struct contents *c, void **root, u32 level, u64 first)
{
    void **table = *root;
    if (!table)
        return true;
    if (level == 0 && first > 0)
        return false;
    if (level == 0)
        c->npages--;
    else {
        u64 below = 1ul << (level - 1) * ENTRY_BITS; /* pages of one entry */
        bool all = true;
        for (u64 i = 0; i < ENTRIES; i++)
            if ((i + 1) * below <= first)
                all &= !table[i];
            else
                all &= cut(c, &table[i], level - 1, first > i * below ? first - i * below : 0);
        if (!all)
            return false;
    }
    page_free(paging_physical(table));
    *root = NULL;
    return true;
}

/* ---- bytes -------------------------------------------------------------------------------------------------------------- */

/* Bytes that were never written, at `offset`: the archive's, else zeros. At most `n`, and to the end of the archive's. */
static const char *
unwritten(const struct contents *c, u64 offset, size_t *n)
{
    if (offset >= c->image_size)
        return zeros;
    if (*n > c->image_size - offset)
        *n = c->image_size - offset;
    return (const char *)c->image + offset;
}

static void
fill(char *to, const struct contents *c, u64 offset, size_t n)
{
    while (n > 0) {
        size_t part = n;
        const char *from = unwritten(c, offset, &part); /* before `part` is used: arguments have no order */
        memcpy(to, from, part);
        to += part, offset += part, n -= part;
    }
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

long
contents_read(struct contents *c, u64 offset, struct transfer *transfer)
{
    long done = 0;
    while (transfer->left > 0 && offset < c->size) {
        size_t in_page = offset & (PAGE_SIZE - 1);
        size_t n = least(least(PAGE_SIZE - in_page, transfer->left), c->size - offset);
        const char *page = find(c, offset >> PAGE_SHIFT), *from = page ? page + in_page : unwritten(c, offset, &n);
        if (transfer_to_user(transfer, from, n) < 0)
            return done ? done : -EFAULT;
        offset += n, done += n;
    }
    return done;
}

/* A page that had no memory gets it with the user's bytes and, around them, what was there. Nothing has happened if that fails. */
static long
write_new(struct contents *c, u64 offset, struct transfer *transfer, size_t n)
{
    size_t in_page = offset & (PAGE_SIZE - 1);
    pa_t pa = page_take();
    void **at = pa ? slot(c, offset >> PAGE_SHIFT) : NULL;
    char *page = paging_direct(pa);
    if (!at || transfer_from_user(transfer, page + in_page, n) < 0) {
        if (pa)
            page_free(pa);
        return at ? -EFAULT : -ENOSPC;
    }
    fill(page, c, offset - in_page, in_page);
    fill(page + in_page + n, c, offset + n, PAGE_SIZE - in_page - n);
    *at = page;
    c->npages++;
    return 0;
}

long
contents_write(struct contents *c, u64 offset, struct transfer *transfer)
{
    long done = 0, error = 0;
    if (offset >= CONTENTS_MAX && transfer->left > 0)
        return -EFBIG;
    while (transfer->left > 0 && offset < CONTENTS_MAX) {
        size_t in_page = offset & (PAGE_SIZE - 1), n = least(PAGE_SIZE - in_page, transfer->left);
        char *page = find(c, offset >> PAGE_SHIFT);
        error = page ? transfer_from_user(transfer, page + in_page, n) : write_new(c, offset, transfer, n);
        if (error < 0)
            break;
        offset += n, done += n;
        if (offset > c->size)
            c->size = offset;
    }
    return done ? done : error;
}

long
contents_truncate(struct contents *c, u64 size)
{
    u64 in_page = size & (PAGE_SIZE - 1);
    if (size > CONTENTS_MAX)
        return -EFBIG;
    if (size <= c->size) {
        char *page = find(c, size >> PAGE_SHIFT);
        if (page && in_page > 0)
            memset(page + in_page, 0, PAGE_SIZE - in_page);
        if (cut(c, &c->root, c->height, (size + PAGE_SIZE - 1) >> PAGE_SHIFT))
            c->height = 0;
        c->image_size = least(c->image_size, size);
    }
    c->size = size;
    return 0;
}

/* ---- all in one piece --------------------------------------------------------------------------------------------------- */

static pte_t *window; /* WINDOW_PAGES entries */

static pa_t
take_table_for_good(void *context)
{
    (void)context;
    return memory_take(1);
}

/* The tables of the window are taken in one piece, so that its entries are an array. */
void
contents_init(void)
{
    pa_t tables = memory_take(WINDOW_TABLES);
    pte_t *large = paging_walk_large(paging_direct(paging_kernel_space()), WINDOW, take_table_for_good, NULL);
    window = paging_direct(tables);
    for (int i = 0; i < WINDOW_TABLES; i++)
        large[i] = (tables + (pa_t)i * PAGE_SIZE) | PTE_P | PTE_W;
}

static bool
is_all_in_archive(const struct contents *c)
{
    return c->npages == 0 && c->size == c->image_size;
}

static u64
pages_of(const struct contents *c)
{
    return (c->size + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

/* The memory of a page, which gets it if it has none. */
static char *
settle(struct contents *c, u64 number)
{
    char *page = find(c, number);
    void **at = page ? NULL : slot(c, number);
    pa_t pa = at ? page_take() : 0;
    if (!pa)
        return page;
    *at = page = paging_direct(pa);
    c->npages++;
    fill(page, c, number << PAGE_SHIFT, PAGE_SIZE);
    return page;
}

const void *
contents_map(struct contents *c)
{
    if (is_all_in_archive(c))
        return c->image;
    if (pages_of(c) > WINDOW_PAGES)
        return NULL;
    for (u64 i = 0; i < pages_of(c); i++) {
        char *page = settle(c, i);
        if (!page) {
            contents_unmap(c);
            return NULL;
        }
        window[i] = paging_physical(page) | PTE_P | PTE_NX;
    }
    return (const void *)WINDOW;
}

void
contents_unmap(const struct contents *c)
{
    for (u64 i = 0; !is_all_in_archive(c) && i < pages_of(c); i++) {
        window[i] = 0;
        invlpg(WINDOW + i * PAGE_SIZE);
    }
}
