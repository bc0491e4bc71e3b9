/* bad.h - addresses that no program may use, each a little different: for guest programs that give them to system calls. */
#ifndef BAD_H
#define BAD_H

#include "attack.h"

static uint64_t bad[] = {
    UNMAPPED, 0x1000, USER_TOP - 1, USER_TOP, 0x00007fffffffffff, NON_CANONICAL, 0x8000000000000fff, 0xffff7fffffffffff,
    DIRECT_MAP_ADDRESS, 0xffff8000fee00000, KERNEL_ADDRESS, 0xfffffffffffff000, 0xffffffffffffffff, 0, 0,
};

/* The last two: a page that is forbidden, and one whose last four bytes are followed by nothing. All of them that can be read are x: the end of no string. */
static void
make_bad(void)
{
    size_t last = sizeof bad / sizeof bad[0] - 1;
    char *page = (char *)unix_mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, 0);
    unix_munmap(page + PAGE_SIZE, PAGE_SIZE);
    unix_mprotect(page + 2 * PAGE_SIZE, PAGE_SIZE, PROT_NONE);
    for (int i = 0; i < PAGE_SIZE; i++)
        page[i] = 'x';
    *(char *)(USER_TOP - 1) = 'x';
    bad[last] = (uint64_t)page + PAGE_SIZE - 4; /* its last four bytes, then nothing */
    bad[last - 1] = (uint64_t)page + 2 * PAGE_SIZE;
}

static bool
every(bool (*holds)(uint64_t address))
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (!holds(bad[i]))
            return false;
    return true;
}

#endif
