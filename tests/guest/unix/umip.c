/* The addresses of the kernel's tables are not told (UMIP), and there is no 32-bit system-call gate. Linux answers these in software. */

#include "attack.h"

#define REFUSED(code) check(SIGNAL_OF(code, buffer) == SIGSEGV && last_vector == 13, code)

static char buffer[64] __attribute__((aligned(16)));

int
main(void)
{
    check_begin("umip");
    catch_all();
    REFUSED("sgdt (%%rdi)");
    REFUSED("sidt (%%rdi)");
    REFUSED("sldt (%%rdi)");
    REFUSED("str (%%rdi)");
    REFUSED("smsw (%%rdi)");
    REFUSED("int $0x80");
    check(SIGNAL_OF("mov $0x23, %%eax\n\tmov %%eax, %%fs", 0) == SIGSEGV && last_vector == 13, "a 32-bit user segment");
    return check_end();
}
