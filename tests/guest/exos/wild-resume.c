/* The kernel resumes a program by itself after a refill, an interrupt that is not for it, and an excess of saving; whatever its stack pointer and flags are then, it goes on
 * with them, and the kernel does not fault. */

#include "cache.h"
#include "kids.h"

#define HERE 0x52000000ul
#define FLAGS 0x40c55ul /* AC, OF, DF, ZF, and what else programs may set, without TF */

static const uint64_t stacks[] = {0, 8, NON_CANONICAL, 0xffff7fffffffffff, KERNEL_ADDRESS, DIRECT_MAP_ADDRESS, 0xffffffffffffffff, AEGIS_AREA, AEGIS_BINDINGS};
enum { STACKS = sizeof stacks / sizeof stacks[0] };

/* long under(uint64_t rsp, uint64_t loops): count down, touch HERE, and tell whether rsp and the flags are as they were set. */
long under(uint64_t rsp, uint64_t loops);
uint64_t under_rsp, under_flags = FLAGS | 0x202, late_rsp;
extern const char late_end[];
asm(".text\nunder:\n\tmov %rsp, under_rsp(%rip)\n\tpushfq\n\tmov %rdi, %r10\n\tpush under_flags(%rip)\n\tpopfq\n\tmov %rdi, %rsp\n"
    "1:\tlea -1(%rsi), %rsi\n\tmov %rsi, %rcx\n\tjrcxz 2f\n\tjmp 1b\n2:\tmov 0x52000000, %rax\n"
    "\tmov %rsp, %r11\n\tmov under_rsp(%rip), %rsp\n\tlea -8(%rsp), %rsp\n\tpushfq\n\tpop %rdx\n\tpopfq\n"
    "\tcmp %r10, %r11\n\tsetne %al\n\tcmp under_flags(%rip), %rdx\n\tsetne %cl\n\tor %cl, %al\n\tmovzbl %al, %eax\n\tret\n"
    /* A slice-end handler that is late by 15000 instructions, one excess, with a wild stack pointer. */
    "late_end:\n\tmov %rsp, common_word+8(%rip)\n\tmov common_word+16(%rip), %rsp\n\tmov $7500, %ecx\n3:\tdec %ecx\n\tjnz 3b\n"
    "\tmov common_word+8(%rip), %rsp\n\tjmp exos_slice_end\n");

static struct aegis_cap page;

static bool
every(uint64_t loops, bool displaced)
{
    bool good = true;
    for (int i = 0; i < STACKS; i++) {
        if (displaced)
            good &= cache_flood(HERE, &page) && !(AEGIS_BINDINGS_POINTER[HERE >> 12] & 1);
        good &= under(stacks[i], loops) == 0;
    }
    return good;
}

static int
gives_back_at_once(uint64_t to)
{
    while (to)
        exos_yield(to);
    return 0;
}

/* Its slices end late, each time with another stack pointer. */
static bool
late(struct exos_env *kid)
{
    exos_env_start(kid, counts, 5);
    kid->area->slice_end_pc = (uint32_t)(uintptr_t)late_end;
    if (exos_env_give_slice(kid, free_position()) < 0)
        return false;
    for (int i = 0; i < STACKS; i++) {
        common[2] = stacks[i];
        uint32_t before = public_of(kid->id)->forfeited;
        while (alive(kid->id) && public_of(kid->id)->forfeited == before)
            exos_yield(0);
    }
    return alive(kid->id);
}

int
main(void)
{
    check_begin("wild-resume");
    struct aegis_cap other;
    check(exos_page_map((void *)0x53000000, AEGIS_READ, &page) == 0 && exos_page_map((void *)0x54000000, AEGIS_READ, &other) == 0, "two pages");
    check(sys_page_bind(HERE | AEGIS_REFILLED, other.name, other.check) == 0 && every(1, true), "after a refill");
    struct exos_env guest = kid_make(0);
    exos_env_start(&guest, gives_back_at_once, ME);
    check(exos_yield(guest.id) == 0 && every(AEGIS_QUANTUM / 8, false), "after the interrupt of a visit that has ended before");
    kid_destroy(&guest);
    sys_slice_alloc(9);
    uint32_t slices = public_of(ME)->slices;
    check(every(AEGIS_QUANTUM / 4, false) && public_of(ME)->slices > slices + STACKS - 2, "after the end of a slice");
    guest = kid_make(0);
    check(late(&guest), "after each excess of saving");
    check(kid_destroy(&guest) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
