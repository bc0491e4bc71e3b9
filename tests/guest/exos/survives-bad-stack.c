/* An exception while rsp holds anything at all: the frame does not go to the program's stack, so a handler can still run. */

#include "attack.h"

static const uint64_t stacks[] = {0, 8, NON_CANONICAL, KERNEL_ADDRESS, DIRECT_MAP_ADDRESS, 0xffffffffffffffff, AEGIS_AREA};

extern const char restore[];
uint64_t kept_rsp;
uint32_t restored;
asm(".text\nrestore:\n\tincl restored(%rip)\n\tmov kept_rsp(%rip), %rsp\n\tmovl $1, 0x6ffff080\n\tjmp *attack_resume(%rip)\n");

int
main(void)
{
    size_t returned = 0;
    check_begin("survives-bad-stack");
    catch_all();
    exos_catch_raw(AEGIS_OPCODE, (void (*)(void))restore);
    _Static_assert(AEGIS_AREA + offsetof(struct aegis_area, armed) == 0x6ffff080, "the handler above arms the area");
    for (size_t i = 0; i < sizeof stacks / sizeof stacks[0]; i++)
        CAUSE_OF("mov %%rsp, kept_rsp(%%rip)\n\tmov %%rdi, %%rsp\n\tud2", stacks[i]);
    check(restored == sizeof stacks / sizeof stacks[0], "an exception with a wild stack pointer reaches its handler, each time");
    for (size_t i = 0; i < sizeof stacks / sizeof stacks[0]; i++)
        returned += CAUSE_OF("mov %%rsp, kept_rsp(%%rip)\n\tmov %%rdi, %%rsp\n\tmov $1, %%eax\n\tsyscall\n\tmov kept_rsp(%%rip), %%rsp", stacks[i]) == NOTHING;
    check(returned == sizeof stacks / sizeof stacks[0], "a system call with a wild stack pointer returns, each time");
    return check_end();
}
