/* foreign.c - a `syscall` whose number is not Aegis's: to the environment's own handler, and back. */

#include "rows.h"

OPERATION("foreign-syscall", "a system call that is not Aegis's, to the first instruction of the environment's handler");
OPERATION("foreign-syscall-return", "the same, and back with the flags restored");

extern const char tick_foreign[], return_foreign[];

REGION_UNTIL(foreign_syscall, "", "mov $0x1000, %eax", "syscall", "mov %esi, %eax", "tick_foreign", "");
REGION(foreign_syscall_return, "", "mov $0x1000, %eax", "syscall", "");

void
measure_foreign(void)
{
    AEGIS_AREA_POINTER->foreign_pc = (uint32_t)(uintptr_t)tick_foreign;
    measure("foreign-syscall", &foreign_syscall);
    AEGIS_AREA_POINTER->foreign_pc = (uint32_t)(uintptr_t)return_foreign;
    measure("foreign-syscall-return", &foreign_syscall_return);
    AEGIS_AREA_POINTER->foreign_pc = 0;
}
