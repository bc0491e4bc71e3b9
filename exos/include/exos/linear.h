/* linear.h - an application's own page table in its plainest form: a vector indexed by page number. It is the truth; the kernel's bindings
 * are a cache of it (claim K-20). */
#ifndef EXOS_LINEAR_H
#define EXOS_LINEAR_H

#include <aegis/abi.h>
#include <stddef.h>

struct exos_mapping {
    struct aegis_cap cap;
    uint64_t rights; /* AEGIS_READ ...; 0: nothing is mapped here */
};

/* Let `table` say what is at the `npages` pages from page address `start` on: a page of them that is touched and not bound is bound as it says.
 * Takes the page-fault handler; any other page fault is uncaught. One table at a time. The table, the program's code and its exception stack must stay bound. */
void exos_linear_install(uintptr_t start, size_t npages, const struct exos_mapping *table);

#endif
