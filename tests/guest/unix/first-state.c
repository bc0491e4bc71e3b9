/* A program begins with the stack of the System V ABI and with nothing of the program before it in any register: see leaves-dirt. */

#include "attack.h"

extern const uint64_t *unix_first_stack;

static uint64_t
aux(const uint64_t *entry, uint64_t type)
{
    for (; entry[0]; entry += 2)
        if (entry[0] == type)
            return entry[1];
    return 0;
}

int
main(void)
{
    static struct unix_fp fp __attribute__((aligned(16)));
    uint64_t segments, fs_base, gs_base;
    uint16_t ds, es, fs, gs;
    asm volatile("fxsave64 %0" : "=m"(fp));
    asm volatile("mov %%ds, %0\n\tmov %%es, %1\n\tmov %%fs, %2\n\tmov %%gs, %3" : "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
    asm volatile("rdfsbase %0\n\trdgsbase %1" : "=r"(fs_base), "=r"(gs_base));
    segments = ds | es | fs | gs;
    check_begin("first-state");
    const uint64_t *stack = unix_first_stack;
    check((uint64_t)stack % 16 == 0 && stack[0] == 1 && stack[2] == 0, "one argument, on an aligned stack");
    const char *name = (const char *)stack[1];
    check(name && name[0] != 0 && (uint64_t)name > (uint64_t)stack, "which is the program's name");
    const uint64_t *vector = stack + 3;
    while (*vector++)
        ;
    check(aux(vector, 6) == PAGE_SIZE, "AT_PAGESZ");
    check(aux(vector, 3) == 0x400040 && aux(vector, 4) == 56 && aux(vector, 5) > 0, "AT_PHDR, AT_PHENT, AT_PHNUM");
    check(aux(vector, 9) >= 0x400000 && aux(vector, 9) < (uint64_t)&aux + 0x100000, "AT_ENTRY");
    check(segments == 0 && fs_base == 0 && gs_base == 0, "segment registers and their bases are zero");
    bool zero = fp.fcw == 0x37f && fp.mxcsr == 0x1f80 && fp.tags == 0 && fp.fsw == 0;
    for (int i = 0; i < 16; i++)
        for (int j = 0; j < 16; j++)
            zero &= fp.xmm[i][j] == 0 && (i > 7 || j > 9 || fp.st[i][j] == 0);
    check(zero, "the floating-point state is the initial one");
    return check_end();
}
