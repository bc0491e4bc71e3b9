/* No far jump, call, return or iretq leads to another segment or ring; whatever is tried is the program's own exception. */

#include "attack.h"

struct __attribute__((packed)) far { uint64_t offset; uint16_t selector; };
static struct far target;

/* QEMU 7.2 reads iretq's frame with supervisor rights, which SMAP refuses: a page fault, from ring 3. */
enum { IRETQ_IN_QEMU = AEGIS_PAGE };

/* As CAUSE_OF, for code that leaves the stack as it likes. */
#define CAUSE_OF_STACK(code, argument)                                                                                   \
    ({                                                                                                                   \
        uint64_t rdi_ = (uint64_t)(argument);                                                                            \
        last_cause = NOTHING;                                                                                            \
        asm volatile("mov %%rsp, %%r12\n\tlea 9f(%%rip), %%rax\n\tmov %%rax, attack_resume(%%rip)\n\t" code "\n9:\tmov %%r12, %%rsp" \
                     : "+D"(rdi_)                                                                                        \
                     :                                                                                                   \
                     : "rax", "rcx", "rdx", "r12", "memory", "cc");                                                      \
        last_cause;                                                                                                      \
    })
#define ALL_SELECTORS(code)                                                                                        \
    ({                                                                                                             \
        bool refused_ = true;                                                                                      \
        for (size_t i_ = 0; i_ < sizeof selectors / sizeof selectors[0]; i_++) {                                   \
            target = (struct far){KERNEL_ADDRESS, selectors[i_]};                                                  \
            int cause_ = CAUSE_OF_STACK(code, &target);                                                                  \
            refused_ &= cause_ == AEGIS_PROTECTION || cause_ == AEGIS_SEGMENT || cause_ == AEGIS_TSS || cause_ == AEGIS_STACK || cause_ == IRETQ_IN_QEMU; \
        }                                                                                                          \
        refused_;                                                                                                  \
    })

/* null, kernel code, kernel data, the empty slot, user data as code, TSS, beyond the table, local table, ring 0 to 2 of user code */
static const uint16_t selectors[] = {0, 0x10, 0x13, 0x18, 0x1b, 0x20, 0x23, 0x28, 0x2b, 0x40, 0x43, 0x48, 0x50, 0xfff8, 0x04, 0x30 | 4};

int
main(void)
{
    check_begin("far");
    catch_all();
    check(ALL_SELECTORS("rex.w ljmp *(%%rdi)"), "far jumps");
    check(ALL_SELECTORS("rex.w lcall *(%%rdi)"), "far calls");
    check(ALL_SELECTORS("movzwl 8(%%rdi), %%eax\n\tpush %%rax\n\tpush (%%rdi)\n\trex.w lret"), "far returns");
    check(ALL_SELECTORS("mov %%rsp, %%rcx\n\tpushq $0x18\n\tpush %%rcx\n\tpushq $2\n\tmovzwl 8(%%rdi), %%eax\n\tpush %%rax\n\tpush (%%rdi)\n\tiretq"), "interrupt returns");
    bool loads = true;
    for (size_t i = 1; i < sizeof selectors / sizeof selectors[0]; i++)
        if (selectors[i] != 0x2b && selectors[i] != 0x28)
            loads &= CAUSE_OF("mov %%edi, %%ss", selectors[i]) != NOTHING;
    check(loads, "no stack segment but the user's");
    check(CAUSE_OF("mov %%rsp, %%rcx\n\tsysenter\n\tnop", 0) != NOTHING, "sysenter leads nowhere");
    check(CAUSE_OF("int $0x20", 0) == AEGIS_PROTECTION && CAUSE_OF("int $0xff", 0) == AEGIS_PROTECTION, "the timer's and the spurious vector cannot be raised");
    bool raised = true;
    raised &= CAUSE_OF("int $0", 0) == AEGIS_PROTECTION && CAUSE_OF("int $1", 0) == AEGIS_PROTECTION && CAUSE_OF("int $13", 0) == AEGIS_PROTECTION && CAUSE_OF("int $18", 0) == AEGIS_PROTECTION;
    check(raised, "nor the processor's own");
    return check_end();
}
