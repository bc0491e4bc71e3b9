/* memory.c - the E820 memory map and boot-time allocation; contract in machine/memory.h. Who owns a page later is each kernel's business. */

#include <machine/boot.h>
#include <machine/layout.h>
#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>

enum { MAX_REGIONS = 64, E820_RAM = 1, ROUND = 0x1000000 >> PAGE_SHIFT, TOP_ROUND = 0x100000 >> PAGE_SHIFT };

struct e820_entry {
    u64 start, length;
    u32 type, attributes;
} __attribute__((packed));

struct e820_map { /* as mbr.S leaves it */
    u32 count, padding[3];
    struct e820_entry entry[];
};

static struct {
    pageno_t start, end;
    bool ram;
} region[MAX_REGIONS];
static u32 nregions;
static pageno_t page_count;
static pageno_t taken_end; /* pages below are the low megabyte, the payload and what was taken */

void
memory_init(const void *map)
{
    const struct e820_map *m = map;
    for (u32 i = 0; i < m->count && nregions < MAX_REGIONS; i++) {
        const struct e820_entry *e = &m->entry[i];
        bool ram = e->type == E820_RAM;
        if (e->start >= PHYS_LIMIT || e->length == 0)
            continue;
        u64 end = e->length > PHYS_LIMIT - e->start ? PHYS_LIMIT : e->start + e->length;
        /* RAM shrinks to whole pages, anything else grows: a shared page is not ours. */
        region[nregions].start = (ram ? e->start + PAGE_SIZE - 1 : e->start) >> PAGE_SHIFT;
        region[nregions].end = (ram ? end : end + PAGE_SIZE - 1) >> PAGE_SHIFT;
        region[nregions++].ram = ram;
        if (ram && end >> PAGE_SHIFT > page_count)
            page_count = end >> PAGE_SHIFT;
    }
    page_count -= page_count % TOP_ROUND;
    taken_end = (PAYLOAD_START + boot_header.payload_bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
    if (page_count <= taken_end)
        panic("no RAM behind the payload: %u map entries, %u pages", m->count, page_count);
}

pageno_t
memory_page_count(void)
{
    return page_count;
}

bool
memory_is_free(pageno_t page)
{
    bool ram = false;
    if (page < taken_end)
        return false;
    for (u32 i = 0; i < nregions; i++) {
        if (page < region[i].start || page >= region[i].end)
            continue;
        if (!region[i].ram) /* reserved wins where the firmware's entries overlap */
            return false;
        ram = true;
    }
    return ram;
}

pa_t
memory_take(u32 npages)
{
    pageno_t first = taken_end;
    for (pageno_t p = first; p < first + npages; p++)
        if (!memory_is_free(p))
            panic("out of RAM while booting: %u pages wanted at page %u", npages, first);
    taken_end = first + npages;
    pa_t start = (pa_t)first << PAGE_SHIFT;
    memset(paging_direct(start), 0, (size_t)npages << PAGE_SHIFT);
    return start;
}

void
memory_settle(void)
{
    pageno_t end = (taken_end + ROUND - 1) / ROUND * ROUND;
    if (end < page_count / 4)
        taken_end = end;
}
