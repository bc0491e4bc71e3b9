/* vm.c - what does virtual memory cost an application that uses protection for itself? (Table 10, after Appel and Li; docs/method.md)
 *
 * To protect means to take the right to write away. Two mappings: 100 pages in a row, and one page alone. Linked with ExOS's inverted page table the same source is
 * Table 13 (system exos-inverted). What each region finds is prepared by before_NAME(), which runs in front of it and is not counted.
 */

#include <port.h>
#include <random.h>
#include <workload.h>

EXPERIMENT("vm", "Table 10", "Virtual memory primitives after Appel and Li");
OPERATION("dirty", "ask whether a random one of 100 mapped pages has been written");
OPERATION_OF("prot1", 2, "change the protection of one page that is mapped alone: mean of protect and unprotect");
OPERATION_OF("prot1-inside", 2, "the same for a random page among 100 that are mapped together");
OPERATION("prot100", "read-protect 100 resident pages by one call");
OPERATION("unprot100", "take the protection off 100 resident pages by one call");
OPERATION("trap", "handle one page-protection trap: C handler that skips the store, all caller-saved registers kept");
OPERATION("appel1", "store to a random protected page; the handler unprotects it and protects another");
OPERATION_OF("appel2", 100, "protect 100 pages, store to each in random order; the handler unprotects the page: per page");

enum { NPAGES = 100, SAMPLES_OF_100 = 20, WORD = 1 };

static char *pages, *page_alone;
uint64_t *touch_order[NPAGES]; /* the first word of each page, shuffled */
static uint32_t random_state = RANDOM_SEED;

static volatile uint32_t traps; /* since they were last looked at */
static const char *skip_to;   /* where trap's handler continues */
static char *free_page;       /* appel1: the one page that is not protected */

static char *
random_page(void)
{
    return pages + random_below(&random_state, NPAGES) * PORT_PAGE_SIZE;
}

static void
shuffle_touch_order(void)
{
    for (uint32_t i = 0; i < NPAGES; i++) {
        uint32_t j = random_below(&random_state, i + 1);
        touch_order[i] = touch_order[j];
        touch_order[j] = (uint64_t *)(pages + i * PORT_PAGE_SIZE);
    }
}

static void
write_all(void)
{
    for (int i = 0; i < NPAGES; i++)
        *(volatile uint64_t *)touch_order[i] = WORD;
}

static void
read_all(void)
{
    for (int i = 0; i < NPAGES; i++)
        (void)*(volatile uint64_t *)touch_order[i];
}

/* ---- what is measured --------------------------------------------------------------------------------------------------- */

/* `before` returns what the region finds in rdi. */
#define BEFORE(name) "call before_" #name "\n\tmov %rax, %rdi\n\t"

REGION(dirty, BEFORE(dirty), "", "call port_dirty", "");
REGION(prot1, BEFORE(prot1), "", "call protect_and_unprotect", "");
REGION(prot1_inside, BEFORE(prot1_inside), "", "call protect_and_unprotect", "");
REGION(prot100, BEFORE(prot100) "mov $100, %esi", "xor %edx, %edx", "call port_protect", "");
REGION(unprot100, BEFORE(unprot100) "mov $100, %esi", "mov $1, %edx", "call port_protect", "");
REGION(trap, BEFORE(trap), "", "movl $1, (%rdi)", "");
REGION(appel1, BEFORE(appel1), "", "movl $1, (%rdi)", "");

#define FOR_EACH_PAGE(store) "lea touch_order(%rip), %rsi\n\tmov $100, %ecx\n1:\tmov -8(%rsi,%rcx,8), %rdi\n\t" store "dec %ecx\n\tjnz 1b\n\t"
REGION_AGAINST(appel2, BEFORE(appel2) "mov $100, %esi", "xor %edx, %edx", "call port_protect\n\t" FOR_EACH_PAGE("movl $1, (%rdi)\n\t"), FOR_EACH_PAGE(""), "rdtsc",
               "appel2_resume", "");

void
protect_and_unprotect(void *page)
{
    port_protect(page, 1, 0);
    port_protect(page, 1, 1);
}

void *before_dirty(void) { return random_page(); }

void *
before_prot1(void)
{
    *(volatile uint64_t *)page_alone = WORD;
    return page_alone;
}

void *
before_prot1_inside(void)
{
    write_all();
    return random_page();
}

