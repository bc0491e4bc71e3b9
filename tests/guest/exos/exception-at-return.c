/* exception-at-return.c - a system call takes away what its return needs: the instruction behind it faults in ring 3, as the program's own, and never in the kernel. */

#include "kids.h"

#define CODE 0x50100000ul

static struct aegis_cap code;

/* syscall; nop; ret, in a page of its own. */
static void
put_code(void)
{
    static const uint8_t bytes[] = {0x0f, 0x05, 0x90, 0xc3};
    if (sys_page_bind(CODE | AEGIS_READ | AEGIS_WRITE, code.name, code.check) < 0) {
        exos_page_alloc(1, &code);
        sys_page_bind(CODE | AEGIS_READ | AEGIS_WRITE, code.name, code.check);
    }
    for (unsigned i = 0; i < sizeof bytes; i++)
        ((volatile uint8_t *)CODE)[i] = bytes[i];
    sys_page_bind(CODE | AEGIS_READ | AEGIS_EXECUTE, code.name, code.check);
}

uint64_t call_arguments[4]; /* number, rdi, rsi, rdx */

/* Where the fault is that the call leaves, 0 if there is none. */
static uint64_t
fault_behind(uint64_t number, uint64_t rdi, uint64_t rsi, uint64_t rdx)
{
    put_code();
    call_arguments[0] = number;
    call_arguments[1] = rdi;
    call_arguments[2] = rsi;
    call_arguments[3] = rdx;
    last_address = 0;
    uint64_t rsp_fix;
    asm volatile("mov %%rsp, %0\n\tmov %0, kid_home_rsp(%%rip)" : "=&r"(rsp_fix));
    int cause = CAUSE_OF("mov %%rsp, kid_home_rsp(%%rip)\n\tmov call_arguments+8(%%rip), %%rdi\n\tmov call_arguments+16(%%rip), %%rsi\n\tmov call_arguments+24(%%rip), %%rdx\n\t"
                         "mov call_arguments(%%rip), %%rax\n\tmov $0x50100000, %%r10d\n\tlea 9f(%%rip), %%rbx\n\tpush %%rbx\n\tjmp *%%r10\n9:\n\tmov kid_home_rsp(%%rip), %%rsp\n\tjmp 8f\n8:", 0);
    return cause == AEGIS_PAGE ? last_address : 0;
}

int
main(void)
{
    check_begin("exception-at-return");
    catch_all();
    exos_page_alloc(1, &code);
    check(fault_behind(AEGIS_SYS_null, 0, 0, 0) == 0, "a call that takes nothing away returns");
    check(fault_behind(AEGIS_SYS_page_unbind, CODE, 1, 0) == CODE + 2, "one that unbinds its own code faults behind it");
    check(fault_behind(AEGIS_SYS_page_rights, CODE | AEGIS_READ, 1, 0) == CODE + 2, "one that takes the right to execute it");
    put_code();
    check(fault_behind(AEGIS_SYS_page_give, code.name, code.check, ME) == CODE + 2, "one that gives its page away");
    put_code();
    check(fault_behind(AEGIS_SYS_page_free, code.name, code.check, 0) == CODE + 2, "one that frees it");
    put_code();
    struct aegis_cap other;
    exos_page_alloc(1, &other);
    check(fault_behind(AEGIS_SYS_page_bind, CODE | AEGIS_READ, other.name, other.check) == CODE + 2, "one that binds another over it");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
