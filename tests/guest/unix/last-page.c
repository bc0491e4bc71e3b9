/* The last user page ends one page below the hole in the address space, so that a `syscall` at its very end returns to a canonical address. */

#include "attack.h"

int
main(void)
{
    check_begin("last-page");
    catch_all();
    char *last = (char *)(USER_TOP - PAGE_SIZE); /* the stack's highest page: only its last bytes are overwritten */
    check(unix_mmap((void *)USER_TOP, PAGE_SIZE, PROT_READ, MAP_FIXED) == -UNIX_ENOMEM, "nothing can be mapped behind it");
    check(unix_mprotect(last, PAGE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC) == 0, "the last page");
    last[PAGE_SIZE - 2] = 0x0f; /* syscall */
    last[PAGE_SIZE - 1] = 0x05;
    check(SIGNAL_OF("mov $39, %%eax\n\tjmp *%%rdi", last + PAGE_SIZE - 2) == SIGSEGV, "getpid there returns to where nothing is");
    check(last_vector == 14 && last_address == USER_TOP, "which is a page fault in ring 3");
    check(SIGNAL_OF("mov $15, %%eax\n\tjmp *%%rdi", UNMAPPED) == SIGSEGV, "and the kernel lives");
    return check_end();
}
