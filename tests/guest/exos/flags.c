/* Whatever flags a program sets before it enters the kernel, the kernel lives and the program gets its own back. */

#include "attack.h"

#define AT_SYSCALL(flags) "pushfq\n\torl $" flags ", (%%rsp)\n\tpopfq\n\txor %%eax, %%eax\n\tsyscall\n\tpushfq\n\tandl $~(" flags "), (%%rsp)\n\tpopfq"
#define AT_EXCEPTION(flags) "pushfq\n\torl $" flags ", (%%rsp)\n\tpopfq\n\tud2"

int
main(void)
{
    check_begin("flags");
    catch_all();
    check(CAUSE_OF(AT_SYSCALL("0x400"), 0) == NOTHING, "DF at syscall");
    check(CAUSE_OF(AT_SYSCALL("0x4000"), 0) == NOTHING, "NT at syscall");
    check(CAUSE_OF(AT_SYSCALL("0x40000"), 0) == NOTHING, "AC at syscall");
    check(CAUSE_OF(AT_SYSCALL("0x3000"), 0) == NOTHING, "IOPL at syscall");
    check(CAUSE_OF("pushfq\n\torl $0x3000, (%%rsp)\n\tpopfq\n\tcli", 0) == AEGIS_PROTECTION, "popf does not raise IOPL");
    check(CAUSE_OF(AT_SYSCALL("0x100"), 0) == AEGIS_DEBUG, "TF at syscall: the program gets its own debug exception");
    check(CAUSE_OF("pushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tnop\n\tnop", 0) == AEGIS_DEBUG, "TF in ring 3 is a debug exception");
    check(CAUSE_OF("mov %%ss, %%eax\n\tpushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tmov %%eax, %%ss\n\tsyscall", 0) != AEGIS_PROTECTION, "mov ss with TF, then syscall");
    int int1 = CAUSE_OF(".byte 0xf1", 0); /* QEMU 7.2 takes it for undefined */
    check(int1 == AEGIS_DEBUG || int1 == AEGIS_OPCODE, "int1 is the application's own");
    check(CAUSE_OF(AT_EXCEPTION("0x400"), 0) == AEGIS_OPCODE, "DF at an exception");
    check(CAUSE_OF("cld", 0) == NOTHING, "direction flag back");
    check(CAUSE_OF(AT_EXCEPTION("0x4000"), 0) == AEGIS_OPCODE, "NT at an exception");
    check(CAUSE_OF("pushfq\n\tandl $~0x44400, (%%rsp)\n\tpopfq", 0) == NOTHING, "flags cleared");
    check(CAUSE_OF(AT_EXCEPTION("0x40000"), 0) == AEGIS_OPCODE, "AC at an exception");
    check(CAUSE_OF("pushfq\n\tandl $~0x44400, (%%rsp)\n\tpopfq", 0) == NOTHING, "flags cleared again");
    return check_end();
}
