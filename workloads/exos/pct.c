/* pct.c - Table 6: protected control transfer to another address space and back, halved to give one direction.
 *
 * No register is saved or restored. The other side's entry increments a counter in its own memory and transfers back; that increment, and its loading of whom to
 * transfer to, are the program's and stand in the empty twin, as the paper's loop overhead. That the slice moves along, that the memory is another's and that registers arrive
 * untouched is checked before anything is measured.
 */

#include <exos/env.h>
#include <exos/syscall.h>
#include <workload.h>

EXPERIMENT("pct", "Table 6", "Protected control transfer");
OPERATION_OF("sync", 2, "synchronous transfer, one way: half of a call and reply");
OPERATION_OF("async", 2, "asynchronous transfer, one way: half of a call and reply");

#define PEER_AREA ((void *)0x51000000)

static struct exos_env peer;
static uint32_t peer_id asm("pct_peer_id") __attribute__((used));
static uint32_t count asm("pct_count") __attribute__((used)); /* each side has its own */

/* The other side. `caller` is at 0xf0 of the area (checked below); the call's number is still in rax. */
extern const char pct_entry[], pct_probe[];
asm(CODE_HERE
    "pct_entry:\n\tincl pct_count\n\tmov 0x6ffff000 + 0xf0, %edi\n\tsyscall\n\tud2\n"
    /* for the check: its counter, and the slice's runner, in registers that the call did not use */
    "pct_probe:\n\tincl pct_count\n\tmov pct_count, %r14d\n\tmov 0x6ffff000 + 0xf0, %r15d\n\tmov %r15d, %edi\n\tsyscall\n\tud2\n");
_Static_assert(AEGIS_AREA == 0x6ffff000 && offsetof(struct aegis_area, caller) == 0xf0, "pct_entry reads it there");

#define TWIN "incl pct_count\n\tmov 0x6ffff000 + 0xf0, %edi"
REGION_AGAINST(pct_sync, "mov pct_peer_id, %edi", "mov $8, %eax", "syscall\n\tud2", TWIN, "rdtsc", "pct_sync_resume", "");
REGION_AGAINST(pct_async, "mov pct_peer_id, %edi", "mov $9, %eax", "syscall\n\tud2", TWIN, "rdtsc", "pct_async_resume", "");
_Static_assert(AEGIS_SYS_pct_sync == 8 && AEGIS_SYS_pct_async == 9, "the regions' call numbers");

/* One call of pct_probe with known values in all registers but those of the call itself; true if they came back, and both sides counted for themselves. */
static uint64_t probe_rsp asm("pct_probe_rsp") __attribute__((used));
uint32_t pct_probe_call(uint32_t env, uint64_t *came_back);
extern const char pct_probe_back[];
asm(CODE_HERE "pct_probe_call:\n\tpush %rbx\n\tpush %rbp\n\tpush %r12\n\tpush %r13\n\tpush %r14\n\tpush %r15\n\tpush %rsi\n\tmov %rsp, pct_probe_rsp\n"
    "\tmov $101, %ebx\n\tmov $102, %ebp\n\tmov $103, %esi\n\tmov $104, %edx\n\tmov $105, %r8d\n\tmov $106, %r9d\n\tmov $107, %r10d\n\tmov $108, %r12d\n\tmov $109, %r13d\n"
    "\tmov $8, %eax\n\tsyscall\n\tud2\n"
    "pct_probe_back:\n\tcmp pct_probe_rsp, %rsp\n\tmov pct_probe_rsp, %rsp\n\tpop %rcx\n\tjne 1f\n"
    "\tadd %rbx, %rbp\n\tadd %rsi, %rbp\n\tadd %rdx, %rbp\n\tadd %r8, %rbp\n\tadd %r9, %rbp\n\tadd %r10, %rbp\n\tadd %r12, %rbp\n\tadd %r13, %rbp\n\tmov %rbp, (%rcx)\n"
    "1:\tmov %r14d, %eax\n\tpop %r15\n\tpop %r14\n\tpop %r13\n\tpop %r12\n\tpop %rbp\n\tpop %rbx\n\tret\n");

static uint32_t
entry(const char *code)
{
    return (uint32_t)(uintptr_t)code;
}

static bool
transfers_as_promised(void)
{
    uint64_t sum = 0;
    count = 41;
    peer.area->pct_sync_pc = entry(pct_probe);
    AEGIS_AREA_POINTER->pct_sync_pc = entry(pct_probe_back);
    uint32_t theirs = pct_probe_call(peer.id, &sum);
    return theirs == 1 && count == 41 && sum == 9 * 105 && AEGIS_AREA_POINTER->caller == peer.id;
}

static void
measure_both(void)
{
    peer.area->pct_sync_pc = peer.area->pct_async_pc = entry(pct_entry);
    AEGIS_AREA_POINTER->pct_sync_pc = entry(pct_sync.resume);
    AEGIS_AREA_POINTER->pct_async_pc = entry(pct_async.resume);
    measure("sync", &pct_sync);
    measure("async", &pct_async);
}

int
main(void)
{
    workload_begin("pct");
    if (exos_env_create(&peer, PEER_AREA) < 0)
        fail("sync", "no second environment could be made");
    else if (peer_id = peer.id, !transfers_as_promised())
        fail("sync", "registers or memory are not as promised");
    else
        measure_both();
    return workload_end();
}
