/* mmap, mprotect, munmap: regions are split and joined, and each page has exactly the rights that were last asked for. */

#include "attack.h"

#define RW (PROT_READ | PROT_WRITE)
#define AT(page) (base + (page)*PAGE_SIZE)

static uint64_t base;

static int signal_of_run(uint64_t address) { return SIGNAL_OF("lea 1f(%%rip), %%rbx\n\tjmp *%%rdi\n1:", address); }

/* Code for signal_of_run(): jmp *%rbx. The third byte says which page it is. */
static void
put_code(int page)
{
    volatile unsigned char *bytes = (volatile unsigned char *)AT(page);
    bytes[0] = 0xff, bytes[1] = 0xe3, bytes[2] = page;
}

/* The rights of eight pages as letters: - none, r, w (and read), x (and read). */
static bool
rights_are(const char *expected)
{
    for (int i = 0; i < 8; i++) {
        bool r = signal_of_read(AT(i)) == NOTHING, w = signal_of_write(AT(i)) == NOTHING;
        bool x = r && !w && signal_of_run(AT(i)) == NOTHING;
        if (expected[i] != (x ? 'x' : w ? 'w' : r ? 'r' : '-'))
            return false;
    }
    return true;
}

static long protect(int page, int n, int prot) { return unix_mprotect((void *)AT(page), n * PAGE_SIZE, prot); }
static long unmap(int page, int n) { return unix_munmap((void *)AT(page), n * PAGE_SIZE); }
static long map(int page, int n, int prot) { return unix_mmap((void *)AT(page), n * PAGE_SIZE, prot, MAP_FIXED); }

int
main(void)
{
    check_begin("memory-map");
    catch_all();
    base = unix_mmap(NULL, 8 * PAGE_SIZE, RW, 0);
    check((long)base > 0 && base % PAGE_SIZE == 0 && rights_are("wwwwwwww"), "map");
    for (int i = 0; i < 8; i++)
        put_code(i);
    check(protect(3, 1, PROT_READ) == 0 && rights_are("wwwrwwww"), "a page in the middle read-only");
    check(protect(2, 3, PROT_NONE) == 0 && rights_are("ww---www"), "three of both kinds inaccessible");
    put_code(5);
    put_code(6);
    check(protect(5, 1, PROT_READ | PROT_EXEC) == 0 && signal_of_run(AT(5)) == NOTHING && signal_of_run(AT(6)) == SIGSEGV,
          "code runs only in the executable page");
    check(unmap(1, 1) == 0 && unmap(6, 1) == 0 && unmap(6, 1) == 0, "unmap two pages, one of them twice");
    check(signal_of_read(AT(1)) == SIGSEGV && last_code == SEGV_MAPERR && signal_of_read(AT(2)) == SIGSEGV && last_code == SEGV_ACCERR,
          "unmapped is SEGV_MAPERR, inaccessible is SEGV_ACCERR");
    check(protect(0, 8, RW) == -UNIX_ENOMEM, "mprotect of a range with holes: ENOMEM");
    check(map(1, 1, RW) == (long)AT(1) && map(6, 1, RW) == (long)AT(6), "fill the holes");
    check(protect(0, 8, RW) == 0 && rights_are("wwwwwwww"), "all writable again");
    bool kept = true;
    for (int i = 0; i < 8; i++)
        kept &= ((volatile char *)AT(i))[2] == (i == 1 || i == 6 ? 0 : i);
    check(kept, "pages kept their contents, new ones are zero");
    check(map(2, 4, PROT_READ) == (long)AT(2) && rights_are("wwrrrrww") && ((volatile char *)AT(3))[2] == 0, "MAP_FIXED replaces what was there");
    check(unmap(0, 8) == 0 && rights_are("--------"), "unmap all");
    return check_end();
}
