/* Memory that is gone through: pages come and come back by chunks. Nobody sees the difference: zeros, dirty bits, rights, contents, and all frames return. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, WORDS = 512, SOME = 200, MANY = 9000, CHUNK = EXOS_CHUNK };

static uint32_t faults;

static void
unprotect(struct exos_frame *frame)
{
    faults++;
    if (exos_vm_protect((void *)(frame->address & -4096ul), 1, RW) < 0)
        exos_uncaught(AEGIS_PAGE, frame);
}

static bool
bound(const volatile uint64_t *page)
{
    return AEGIS_BINDINGS_POINTER[(uintptr_t)page / 4096] & 1;
}

/* Dirty frames first, so that zeros are not there by themselves. */
static void
fill(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(SOME, RW);
    for (int i = 0; i < SOME * WORDS; i++)
        p[i] = ~0ul;
    exos_vm_unmap((void *)p, SOME);
}

static void
come_ahead(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(SOME, RW), sum = 0;
    for (int page = 0; page < 2 * CHUNK + 1; page++)
        p[page * WORDS] = 1;
    check(bound(p + 3 * CHUNK * WORDS - 1), "who goes through its memory has the pages of the next chunk before it touches them");
    check(exos_vm_dirty((void *)(p + 2 * CHUNK * WORDS)) == 1 && exos_vm_dirty((void *)(p + (2 * CHUNK + 1) * WORDS)) == 0, "they are clean until it does");
    for (int i = 0; i < 3 * CHUNK * WORDS; i++)
        sum += p[i];
    check(sum == 2 * CHUNK + 1, "and zero");
    check(!bound(p + 3 * CHUNK * WORDS), "but no more than those");
    exos_vm_unmap((void *)p, SOME);
}

/* More than can be bound at once, half of them not to be written. */
static void
come_back(void)
{
    volatile uint64_t *p = (void *)exos_vm_map(MANY, RW);
    uint64_t wrong = 0;
    for (uint64_t page = 0; page < MANY; page++)
        p[page * WORDS] = page;
    for (uint64_t page = 0; page < MANY; page += 2)
        exos_vm_protect((void *)(p + page * WORDS), 1, AEGIS_READ);
    exos_catch(AEGIS_PAGE, unprotect);
    faults = 0;
    for (int round = 0; round < 2; round++)
        for (uint64_t page = 0; page < MANY; page++)
            wrong += p[page * WORDS] != page;
    check(wrong == 0 && faults == 0, "nine thousand pages, gone through twice, keep what was written");
    for (uint64_t page = 0; page < MANY; page++)
        p[page * WORDS]++;
    check(faults == MANY / 2, "each that may not be written faults at its first write, once, and no other");
    for (uint64_t page = 0; page < MANY; page++)
        wrong += exos_vm_dirty((void *)(p + page * WORDS)) != 1 || p[page * WORDS] != page + 1;
    check(wrong == 0, "and all are dirty");
    faults = 0;
    check(exos_vm_protect((void *)p, MANY, AEGIS_READ) == 0, "all are protected by one call, those that are bound and those that are not");
    for (uint64_t page = 0; page < MANY; page++)
        p[page * WORDS]--;
    check(faults == MANY, "and each faults again at its next write");
    exos_catch(AEGIS_PAGE, NULL);
    exos_vm_unmap((void *)p, MANY);
}

/* A child gets what is written as a child would. */
static void
copied(void)
{
    int status = -1;
    volatile uint64_t *p = (void *)exos_vm_map(SOME, RW);
    for (uint64_t page = 0; page < SOME; page++)
        p[page * WORDS] = page;
    long pid = exos_fork();
    uint64_t wrong = 0;
    for (uint64_t page = 0; page < SOME; page++) {
        wrong += p[page * WORDS] != page;
        p[page * WORDS] = pid ? 1 : 2;
    }
    if (pid == 0)
        exos_exit(wrong != 0);
    check(exos_wait(pid, &status) == pid && status == 0 && wrong == 0, "parent and child have a copy each");
    exos_vm_unmap((void *)p, SOME);
}

/* Last, since it keeps what it takes: what cannot come by chunks comes page by page. */
static void
scattered(void)
{
    exos_frame_trim();
    uint32_t taken = 0;
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page += CHUNK) /* of each chunk that is free, one page goes */
        taken += AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE && sys_page_alloc(page).status == 0;
    volatile uint64_t *p = (void *)exos_vm_map(SOME, RW);
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < SOME * WORDS; i += WORDS / 2) {
        wrong += p[i] != 0;
        p[i] = i;
    }
    for (uint64_t i = 0; i < SOME * WORDS; i += WORDS / 2)
        wrong += p[i] != i;
    check(taken > 0 && wrong == 0, "where no chunk is free, pages come alone");
    exos_vm_unmap((void *)p, SOME);
}

int
main(void)
{
    check_begin("vm-chunks");
    uint32_t pages = 0;
    for (int round = 0; round < 3; round++) {
        fill();
        come_ahead();
        come_back();
        copied();
        exos_frame_trim();
        if (round == 2)
            check(AEGIS_INFO_POINTER->free_pages + exos_head->npages == pages, "no page is lost");
        pages = AEGIS_INFO_POINTER->free_pages + exos_head->npages;
    }
    scattered();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
