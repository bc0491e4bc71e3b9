/* A protected control transfer reaches the other address space with all registers, says who called, and comes back the same way. */

#include "child.h"

uint32_t served;

/* The child's entry: count, and transfer back to whoever called. Needs no stack. */
extern const char serve[], returned[];
uint64_t kept;
asm(".text\n"
    "serve:\n\tincl served(%rip)\n\tmov 0x6ffff0f0, %edi\n\tmov $8, %eax\n\tsyscall\n"
    "returned:\n\tmov kept(%rip), %rsp\n\tjmp *attack_resume(%rip)\n");

_Static_assert(AEGIS_AREA + offsetof(struct aegis_area, caller) == 0x6ffff0f0, "serve reads the caller");
_Static_assert(AEGIS_SYS_pct_sync == 8, "serve transfers back");

#define TRANSFER(call, target)                                                                                         \
    CAUSE_OF("mov %%rsp, kept(%%rip)\n\tmov $" #call ", %%eax\n\tsyscall\n\tmov %%rax, %%rbx\n\tjmp 9f", target)

int
main(void)
{
    check_begin("transfer");
    catch_all();
    struct child child = child_create();
    check(child.id != 0, "an environment is made and given this program's memory");
    check(TRANSFER(8, child.id) == NOTHING && served == 0, "a transfer into an environment without an entry is refused");
    CHILD_AREA->pct_sync_pc = (uint32_t)(uintptr_t)serve;
    AEGIS_AREA_POINTER->pct_sync_pc = (uint32_t)(uintptr_t)returned;
    TRANSFER(8, child.id);
    check(served == 1, "the child was entered, once");
    check(AEGIS_AREA_POINTER->caller == child.id, "the answer came from the child");
    check(CHILD_AREA->caller == AEGIS_AREA_POINTER->env, "the child was told who called");
    TRANSFER(8, child.id ^ 64);
    TRANSFER(8, 0);
    TRANSFER(8, ~0u);
    TRANSFER(8, child.id + 1);
    check(served == 1, "ids of nobody are refused");
    check(sys_env_destroy(child.cap.name, child.cap.check) == 0, "the child is destroyed");
    TRANSFER(8, child.id);
    check(served == 1, "a transfer to the dead is refused");
    check(sys_env_destroy(child.cap.name, child.cap.check) == -E_CAP, "its capability died with it");
    return check_end();
}
