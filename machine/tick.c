/* tick.c - the self-check of the unit of measurement; contract in machine/tick.h, background in docs/method.md. */

#include <machine/lapic.h>
#include <machine/options.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/tick.h>
#include <machine/types.h>
#include <machine/x86.h>

enum { HUNDREDTH_OF_A_SECOND = 10000000 }; /* in nanoseconds */

#define TICKS(before, body)                                                                                            \
    ({                                                                                                                 \
        u32 ticks_;                                                                                                    \
        asm volatile(before "\n\trdtsc\n\tmov %%eax, %%esi\n\t" body "\n\trdtsc\n\tsub %%esi, %%eax"                   \
                     : "=a"(ticks_)                                                                                    \
                     :                                                                                                 \
                     : "rcx", "rdx", "rsi", "cc");                                                                     \
        ticks_;                                                                                                        \
    })

/* How long is a tick? Two readings of both clocks, each pair at once: nothing that the host does in between makes a difference. */
static void
tell_clock(void)
{
    lapic_timer_arm(~0u);
    u32 first = lapic_timer_left(), now;
    u64 start = rdtsc(), ticks, nanoseconds;
    do {
        now = lapic_timer_left();
        ticks = rdtsc() - start;
        nanoseconds = (u64)(first - now) * LAPIC_WALL_DIVISOR;
    } while (nanoseconds < HUNDREDTH_OF_A_SECOND);
    lapic_timer_arm(0);
    report("clock %lu %lu", ticks, nanoseconds);
}

static void
check_ticks(void)
{
    u32 empty = TICKS("", "");
    u32 nops = TICKS("", ".rept 100\n\tnop\n\t.endr");
    u32 loop = TICKS("mov $1000, %%ecx", "1: dec %%ecx\n\tjnz 1b");
    report("tick %u %u %u", empty, nops, loop);
    if (empty != 2 || nops != 102 || loop != 2002)
        panic("one tick is not one instruction here (%u %u %u): use QEMU -icount shift=0,sleep=off or Debian's Bochs with sync=none", empty, nops, loop);
}

void
tick_check(void)
{
    if (options_wall_clock())
        tell_clock();
    else
        check_ticks();
}
