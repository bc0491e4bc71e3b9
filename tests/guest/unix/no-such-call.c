/* A system call that does not exist is ENOSYS; of the number only 32 bits count, and every register but rax, rcx and r11 survives. */

#include "attack.h"

static long call(uint64_t number) { return unix_call(number, 1, 2, 3, 4, 5, 6); }

int
main(void)
{
    static uint64_t before[13], after[13];
    check_begin("no-such-call");
    check(call(1000) == -UNIX_ENOSYS && call(0x7fffffff) == -UNIX_ENOSYS && call(0x80000000) == -UNIX_ENOSYS, "numbers beyond the last");
    check(call(0xffffffffffffffff) == -UNIX_ENOSYS && call(0xffffffff) == -UNIX_ENOSYS, "number -1");
    check(call(0x100000000 + NR_getpid) == call(NR_getpid), "the upper half of the number is ignored");
    check(call(NR_getpid) > 0 && call(NR_getpid) == call(NR_getpid), "getpid is positive and stays");
    for (int i = 0; i < 13; i++)
        before[i] = 0x1111111111111111ul * (i + 1);
    asm volatile("push %%rbp\n\tlea %0, %%rax\n\tmov (%%rax), %%rbx\n\tmov 8(%%rax), %%rdx\n\tmov 16(%%rax), %%rsi\n\tmov 24(%%rax), %%rdi\n\t"
                 "mov 32(%%rax), %%rbp\n\tmov 40(%%rax), %%r8\n\tmov 48(%%rax), %%r9\n\tmov 56(%%rax), %%r10\n\tmov 64(%%rax), %%r12\n\t"
                 "mov 72(%%rax), %%r13\n\tmov 80(%%rax), %%r14\n\tmov 88(%%rax), %%r15\n\tmov $1000, %%eax\n\tsyscall\n\t"
                 "lea %1, %%rax\n\tmov %%rbx, (%%rax)\n\tmov %%rdx, 8(%%rax)\n\tmov %%rsi, 16(%%rax)\n\tmov %%rdi, 24(%%rax)\n\t"
                 "mov %%rbp, 32(%%rax)\n\tmov %%r8, 40(%%rax)\n\tmov %%r9, 48(%%rax)\n\tmov %%r10, 56(%%rax)\n\tmov %%r12, 64(%%rax)\n\t"
                 "mov %%r13, 72(%%rax)\n\tmov %%r14, 80(%%rax)\n\tmov %%r15, 88(%%rax)\n\tpop %%rbp"
                 :
                 : "m"(before), "m"(after)
                 : "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory", "cc");
    bool same = true;
    for (int i = 0; i < 12; i++)
        same &= before[i] == after[i];
    check(same, "twelve registers survive a system call");
    return check_end();
}
