/* linear.c - user-level misses from a linear page table; contract in exos/linear.h. */

#include <exos/exception.h>
#include <exos/linear.h>
#include <exos/syscall.h>

enum { FAULT_PRESENT = 1 }; /* of the processor's error code: bound, but not with the right that was needed */

static uintptr_t start;
static size_t npages;
static const struct exos_mapping *table;

static void
miss(struct exos_frame *frame)
{
    size_t page = (frame->address - start) / AEGIS_PAGE_SIZE;
    if (page >= npages || table[page].rights == 0 || frame->error & FAULT_PRESENT)
        exos_uncaught(AEGIS_PAGE, frame);
    uint64_t where = (frame->address & -(uint64_t)AEGIS_PAGE_SIZE) | table[page].rights;
    if (sys_page_bind(where, table[page].cap.name, table[page].cap.check) < 0)
        exos_uncaught(AEGIS_PAGE, frame);
}

void
exos_linear_install(uintptr_t at, size_t n, const struct exos_mapping *mappings)
{
    start = at;
    npages = n;
    table = mappings;
    exos_catch(AEGIS_PAGE, miss);
}
