/* Memory made at user level: zero on demand, its rights, its dirty bits, aliases, and what bad arguments get. Nothing is left behind. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, PAGE = 4096 };

static volatile uint64_t caught;

/* Let the program write where it must not, once. */
static void
unprotect(struct exos_frame *frame)
{
    caught++;
    if (exos_vm_protect((void *)(frame->address & -4096ul), 1, RW) < 0)
        exos_uncaught(AEGIS_PAGE, frame);
}

static bool
all_zero(const volatile uint64_t *at, size_t npages)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < npages * 512; i++)
        sum |= at[i];
    return sum == 0;
}

static void
zero_on_demand(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(10, RW);
    uint32_t free_pages = AEGIS_INFO_POINTER->free_pages;
    check(exos_vm_dirty((void *)p) == 0 && free_pages == AEGIS_INFO_POINTER->free_pages, "a mapped page is clean and costs no memory");
    check(all_zero(p, 10), "it reads as zeros");
    check(exos_vm_dirty((void *)p) == 0, "and is clean when it has been read");
    p[511] = 1;
    check(exos_vm_dirty((void *)p) == 1 && exos_vm_dirty((void *)(p + 512)) == 0, "dirty when it has been written, and only that page");
    for (int i = 0; i < 5120; i++)
        p[i] = ~0ul;
    check(exos_vm_unmap((void *)p, 10) == 0 && exos_vm_dirty((void *)p) == -ENOMEM, "unmapped, it is gone");
    p = (void *)exos_vm_map(10, RW);
    check(all_zero(p, 10), "its frames come back as zeros");
    exos_vm_unmap((void *)p, 10);
}

static void
protection(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(100, RW);
    for (int i = 0; i < 100; i++)
        p[i * 512] = i;
    caught = 0;
    exos_catch(AEGIS_PAGE, unprotect);
    check(exos_vm_protect((void *)p, 100, AEGIS_READ) == 0, "protect a hundred pages");
    uint64_t sum = 0;
    for (int i = 0; i < 100; i++)
        sum += p[i * 512];
    check(sum == 4950 && caught == 0, "they can be read");
    for (int i = 0; i < 100; i++)
        p[i * 512]++;
    check(caught == 100, "each write is caught by the program's own handler, once");
    for (int i = sum = 0; i < 100; i++)
        sum += p[i * 512];
    check(sum == 5050, "which lets it happen");
    exos_vm_protect((void *)p, 100, AEGIS_READ);
    check(exos_vm_protect((void *)p, 100, RW) == 0, "unprotect all");
    p[7 * 512] = 1;
    check(caught == 100, "then nothing is caught");
    volatile uint64_t *untouched = (void *)exos_vm_map(3, RW);
    check(exos_vm_protect((void *)untouched, 3, AEGIS_READ) == 0, "protect pages that were never touched");
    untouched[512] = 1;
    check(caught == 101 && untouched[512] == 1, "and they are protected when they come");
    check(exos_vm_protect((void *)p, 0, AEGIS_READ) == 0, "of no pages: nothing");
    check(exos_vm_protect((void *)p + 1, 1, AEGIS_READ) == -EINVAL, "unaligned");
    check(exos_vm_protect((void *)p, 1, 16) == -EINVAL, "unknown rights");
    check(exos_vm_protect((void *)p, ~0ul, AEGIS_READ) == -EINVAL, "of more pages than there are");
    check(exos_vm_protect((void *)p, 101, AEGIS_READ) == -ENOMEM || exos_vm_protect((void *)p, 200, AEGIS_READ) == -ENOMEM, "of unmapped pages");
    exos_catch(AEGIS_PAGE, NULL);
    check(exos_vm_unmap((void *)p, 100) == 0 && exos_vm_unmap((void *)untouched, 3) == 0, "unmap");
}

static void
aliases(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(4, RW);
    p[0] = 1;
    volatile uint64_t *q = (void *)exos_vm_alias((void *)p, 4, RW);
    check((long)q > 0 && q != p && q[0] == 1, "an alias shows the same memory");
    q[512 * 3] = 2;
    p[512] = 3;
    check(p[512 * 3] == 2 && q[512] == 3, "both ways, also where nothing was touched yet");
    check(exos_vm_unmap((void *)p, 4) == 0 && q[0] == 1 && q[512] == 3, "and outlives the first");
    exos_vm_unmap((void *)q, 4);
}

static void
parts(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(9, RW);
    for (int i = 0; i < 9; i++)
        p[i * 512] = i;
    check(exos_vm_unmap((void *)(p + 3 * 512), 3) == 0, "unmap the middle");
    check(p[2 * 512] == 2 && p[6 * 512] == 6, "the rest stays");
    check(exos_vm_unmap((void *)(p + 2 * 512), 2) == -EINVAL && p[2 * 512] == 2, "over the hole: nothing is done");
    volatile uint64_t *q = (void *)exos_vm_map(3, RW);
    check(q == p + 3 * 512 && all_zero(q, 3), "the hole is used again");
    check(exos_vm_unmap((void *)p, 3) == 0 && exos_vm_unmap((void *)q, 3) == 0 && exos_vm_unmap((void *)(p + 6 * 512), 3) == 0, "unmap all of it");
    check(exos_vm_unmap((void *)p, 1) == -EINVAL, "but not twice");
}

static void
limits(void)
{
    check(exos_vm_map(0, RW) == -EINVAL, "map no pages");
    check(exos_vm_map(~0ul, RW) == -ENOMEM && exos_vm_map(~0ul / 4096, RW) == -ENOMEM && exos_vm_map(40000, RW) == -ENOMEM, "map too many");
    check(exos_vm_map(1, 8) == -EINVAL, "map with unknown rights");
    check(exos_vm_map_shared(32000, RW) == -ENOMEM, "share more memory than there is");
    check(exos_vm_unmap((void *)0x400000, 1) == -EINVAL && exos_vm_unmap((void *)EXOS_HEAP, ~0ul) == -EINVAL, "unmap what is not the heap's");
    check(exos_vm_dirty((void *)0x123456000) == -ENOMEM, "ask about an unmapped page");
}

/* More pages than bindings may stand at once: each comes back with what was written. */
static void
more_than_the_cache(void)
{
    enum { MANY = 6000 };
    volatile uint64_t *p = (void *)exos_vm_map(MANY, RW);
    for (uint64_t i = 0; i < MANY; i++)
        p[i * 512] = i;
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < MANY; i++)
        wrong += p[i * 512] != i || exos_vm_dirty((void *)(p + i * 512)) != 1;
    check(wrong == 0, "six thousand pages keep their contents, and are dirty, though not all can be bound");
    check(exos_vm_protect((void *)p, MANY, AEGIS_READ) == 0 && p[5999 * 512] == 5999, "all can be protected");
    check(exos_vm_unmap((void *)p, MANY) == 0, "and unmapped");
}

int
main(void)
{
    check_begin("vm-memory");
    exos_vm_unmap((void *)exos_vm_map(1, RW), 1);
    zero_on_demand();
    protection();
    aliases();
    parts();
    exos_frame_trim();
    uint32_t before = AEGIS_INFO_POINTER->free_pages;
    zero_on_demand();
    protection();
    aliases();
    parts();
    exos_frame_trim();
    check(AEGIS_INFO_POINTER->free_pages == before, "no page is lost");
    limits();
    more_than_the_cache();
    exos_frame_trim();
    before = AEGIS_INFO_POINTER->free_pages;
    limits();
    more_than_the_cache();
    exos_frame_trim();
    check(AEGIS_INFO_POINTER->free_pages == before, "nor at the limits");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
