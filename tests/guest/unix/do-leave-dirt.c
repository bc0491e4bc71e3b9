/* Runs before first-state, and leaves something in every register that outlives a program. */

#include "attack.h"

int
main(void)
{
    static struct unix_fp dirt __attribute__((aligned(16)));
    check_begin("do-leave-dirt");
    for (size_t i = 0; i < sizeof dirt; i++)
        ((unsigned char *)&dirt)[i] = 0x5a;
    dirt.mxcsr = 0x5f80;
    asm volatile("fxrstor64 %0" : : "m"(dirt));
    asm volatile("mov %0, %%ds\n\tmov %0, %%es\n\tmov %0, %%fs\n\tmov %0, %%gs" : : "r"(0x2b));
    asm volatile("wrfsbase %0\n\twrgsbase %0" : : "r"(0x123456789000ul));
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base));
    check(base == 0x123456789000ul, "dirt is left");
    return check_end();
}