void *
before_prot100(void)
{
    port_protect(pages, NPAGES, 1);
    write_all();
    return pages;
}

void *
before_unprot100(void)
{
    port_protect(pages, NPAGES, 0);
    read_all();
    return pages;
}

void *before_trap(void) { return page_alone; }

void *
before_appel1(void)
{
    char *victim;
    do
        victim = random_page();
    while (victim == free_page);
    return victim;
}

void *
before_appel2(void)
{
    shuffle_touch_order();
    return before_prot100();
}

/* ---- handlers ----------------------------------------------------------------------------------------------------------- */

static char *
page_of(uint64_t address)
{
    return (char *)(address & -(uint64_t)PORT_PAGE_SIZE);
}

PORT_HANDLER(skip, frame)
{
    traps++;
    PORT_FRAME_PC(frame) = (uint64_t)skip_to;
}

PORT_HANDLER(protect_another, frame)
{
    char *victim = page_of(PORT_FRAME_ADDRESS(frame));
    traps++;
    port_protect(free_page, 1, 0);
    port_protect(victim, 1, 1);
    free_page = victim;
}

PORT_HANDLER(unprotect, frame)
{
    traps++;
    port_protect(page_of(PORT_FRAME_ADDRESS(frame)), 1, 1);
}

/* ---- is it so? ---------------------------------------------------------------------------------------------------------- */

/* How often a store to `page` traps: 0 or 1. */
static uint32_t
traps_at(char *page)
{
    traps = 0;
    port_catch(PORT_PROT, unprotect);
    *(volatile uint64_t *)page = WORD;
    return traps;
}

static bool
protection_works(void)
{
    bool good = traps_at(pages) == 0 && port_protect(pages, NPAGES, 0) == 0;
    for (int i = 0; i < NPAGES; i++)
        good &= traps_at(pages + i * PORT_PAGE_SIZE) == 1;
    good &= port_protect(page_alone, 1, 0) == 0 && traps_at(page_alone) == 1;
    protect_and_unprotect(page_alone);
    return good && traps_at(page_alone) == 0;
}

/* The same after a measurement: each execution must have trapped `each` times. */
static void
expect_traps(const char *operation, uint32_t each)
{
    if (traps < each || traps % each)
        fail(operation, "the stores did not trap as often as they should");
}

static bool
dirty_is_known(void)
{
    char *watched = port_pages(2);
    long before = port_dirty(watched);
    if (before < 0) {
        unsupported("dirty", "this system does not tell an application which pages are dirty");
        return false;
    }
    *(volatile uint64_t *)watched = WORD;
    (void)*(volatile uint64_t *)(watched + PORT_PAGE_SIZE);
    bool good = port_dirty(watched) == 1 && port_dirty(watched + PORT_PAGE_SIZE) == 0;
    port_free(watched, 2);
    if (!good)
        fail("dirty", "a page that was written is not dirty, or one that was only read is");
    return good;
}

static void
measure_appel(void)
{
    traps = 0;
    port_catch(PORT_PROT, protect_another);
    free_page = pages;
    port_protect(pages, NPAGES, 0);
    port_protect(free_page, 1, 1);
    measure("appel1", &appel1);
    expect_traps("appel1", 1);

    traps = 0;
    port_catch(PORT_PROT, unprotect);
    measure_some("appel2", &appel2, SAMPLES_OF_100);
    expect_traps("appel2", NPAGES);
    port_protect(pages, NPAGES, 1);
}

int
main(void)
{
    workload_begin("vm");
    pages = port_pages(NPAGES);
    page_alone = port_pages(1);
    if (!pages || !page_alone) {
        fail("prot1", "no pages could be had");
        return workload_end();
    }
    shuffle_touch_order();
    if (!protection_works()) {
        fail("prot1", "protected pages do not trap once, or others do");
        return workload_end();
    }
    measure("prot1", &prot1);
    measure("prot1-inside", &prot1_inside);
    measure("prot100", &prot100);
    measure("unprot100", &unprot100);
    port_protect(pages, NPAGES, 1);

    port_protect(page_alone, 1, 0);
    port_catch(PORT_PROT, skip);
    skip_to = trap.resume;
    traps = 0;
    measure("trap", &trap);
    expect_traps("trap", 1);
    measure_appel();
    if (dirty_is_known()) /* last: Linux, once it watches, makes protection dearer */
        measure("dirty", &dirty);
    return workload_end();
}
