/* The map of an address space is bounded: past the bound ENOMEM, nothing changed, and unmapping goes on. Linux's bound is another. */

#include "attack.h"

enum { PAGES = 50000, MAP_NORESERVE = 0x4000 }; /* more addresses than memory: few of the pages are used */
#define PAGE(i) ((char *)base + (i)*PAGE_SIZE)

int
main(void)
{
    int made = 0;
    check_begin("many-regions");
    catch_all();
    long base = unix_mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_NORESERVE);
    while (made < PAGES / 2 && unix_mprotect(PAGE(2 * made + 1), PAGE_SIZE, PROT_READ) == 0)
        made++;
    check(made > 10000 && made < PAGES / 2, "every second page read-only, until there are too many regions");
    check(unix_mprotect(PAGE(2 * made + 1), PAGE_SIZE, PROT_READ) == -UNIX_ENOMEM, "ENOMEM");
    check(signal_of_write((uint64_t)PAGE(2 * made + 1)) == NOTHING, "nothing changed");
    check(unix_munmap(PAGE(2 * made + 9), PAGE_SIZE) == -UNIX_ENOMEM, "a region is not split either");
    check(signal_of_write((uint64_t)PAGE(1)) == SIGSEGV && signal_of_write((uint64_t)PAGE(2)) == NOTHING, "the others are as they were");
    check(unix_munmap(PAGE(1), PAGE_SIZE) == 0 && unix_munmap((void *)base, PAGES * PAGE_SIZE) == 0, "whole regions can be unmapped");
    check(unix_mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_NORESERVE) == base, "and then all is well");
    return check_end();
}
