/* debug-registers.c - nobody can set a data breakpoint, on a system call's stack or anywhere: every move to or from a debug register is refused, and calls then raise nothing. */

#include "attack.h"

#define TRY(register)                                                                                                                                          \
    ok &= CAUSE_OF("mov %%rdi, %%" register, KERNEL_ADDRESS) == AEGIS_PROTECTION && CAUSE_OF("mov %%rdi, %%" register, AEGIS_AREA + 4096 - 8) == AEGIS_PROTECTION && \
          CAUSE_OF("mov %%" register ", %%rdi", 0) == AEGIS_PROTECTION

int
main(void)
{
    check_begin("debug-registers");
    bool ok = true;
    catch_all();
    TRY("dr0");
    TRY("dr1");
    TRY("dr2");
    TRY("dr3");
    TRY("dr6");
    TRY("dr7");
    check(ok, "no debug register can be written or read");
    check(CAUSE_OF("mov %%rdi, %%dr4", 0) != NOTHING && CAUSE_OF("mov %%rdi, %%dr5", 0) != NOTHING, "nor by their other names");
    check(CAUSE_OF("mov $1, %%eax\n\tsyscall\n\tmov $0, %%eax\n\tsyscall", 0) == NOTHING, "system calls with and without a stack raise nothing");
    check(CAUSE_OF("pushfq\n\torl $0x10000, (%%rsp)\n\tpopfq\n\tmov $1, %%eax\n\tsyscall", 0) == NOTHING, "nor with the resume flag set");
    check(CAUSE_OF("mov %%ss, %%ecx\n\tmov %%ecx, %%ss\n\tmov $1, %%eax\n\tsyscall", 0) == NOTHING, "nor behind a move to ss, where a breakpoint would be delayed into the kernel");
    check(CAUSE_OF("mov %%ss, %%ecx\n\tmov %%ecx, %%ss\n\tint3", 0) == AEGIS_BREAKPOINT, "nor a trap there");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
