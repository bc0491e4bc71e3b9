/* offsets.c - structure offsets for assembly, computed by the compiler; becomes build/include/aegis/offsets.h, is never linked. */

#include <aegis/abi.h>
#include <machine/trapframe.h>

#define OFFSET(name, type, member) asm volatile("->" #name " %0" : : "i"(offsetof(type, member)))

_Static_assert(sizeof(struct aegis_area) == AEGIS_PAGE_SIZE, "the area is one page");
_Static_assert((offsetof(struct aegis_area, ss) + 8) % 16 == 0, "the processor aligns RSP0 to 16");

void offsets(void);

void
offsets(void)
{
    OFFSET(AREA_PC, struct aegis_area, pc);
    OFFSET(AREA_ARMED, struct aegis_area, armed);
    OFFSET(AREA_RAX, struct aegis_area, rax);
    OFFSET(AREA_RCX, struct aegis_area, rcx);
    OFFSET(AREA_R11, struct aegis_area, r11);
    OFFSET(AREA_ADDRESS, struct aegis_area, address);
    OFFSET(AREA_ERROR, struct aegis_area, error);
    OFFSET(AREA_RIP, struct aegis_area, rip);
    OFFSET(AREA_CS, struct aegis_area, cs);
    OFFSET(AREA_RFLAGS, struct aegis_area, rflags);
    OFFSET(AREA_RSP, struct aegis_area, rsp);
    OFFSET(AREA_SS, struct aegis_area, ss);
    OFFSET(TRAP_CS, struct trapframe, cs);
    asm volatile("->SYSCALL_COUNT %0" : : "i"(AEGIS_SYSCALL_COUNT));
    asm volatile("->ERROR_SYSCALL %0" : : "i"(E_SYSCALL));
}
