/* The floating-point unit is one environment's at a time: another neither sees nor changes its state, in no component of XCR0, and finds its own again. */

#include "child.h"

uint64_t mine[4], seen[4], zeros_or_not, mxcsr;
uint32_t traps;
uint64_t kept_rsp;

/* In the child: use xmm15 (not ours: exception 7 to child_trap), take the unit, look, change, transfer back. */
extern const char child_entry[], child_trap[], back[];
asm(".text\n"
    "child_entry:\n\tvmovups %ymm15, zeros_or_not(%rip)\n\tud2\n"
    "child_trap:\n\tincl traps(%rip)\n\tmov $0x6fef8000, %rsp\n\tmov $1, %edi\n\tcall sys_fpu_mod\n"
    "\tvmovups %ymm15, seen(%rip)\n\tstmxcsr mxcsr(%rip)\n\tfldz\n\tvpcmpeqd %ymm15, %ymm15, %ymm15\n\tmov 0x6ffff0f0, %edi\n\tmov $8, %eax\n\tsyscall\n"
    "back:\n\tmov kept_rsp(%rip), %rsp\n\tjmp *attack_resume(%rip)\n");

int
main(void)
{
    check_begin("fpu");
    catch_all();
    check(CAUSE_OF("vmovups %%ymm15, seen(%%rip)", 0) == AEGIS_FPU && CAUSE_OF("movups %%xmm15, seen(%%rip)", 0) == AEGIS_FPU && CAUSE_OF("fldz", 0) == AEGIS_FPU, "it is off at first");
    check(sys_fpu_mod(1) == 0, "it is taken");
    check(CAUSE_OF("xor %%ecx, %%ecx\n\txgetbv\n\tmov %%rax, seen(%%rip)", 0) == NOTHING && seen[0] == 7, "x87, SSE and AVX are all the components there are");
    mine[0] = 0x5ec2e75ec2e7;
    mine[3] = 0xa11d0e5;
    check(CAUSE_OF("vmovups mine(%%rip), %%ymm15\n\tfld1", 0) == NOTHING, "it can be used");
    struct child child = child_create();
    CHILD_AREA->pct_sync_pc = (uint32_t)(uintptr_t)child_entry;
    CHILD_AREA->pc[AEGIS_FPU] = (uint32_t)(uintptr_t)child_trap;
    CHILD_AREA->armed = 1;
    AEGIS_AREA_POINTER->pct_sync_pc = (uint32_t)(uintptr_t)back;
    seen[0] = 1;
    CAUSE_OF("mov %%rsp, kept_rsp(%%rip)\n\tmov $8, %%eax\n\tsyscall", child.id);
    check(traps == 1, "another environment finds it off");
    check(seen[0] == 0 && seen[1] == 0 && seen[2] == 0 && seen[3] == 0 && (uint32_t)mxcsr == 0x1f80, "taken by it, the registers are its own, not ours");
    check(CAUSE_OF("vmovups %%ymm15, seen(%%rip)", 0) == AEGIS_FPU, "we have lost it");
    sys_fpu_mod(1);
    check(CAUSE_OF("vmovups %%ymm15, seen(%%rip)\n\tfstpl zeros_or_not(%%rip)", 0) == NOTHING && seen[0] == mine[0] && seen[3] == mine[3], "taken again, the state is ours");
    check(zeros_or_not == 0x3ff0000000000000, "the x87 stack too");
    for (int i = 0; i < AEGIS_FPU_BYTES; i++)
        AEGIS_AREA_POINTER->fpu[i] = 0xff;
    check(sys_fpu_mod(0) == 0 && CAUSE_OF("fldz", 0) == AEGIS_FPU, "given up it is off");
    for (int i = 0; i < AEGIS_FPU_BYTES; i++)
        AEGIS_AREA_POINTER->fpu[i] = 0xff;
    check(sys_fpu_mod(1) == 0, "a garbage state does no harm");
    check(CAUSE_OF("xor %%ecx, %%ecx\n\txor %%edx, %%edx\n\tmov $1, %%eax\n\txsetbv", 0) == AEGIS_PROTECTION, "which components there are is the kernel's");
    return check_end();
}
