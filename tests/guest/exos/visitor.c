/* Who lends the rest of its only slice has it back within a quantum, whatever the guest does to the timer: it makes and gives up positions, or moves on in the very
 * instructions in which its time ends. */

#include "kids.h"

#define SLICE(position) AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, position)
enum { POSITION = 9, ROUNDS = 40, SPAN = 600, STEP = 8 };

/* With a second position the only one's timer begins to count. Does that prolong the visit? */
static int
allocates(uint64_t rounds)
{
    while (rounds-- > 0) {
        sys_slice_free(SLICE(POSITION), sys_slice_alloc(POSITION).value);
        BUSY(AEGIS_QUANTUM / 4);
    }
    kid_done(common[3]);
    return 0;
}

static int
gives_back(uint64_t position)
{
    common[4] = 1;
    sys_slice_give(SLICE(position), sys_slice_alloc(position).value, common[3]);
    exos_yield(common[3]);
    return 0;
}

/* Waits for common[1] ticks, transfers to itself, and stays for most of another quantum, if it can. */
extern const char visits[], stays[];
asm(".text\nvisits:\n\trdtsc\n\tshl $32, %rdx\n\tor %rdx, %rax\n\tmov %rax, %rbx\n\tadd common_word+8(%rip), %rbx\n"
    "1:\trdtsc\n\tshl $32, %rdx\n\tor %rdx, %rax\n\tcmp %rbx, %rax\n\tjb 1b\n\tmov common_word+16(%rip), %rdi\n\tmov $9, %eax\n\tsyscall\n\tud2\n"
    "stays:\n\tmov $180000, %ecx\n2:\tdec %ecx\n\tjnz 2b\n\tmov common_word+24(%rip), %rdi\n\tmov $10, %eax\n\tsyscall\n\tud2\n");
_Static_assert(AEGIS_SYS_pct_async == 9 && AEGIS_SYS_yield == 10 && 2 * 180000 < AEGIS_QUANTUM, "what `visits` and `stays` say");

/* Ticks until we have the processor again. */
static uint64_t
away(uint32_t guest)
{
    uint64_t from = __builtin_ia32_rdtsc();
    exos_yield(guest);
    return __builtin_ia32_rdtsc() - from;
}

/* A guest that has been given our only slice runs in it while its giver works on, until that one's time is over. */
static bool
giver_ends(struct exos_env *heir)
{
    uint64_t mine = SLICE(AEGIS_INFO_POINTER->slice), from = __builtin_ia32_rdtsc();
    exos_env_start(heir, gives_back, AEGIS_INFO_POINTER->slice);
    if (sys_slice_give(mine, sys_slice_alloc((uint32_t)mine).value, heir->id) != 0)
        return false;
    while (common[4] == 0 && __builtin_ia32_rdtsc() - from < 4 * AEGIS_QUANTUM)
        ;
    return common[4] != 0;
}

int
main(void)
{
    check_begin("visitor");
    common[3] = ME;
    struct exos_env guest = kid_make(0);
    exos_env_start(&guest, allocates, ROUNDS);
    check(away(guest.id) < 3 * AEGIS_QUANTUM, "positions that come and go do not prolong a visit");
    check(kid_destroy(&guest) == 0 && AEGIS_INFO_POINTER->slices[POSITION].owner == 0, "the guest goes");
    guest = kid_make(0);
    guest.area->slice_start_pc = (uint32_t)(uintptr_t)visits;
    guest.area->pct_async_pc = (uint32_t)(uintptr_t)stays;
    common[2] = guest.id;
    uint64_t longest = 0;
    for (common[1] = AEGIS_QUANTUM - SPAN; common[1] < AEGIS_QUANTUM + SPAN; common[1] += STEP) {
        uint64_t ticks = away(guest.id);
        longest = ticks > longest ? ticks : longest;
    }
    check(longest < AEGIS_QUANTUM + AEGIS_GRACE, "nor does a transfer in the instructions in which it ends");
    kid_destroy(&guest);
    guest = kid_make(0);
    check(giver_ends(&guest), "who gives its only slice away and works on is a visitor, too");
    check(kid_destroy(&guest) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
