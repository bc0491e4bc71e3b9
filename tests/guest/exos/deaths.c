/* However an environment dies, it is the only one: nested exceptions, wild handlers, its own hand. Nothing of it is left, and its maker goes on. */

#include "kids.h"

static int
raises(uint64_t unused)
{
    (void)unused;
    asm volatile("ud2");
    return 0;
}

static int
unarmed(uint64_t unused)
{
    AEGIS_AREA_POINTER->armed = unused;
    asm volatile("int3");
    return 0;
}

static int
wild_entries(uint64_t pc)
{
    for (int vector = 0; vector < 32; vector++)
        AEGIS_AREA_POINTER->pc[vector] = pc;
    asm volatile("ud2");
    return 0;
}

static int
single_steps(uint64_t unused)
{
    AEGIS_AREA_POINTER->armed = unused;
    asm volatile("pushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tnop\n\tnop" : : : "memory", "cc");
    return 0;
}

static int
destroys_itself(uint64_t unused)
{
    (void)unused;
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, ME);
    common[1] = 1;
    common[2] = sys_env_destroy(name, sys_cap_mint(name).value);
    return 0;
}

static int
unbinds_all(uint64_t unused)
{
    (void)unused;
    common[3] = 1;
    sys_page_unbind(0x400000, 0x1000);
    return 0;
}

static int
overwrites_its_area(uint64_t unused)
{
    (void)unused;
    for (int i = 0; i < 4096; i++)
        ((volatile uint8_t *)AEGIS_AREA)[i] = 0xff;
    asm volatile("ud2");
    return 0;
}

static bool
only_it_dies(int (*how)(uint64_t), uint64_t argument)
{
    uint32_t free = AEGIS_INFO_POINTER->free_pages, environments = AEGIS_INFO_POINTER->environments;
    struct aegis_result made = sys_env_create(); /* one that must not be hurt */
    struct exos_env kid = kid_make(0);
    kid_run(&kid, how, argument);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status);
    bool good = kid.id && !alive(kid.id) && alive(made.status) && sys_env_destroy(name, made.value) == 0 && sys_kernel_check() == 0;
    return good && AEGIS_INFO_POINTER->environments == environments && free >= AEGIS_INFO_POINTER->free_pages;
}

int
main(void)
{
    check_begin("deaths");
    check(only_it_dies(raises, 0), "an exception that it does not catch");
    check(only_it_dies(unarmed, 0), "an exception while its context is in use");
    check(only_it_dies(wild_entries, 0), "handlers at 0");
    check(only_it_dies(wild_entries, 0xffffffff), "handlers at the end of 32 bits");
    check(only_it_dies(wild_entries, AEGIS_AREA), "handlers in the area");
    check(only_it_dies(wild_entries, AEGIS_INFO), "handlers in the information page");
    check(only_it_dies(single_steps, 0), "a single step while its context is in use");
    check(only_it_dies(overwrites_its_area, 0), "an area full of garbage");
    check(only_it_dies(unbinds_all, 0) && common[3], "no code, no stack, no handlers left");
    check(only_it_dies(destroys_itself, 0) && common[1] && !common[2], "env_destroy of itself does not return");
    return check_end();
}
