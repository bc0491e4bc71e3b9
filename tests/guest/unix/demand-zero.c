/* A new page reads as zero, whoever had it before, and is there as soon as it is touched, by the program or by a system call. */

#include "attack.h"

enum { PAGES = 300 };
static uint64_t bss[3 * PAGE_SIZE / 8];

static bool
zero(const volatile uint64_t *words, size_t bytes)
{
    for (size_t i = 0; i < bytes / 8; i++)
        if (words[i])
            return false;
    return true;
}

int
main(void)
{
    check_begin("demand-zero");
    check(zero(bss, sizeof bss), "bss is zero");
    uint64_t *memory = (uint64_t *)unix_mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE, 0);
    check(zero(memory, PAGES * PAGE_SIZE), "a mapping is zero");
    for (size_t i = 0; i < PAGES * PAGE_SIZE / 8; i++)
        memory[i] = ~i;
    bool kept = true;
    for (size_t i = 0; i < PAGES * PAGE_SIZE / 8; i++)
        kept &= memory[i] == ~i;
    check(kept, "every page keeps what was written to it");
    check(unix_munmap(memory, PAGES * PAGE_SIZE) == 0, "unmap");
    check(unix_mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE, 0) == (long)memory, "mapped again, in the same place");
    check(zero(memory, PAGES * PAGE_SIZE), "the same pages are zero again");
    char *fresh = (char *)unix_mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, 0);
    check(unix_call(NR_rt_sigprocmask, SIG_BLOCK, 0, (uint64_t)fresh + PAGE_SIZE - 4, 8, 0, 0) == 0, "a system call writes to pages that nobody has touched");
    check(zero((uint64_t *)fresh, 2 * PAGE_SIZE), "and leaves the rest of them zero");
    check(unix_mmap(fresh, PAGE_SIZE, PROT_READ, MAP_FIXED) == (long)fresh && zero((uint64_t *)fresh, PAGE_SIZE), "a read-only page is zero");
    return check_end();
}
