/* lapic.c - the local APIC's timer; contract in machine/lapic.h. Registers: Intel SDM vol. 3, 10.4 and 10.5.4. */

#include <machine/descriptors.h>
#include <machine/lapic.h>
#include <machine/options.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/x86.h>

enum {
    REG_EOI = 0xb0,
    REG_SPURIOUS = 0xf0,
    REG_LVT_TIMER = 0x320,
    REG_INITIAL_COUNT = 0x380,
    REG_CURRENT_COUNT = 0x390,
    REG_DIVIDE = 0x3e0,
};
enum { SOFTWARE_ENABLE = 1 << 8, DIVIDE_BY_1 = 0xb, DIVIDE_BY_WALL_DIVISOR = 0x8 };
enum { SPURIOUS_IST = 4 }; /* from ring 3 too: must not touch what RSP0 points at (aegis/trap.S) */
enum { CHECK_COUNTS = 100000, CHECK_SLACK = 100 };

/* lapic_entry.S: ignores a spurious interrupt. */
extern void lapic_spurious_entry(void);
volatile u32 lapic_fired;

static volatile u32 *
reg(u32 offset)
{
    return paging_direct((u32)LAPIC_PHYSICAL + offset);
}

void
lapic_timer_arm(u32 counts)
{
    *reg(REG_LVT_TIMER) = VECTOR_TIMER; /* one-shot; a count of 0 never fires */
    *reg(REG_INITIAL_COUNT) = counts;
}

u32
lapic_timer_left(void)
{
    return *reg(REG_CURRENT_COUNT);
}

void
lapic_end_of_interrupt(void)
{
    *reg(REG_EOI) = 0;
}

static void
check(void)
{
    idt_gate(VECTOR_TIMER, lapic_count_entry, 0, 0);
    u64 start = rdtsc();
    lapic_timer_arm(CHECK_COUNTS);
    while (!lapic_fired)
        asm volatile("sti; hlt; cli" : : : "memory");
    lapic_end_of_interrupt();
    long late = (long)(rdtsc() - start) - CHECK_COUNTS;
    lapic_timer_arm(0);
    if (late < -CHECK_SLACK || late > CHECK_SLACK)
        panic("the timer is off by %ld counts in %d: wrong emulator options?", late, CHECK_COUNTS);
}

void
lapic_init(void)
{
    wrmsr(MSR_APIC_BASE, LAPIC_PHYSICAL | 1u << 11 | (rdmsr(MSR_APIC_BASE) & 1u << 8)); /* enabled; keep the boot-processor bit */
    idt_gate(VECTOR_SPURIOUS, lapic_spurious_entry, SPURIOUS_IST, 0);
    *reg(REG_SPURIOUS) = SOFTWARE_ENABLE | VECTOR_SPURIOUS;
    *reg(REG_DIVIDE) = options_wall_clock() ? DIVIDE_BY_WALL_DIVISOR : DIVIDE_BY_1;
    lapic_timer_arm(0);
    if (!options_wall_clock())
        check();
}
