/* With a single slice allocated nothing interrupts its owner; but whom the owner lets in for the rest of it must give it back. */

#include "kids.h"

/* Ticks of a loop that is longer than a slice: always the same, if nothing comes in between. */
static __attribute__((noinline)) uint64_t
loop_ticks(void)
{
    uint64_t from = __builtin_ia32_rdtsc(), n = AEGIS_QUANTUM;
    asm volatile("1: dec %0\n\tjnz 1b" : "+r"(n));
    return __builtin_ia32_rdtsc() - from;
}

int
main(void)
{
    check_begin("alone");
    struct exos_env guest = kid_make(0);
    exos_env_start(&guest, counts, 1);
    check(exos_yield(guest.id) == 0 && common[1] > 1000, "a yield to one that never gives back ends with the slice");
    guest.area->pct_async_pc = guest.area->slice_start_pc;
    uint64_t before = common[1];
    check(exos_pct_async(guest.id) == 0 && common[1] > before, "so does an asynchronous transfer");
    uint32_t slices = public_of(ME)->slices;
    BUSY(3 * AEGIS_QUANTUM);
    check(public_of(ME)->slices == slices, "the owner itself runs on, without an end");
    struct aegis_result second = sys_slice_alloc(9);
    BUSY(3 * AEGIS_QUANTUM);
    check(public_of(ME)->slices > slices, "with a second position its slices end");
    slices = public_of(ME)->slices;
    BUSY(AEGIS_QUANTUM - 20000);
    check(exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 9), second.value) == 0, "the second is freed");
    slices = public_of(ME)->slices;
    BUSY(3 * AEGIS_QUANTUM);
    check(public_of(ME)->slices == slices, "and they end no more, not even the one that was counted down");
    uint64_t first = loop_ticks();
    second = sys_slice_alloc(9);
    exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 9), second.value);
    check(loop_ticks() == first && loop_ticks() == first, "nor does the timer of a second position that is gone cost the owner an instruction");
    check(kid_destroy(&guest) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
