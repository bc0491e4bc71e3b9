/* tick.c - the self-check of the unit of measurement; contract in machine/tick.h, background in docs/method.md. */

#include <machine/panic.h>
#include <machine/print.h>
#include <machine/tick.h>
#include <machine/types.h>

#define TICKS(before, body)                                                                                            \
    ({                                                                                                                 \
        u32 ticks_;                                                                                                    \
        asm volatile(before "\n\trdtsc\n\tmov %%eax, %%esi\n\t" body "\n\trdtsc\n\tsub %%esi, %%eax"                   \
                     : "=a"(ticks_)                                                                                    \
                     :                                                                                                 \
                     : "rcx", "rdx", "rsi", "cc");                                                                     \
        ticks_;                                                                                                        \
    })

void
tick_check(void)
{
    u32 empty = TICKS("", "");
    u32 nops = TICKS("", ".rept 100\n\tnop\n\t.endr");
    u32 loop = TICKS("mov $1000, %%ecx", "1: dec %%ecx\n\tjnz 1b");
    report("tick %u %u %u", empty, nops, loop);
    if (empty != 2 || nops != 102 || loop != 2002)
        panic("one tick is not one instruction here (%u %u %u): use QEMU -icount shift=0,sleep=off or Debian's Bochs with sync=none", empty, nops, loop);
}
