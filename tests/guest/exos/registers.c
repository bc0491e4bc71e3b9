/* An exception with a C handler, and a system call, leave every register as promised, and no kernel value in any. */

#include "attack.h"

uint64_t before[16], after[16];
uint64_t flags_before, flags_after;

/* rax..r15 but rsp, loaded from before[], stored to after[] once `code` has run. Flags with DF clear, CF and OF set. */
#define ALL_REGISTERS(code)                                                                                                       \
    asm volatile("mov %%rsp, 56+before(%%rip)\n\t"                                                                                \
                 "push %%rbp\n\tpush %%rbx\n\t"                                                                                   \
                 "pushq $0x803\n\tpopfq\n\tpushfq\n\tpop flags_before(%%rip)\n\t"                                                 \
                 "mov before(%%rip), %%rax\n\tmov 8+before(%%rip), %%rbx\n\tmov 16+before(%%rip), %%rcx\n\tmov 24+before(%%rip), %%rdx\n\t" \
                 "mov 32+before(%%rip), %%rsi\n\tmov 40+before(%%rip), %%rdi\n\tmov 48+before(%%rip), %%rbp\n\t"                  \
                 "mov 64+before(%%rip), %%r8\n\tmov 72+before(%%rip), %%r9\n\tmov 80+before(%%rip), %%r10\n\tmov 88+before(%%rip), %%r11\n\t" \
                 "mov 96+before(%%rip), %%r12\n\tmov 104+before(%%rip), %%r13\n\tmov 112+before(%%rip), %%r14\n\tmov 120+before(%%rip), %%r15\n\t" \
                 code "\n\t"                                                                                                      \
                 "mov %%rax, after(%%rip)\n\tmov %%rbx, 8+after(%%rip)\n\tmov %%rcx, 16+after(%%rip)\n\tmov %%rdx, 24+after(%%rip)\n\t" \
                 "mov %%rsi, 32+after(%%rip)\n\tmov %%rdi, 40+after(%%rip)\n\tmov %%rbp, 48+after(%%rip)\n\t"                     \
                 "mov %%r8, 64+after(%%rip)\n\tmov %%r9, 72+after(%%rip)\n\tmov %%r10, 80+after(%%rip)\n\tmov %%r11, 88+after(%%rip)\n\t" \
                 "mov %%r12, 96+after(%%rip)\n\tmov %%r13, 104+after(%%rip)\n\tmov %%r14, 112+after(%%rip)\n\tmov %%r15, 120+after(%%rip)\n\t" \
                 "pushfq\n\tpop flags_after(%%rip)\n\tpop %%rbx\n\tpop %%rbp\n\tmov %%rsp, 56+after(%%rip)"                       \
                 :                                                                                                                \
                 :                                                                                                                \
                 : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory", "cc")

/* The registers in `mask` (bit = index in before[]) are unchanged. */
static bool
same(unsigned mask)
{
    for (int i = 0; i < 16; i++)
        if (mask >> i & 1 && before[i] != after[i])
            return false;
    return true;
}

/* rax is the result, and so is rdx with a check word. */
static bool
no_kernel_value(void)
{
    for (int i = 1; i < 16; i++) {
        bool result = i == 3 && (int64_t)after[0] >= 0;
        if (!result && after[i] >> 47 && after[i] != before[i])
            return false;
    }
    return true;
}

enum { RAX = 1 << 0, RCX = 1 << 2, RDX = 1 << 3, RSI = 1 << 4, RDI = 1 << 5, R8 = 1 << 8, R9 = 1 << 9, R10 = 1 << 10, R11 = 1 << 11, ALL = 0xffff };

extern const char after_ud2[];
static int depth;

static void
skip(struct exos_frame *frame)
{
    if (depth++ == 0)
        CAUSE_OF("int3", 0); /* an exception inside the handler */
    uint64_t mess = 0xdead;
    asm volatile("mov %0, %%rcx\n\tmov %0, %%rdx\n\tmov %0, %%rsi\n\tmov %0, %%r8\n\tmov %0, %%r9\n\tmov %0, %%r10\n\tmov %0, %%r11" : : "r"(mess) : "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11");
    frame->rip += 2;
}

int
main(void)
{
    check_begin("registers");
    catch_all();
    for (int i = 0; i < 16; i++)
        before[i] = 0x0111111111111111ul * (i + 1) >> 17;
    exos_catch(AEGIS_OPCODE, skip);
    ALL_REGISTERS("ud2");
    check(same(ALL), "a C handler and a nested exception change no register");
    check(depth == 1 && last_cause == AEGIS_BREAKPOINT, "the nested exception reached its own handler");
    check(flags_before == flags_after, "flags survive an exception");

    before[0] = AEGIS_SYS_null;
    ALL_REGISTERS("syscall");
    check(same(ALL & ~(RAX | RCX | R11)) && after[0] == 0, "a call without a stack changes rcx and r11 only");
    before[0] = AEGIS_SYS_null_stack;
    ALL_REGISTERS("syscall");
    check(same(ALL & ~(RAX | RCX | RDX | RSI | RDI | R8 | R9 | R10 | R11)) && after[0] == 0, "a call with a stack keeps the callee-saved ones");
    bool clean = true;
    for (uint64_t number = 0; number < AEGIS_SYSCALL_COUNT; number++) {
        if (number == AEGIS_SYS_env_exit || number == AEGIS_SYS_slice_done || number == AEGIS_SYS_slice_idle)
            continue;
        before[0] = number;
        ALL_REGISTERS("syscall");
        clean &= no_kernel_value();
    }
    check(clean, "no system call leaves a kernel address in a register");
    before[0] = 999;
    ALL_REGISTERS("syscall");
    check((int64_t)after[0] == -E_SYSCALL && same(ALL & ~(RAX | RCX | R11)), "an unknown number is an error");
    before[0] = ~0ul;
    ALL_REGISTERS("syscall");
    check((int64_t)after[0] == -E_SYSCALL, "number -1 is an error");
    before[0] = 1ul << 32;
    ALL_REGISTERS("syscall");
    check((int64_t)after[0] == -E_SYSCALL, "the number's upper half counts");
    return check_end();
}
