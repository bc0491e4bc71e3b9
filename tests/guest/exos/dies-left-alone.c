/* The last environment that can be entered ends, and what is left cannot: the program ends while nobody runs. */

#include "kids.h"

static int
ends(uint64_t status)
{
    return status;
}

int
main(void)
{
    struct exos_env kid = kid_make(0);
    exos_env_start(&kid, ends, 0);
    AEGIS_AREA_POINTER->slice_start_pc = 0;
    asm volatile("syscall" : : "a"((uint64_t)AEGIS_SYS_yield), "D"((uint64_t)kid.id) : "rcx", "r11", "memory");
    return 0;
}
