/* control.c - protected control transfers and yield (claims K-6, K-24..K-27), one way, to another address space: from the caller's `syscall`,
 * counted, to the callee's first instruction. The callee's side is entry.S. */

#include "rows.h"

OPERATION("pct-sync", "synchronous protected control transfer, one way; the callee is told who called");
OPERATION("pct-call-reply", "the same there and back, the callee counting its calls");
OPERATION("pct-async", "asynchronous protected control transfer, one way");
OPERATION("yield", "directed yield, to the first instruction of the other's slice-start handler");

struct exos_env peer;
uint64_t kept_stack; /* a yield comes back on the slice handlers' stack */
uint32_t peer_count;
uint32_t peer_id;

extern const char tick_sync[], tick_async[], tick_yield[], count_sync[];

bool
peer_create(void)
{
    bool made = exos_env_create(&peer, PEER_AREA) == 0;
    peer_id = peer.id;
    return made;
}

void
peer_destroy(void)
{
    sys_env_destroy(peer.cap.name, peer.cap.check);
}

#define TO_PEER "mov peer_id(%rip), %edi"

REGION_UNTIL(pct_sync, TO_PEER, "mov $SYS_pct_sync, %eax", "syscall\n\tud2", "mov %esi, %eax", "tick_sync", "");
REGION_UNTIL(pct_call_reply, TO_PEER, "mov $SYS_pct_sync, %eax", "syscall\n\tud2", "rdtsc", "pct_call_reply_resume", "");
REGION_UNTIL(pct_async, TO_PEER, "mov $SYS_pct_async, %eax", "syscall\n\tud2", "mov %esi, %eax", "tick_async", "");
REGION_UNTIL(yield, TO_PEER "\n\tmov %rsp, kept_stack(%rip)", "mov $SYS_yield, %eax", "syscall\n\tud2", "mov %esi, %eax", "tick_yield",
             "mov kept_stack(%rip), %rsp");

static uint32_t
entry(const char *code)
{
    return (uint32_t)(uintptr_t)code;
}

void
measure_transfers(void)
{
    volatile struct aegis_area *here = AEGIS_AREA_POINTER;
    if (!peer_create()) {
        fail("pct-sync", "no second environment could be made");
        return;
    }
    peer.area->pct_sync_pc = entry(tick_sync);
    here->pct_sync_pc = entry(pct_sync.resume);
    measure("pct-sync", &pct_sync);

    peer.area->pct_sync_pc = entry(count_sync);
    here->pct_sync_pc = entry(pct_call_reply.resume);
    measure("pct-call-reply", &pct_call_reply);

    peer.area->pct_async_pc = entry(tick_async);
    here->pct_async_pc = entry(pct_async.resume);
    measure("pct-async", &pct_async);

    uint32_t slice_start = here->slice_start_pc;
    peer.area->slice_start_pc = entry(tick_yield);
    here->slice_start_pc = entry(yield.resume);
    measure("yield", &yield);
    here->slice_start_pc = slice_start;
    peer_destroy();
}
