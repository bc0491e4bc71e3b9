/* slices.c - the end of a slice, to the application's handler, and the start of the next one: the next environment's, or after an idle one (claims K-4, K-5). */

#include "rows.h"

#include <exos/slice.h>
#include <exos/transfer.h>

OPERATION("slice-end", "from the instruction behind which the slice ends to the first of the slice-end handler");
OPERATION("slice-start", "from the slice_done of one environment to the first instruction of the next one's slice-start handler");

OPERATION("call-slice_idle", "with nothing left of the slice, to the first instruction of the next; else the processor is halted before");

enum { SECOND = 1, NEAR_THE_END = AEGIS_QUANTUM / 2 - 30 };
#define NEVER (~0u) /* from slice_end_run() */

uint32_t slice_end_spin = NEAR_THE_END, slice_end_tries;

extern const char tick_slice[], slice_end_begin[], tick_slice_end[], slice_idle_over[], slice_idle_begin[], slice_idle_end[];
uint32_t slice_end_run(void), slice_end_empty_run(void), slice_idle_run(void), one_way_empty_run(void);

static const struct region slice_end = {slice_end_run, slice_end_empty_run, slice_end_begin, tick_slice_end, NULL};
static const struct region slice_idle = {slice_idle_run, one_way_empty_run, slice_idle_begin, slice_idle_end, NULL};

REGION_UNTIL(slice_start, "mov %rsp, kept_stack(%rip)", "mov $SYS_slice_done, %eax", "syscall\n\tud2", "mov %esi, %eax", "tick_slice",
             "mov kept_stack(%rip), %rsp");

static void
measure_ends(void)
{
    struct aegis_result second = sys_slice_alloc(SECOND);
    if (second.status < 0) {
        fail("slice-end", "no second slice could be had");
        return;
    }
    AEGIS_AREA_POINTER->slice_end_pc = (uint32_t)(uintptr_t)tick_slice_end;
    if (slice_end.run() == NEVER)
        unsupported("slice-end", "slices do not end by the clock that counts this program: no sample can be caught");
    else
        measure("slice-end", &slice_end);
    AEGIS_AREA_POINTER->slice_end_pc = (uint32_t)(uintptr_t)slice_idle_over;
    measure("call-slice_idle", &slice_idle);
    exos_slice_init();
    exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, SECOND), second.value);
}

static void
measure_start(void)
{
    if (!peer_create() || exos_env_give_slice(&peer, SECOND) < 0) {
        fail("slice-start", "no second environment with a slice could be made");
        return;
    }
    peer.area->slice_start_pc = (uint32_t)(uintptr_t)tick_slice;
    AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)slice_start.resume;
    measure("slice-start", &slice_start);
    exos_slice_init();
    peer_destroy();
}

void
measure_slices(void)
{
    measure_ends();
    measure_start();
    exos_yield(0); /* to itself, the only one: its next slice has no end */
}
