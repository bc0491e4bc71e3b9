/* mprotect and munmap split what is mapped, page by page, and what is alike joins again: rights and contents of each page stay its own. */

#include "attack.h"
#include "calls.h"

enum { PAGES = 64, RW = PROT_READ | PROT_WRITE };

static char *area;
static uint8_t right[PAGES]; /* what each page should allow: PROT_*, or UNMAPPED_PAGE */
enum { UNMAPPED_PAGE = 0x80 };

static bool
page_is_right(int i)
{
    uint64_t at = (uint64_t)area + i * PAGE;
    bool readable = right[i] != UNMAPPED_PAGE && right[i] & PROT_READ, writable = right[i] != UNMAPPED_PAGE && right[i] & PROT_WRITE;
    if ((signal_of_read(at + 5) == NOTHING) != readable)
        return false;
    if (!readable && last_code != (right[i] == UNMAPPED_PAGE ? SEGV_MAPERR : SEGV_ACCERR))
        return false;
    return (signal_of_write(at + 6) == NOTHING) == writable && (!readable || area[i * PAGE] == i + 1);
}

static bool
all_are_right(void)
{
    for (int i = 0; i < PAGES; i++)
        if (!page_is_right(i))
            return false;
    return true;
}

static long
protect(int first, int n, int prot)
{
    long result = unix_mprotect(area + first * PAGE, n * PAGE, prot);
    for (int i = first; result == 0 && i < first + n; i++)
        right[i] = prot;
    return result;
}

static void
unmap(int first, int n)
{
    unix_munmap(area + first * PAGE, n * PAGE);
    for (int i = first; i < first + n; i++)
        right[i] = UNMAPPED_PAGE;
}

static void
map(int first, int n)
{
    unix_mmap(area + first * PAGE, n * PAGE, RW, MAP_FIXED);
    for (int i = first; i < first + n; i++) {
        check(area[i * PAGE] == 0, "what is mapped again is zero");
        area[i * PAGE] = i + 1;
        right[i] = RW;
    }
}

int
main(void)
{
    check_begin("protect-splits");
    catch_all();
    area = (char *)unix_mmap(NULL, PAGES * PAGE, RW, 0);
    for (int i = 0; i < PAGES; i++) {
        area[i * PAGE] = i + 1;
        right[i] = RW;
    }
    protect(10, 1, PROT_READ);
    check(all_are_right(), "one page in the middle");
    protect(0, 1, PROT_NONE), protect(PAGES - 1, 1, PROT_NONE);
    check(all_are_right(), "the first and the last");
    for (int i = 0; i < PAGES; i += 2)
        protect(i, 1, PROT_READ);
    check(all_are_right(), "every other page");
    protect(5, 20, PROT_NONE);
    check(all_are_right(), "a range over many of them");
    protect(8, 8, RW), protect(12, 30, PROT_READ);
    check(all_are_right(), "ranges that overlap");
    unmap(20, 3);
    check(all_are_right(), "a hole");
    check(protect(19, 2, RW) == -ENOMEM && protect(21, 1, RW) == -ENOMEM, "which cannot be given rights");
    right[19] = RW; /* Linux changes what is in front of the hole */
    unix_mprotect(area + 19 * PAGE, PAGE, RW);
    check(all_are_right(), "and around it all is as it was");
    map(20, 3);
    protect(0, PAGES, RW);
    check(all_are_right(), "and all of it the same again, with what was in it");
    for (int round = 0; round < 200; round++) {
        int first = round * 37 % PAGES, n = round * 11 % 9 + 1;
        protect(first, first + n < PAGES ? n : PAGES - first, round % 3 == 0 ? PROT_NONE : round % 3 == 1 ? PROT_READ : RW);
    }
    check(all_are_right(), "two hundred changes");
    unix_munmap(area, PAGES * PAGE);
    memset(right, UNMAPPED_PAGE, PAGES);
    check(all_are_right(), "and nothing");
    return check_end();
}
