/* Whatever flags a program sets before it enters the kernel, the kernel lives and the program gets its own back. */

#include "attack.h"

#define GETPID "mov $39, %%eax\n\tsyscall"
#define SET(flags) "pushfq\n\torl $" flags ", (%%rsp)\n\tpopfq\n\t"
#define KEPT(flags) \
    "\n\tpushfq\n\tpop %%rdx\n\tpushfq\n\tandl $~(" flags "), (%%rsp)\n\tpopfq\n\tand $" flags ", %%edx\n\tcmp $" flags ", %%edx\n\tje 1f\n\tud2\n1:"

int
main(void)
{
    check_begin("flags");
    catch_all();
    check(SIGNAL_OF(SET("0x400") GETPID KEPT("0x400"), 0) == NOTHING, "DF at syscall");
    check(SIGNAL_OF(SET("0x4000") GETPID KEPT("0x4000"), 0) == NOTHING, "NT at syscall");
    check(SIGNAL_OF(SET("0x40000") GETPID KEPT("0x40000"), 0) == NOTHING, "AC at syscall");
    check(SIGNAL_OF(SET("0x8d5") GETPID KEPT("0x8d5"), 0) == NOTHING, "arithmetic flags at syscall");
    check(SIGNAL_OF(SET("0x3000") GETPID, 0) == NOTHING, "IOPL at syscall");
    check(SIGNAL_OF(SET("0x100") GETPID, 0) == SIGTRAP, "TF at syscall");
    check(SIGNAL_OF("mov %%ss, %%ecx\n\tmov $39, %%eax\n\t" SET("0x100") "mov %%ecx, %%ss\n\tsyscall", 0) == SIGTRAP, "TF, mov ss, then syscall");
    int int1 = SIGNAL_OF(".byte 0xf1", 0); /* QEMU 7.2 does not know it */
    check(int1 == SIGTRAP || int1 == SIGILL, "int1");
    check(SIGNAL_OF(SET("0x400") "ud2", 0) == SIGILL && SIGNAL_OF("cld", 0) == NOTHING, "DF at an exception");
    check(SIGNAL_OF(SET("0x4000") "ud2", 0) == SIGILL && SIGNAL_OF("pushfq\n\tandl $~0x4000, (%%rsp)\n\tpopfq", 0) == NOTHING, "NT at an exception");
    check(SIGNAL_OF(SET("0x40000") "ud2", 0) == SIGILL && SIGNAL_OF("pushfq\n\tandl $~0x40000, (%%rsp)\n\tpopfq", 0) == NOTHING, "AC at an exception");
    check(SIGNAL_OF("mov $0x2b, %%eax\n\tmov %%eax, %%ds\n\tmov %%eax, %%es\n\tmov %%eax, %%fs\n\tmov %%eax, %%gs\n\t" GETPID, 0) == NOTHING,
          "segment registers loaded");
    return check_end();
}
