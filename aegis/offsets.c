/* offsets.c - structure offsets for assembly, computed by the compiler; becomes build/include/aegis/offsets.h, is never linked. */

#include "binding_entry.h"
#include "env.h"
#include "info.h"
#include "slice.h"

#include <aegis/abi.h>
#include <machine/trapframe.h>

#define VALUE(name, value) asm volatile("->" #name " %0" : : "i"(value))
enum { REFILLS_SHIFT = 5, SLOT_SHIFT = 4 };
#define OFFSET(name, type, member) VALUE(name, offsetof(type, member))

_Static_assert(sizeof(struct aegis_area) == AEGIS_PAGE_SIZE, "the area is one page");
_Static_assert((offsetof(struct aegis_area, frame.ss) + 8) % 16 == 0, "the processor aligns RSP0 to 16");
_Static_assert(sizeof(struct aegis_info) == AEGIS_PAGE_SIZE, "the information is one page");
_Static_assert(sizeof(struct env) == 1 << ENV_SHIFT, "transfer.S scales a slot by shifting");
_Static_assert(offsetof(struct env, upcalls) == offsetof(struct env, excess) + 2 && offsetof(struct env, excess) % 4 == 0, "transfer.S tests both at once");
_Static_assert(sizeof(struct binding_refill) == 1 << BINDING_REFILL_SHIFT, "trap.S scales by shifting");
_Static_assert(sizeof(struct binding_slot) == 1 << SLOT_SHIFT, "trap.S scales by shifting");
_Static_assert(AEGIS_GUARANTEED_MAX == 1 << REFILLS_SHIFT, "trap.S scales by shifting");
_Static_assert(ENV_MAX == 64, "transfer.S masks an id with 63");

void offsets(void);

static void
area(void)
{
    OFFSET(AREA_PC, struct aegis_area, pc);
    OFFSET(AREA_ARMED, struct aegis_area, armed);
    OFFSET(AREA_ENV, struct aegis_area, env);
    OFFSET(AREA_RAX, struct aegis_area, rax);
    OFFSET(AREA_RCX, struct aegis_area, rcx);
    OFFSET(AREA_R11, struct aegis_area, r11);
    OFFSET(AREA_ADDRESS, struct aegis_area, address);
    OFFSET(AREA_ERROR, struct aegis_area, error);
    OFFSET(AREA_RIP, struct aegis_area, frame.rip);
    OFFSET(AREA_CS, struct aegis_area, frame.cs);
    OFFSET(AREA_RFLAGS, struct aegis_area, frame.rflags);
    OFFSET(AREA_RSP, struct aegis_area, frame.rsp);
    OFFSET(AREA_SS, struct aegis_area, frame.ss);
    OFFSET(AREA_SLICE_START, struct aegis_area, slice_start_pc);
    OFFSET(AREA_SLICE_END, struct aegis_area, slice_end_pc);
    OFFSET(AREA_PCT_SYNC, struct aegis_area, pct_sync_pc);
    OFFSET(AREA_PCT_ASYNC, struct aegis_area, pct_async_pc);
    OFFSET(AREA_CALLER, struct aegis_area, caller);
    OFFSET(AREA_FOREIGN_PC, struct aegis_area, foreign_pc);
    OFFSET(AREA_FOREIGN_RIP, struct aegis_area, foreign_rip);
    OFFSET(AREA_FOREIGN_RFLAGS, struct aegis_area, foreign_rflags);
    OFFSET(AREA_SLICE_RAX, struct aegis_area, slice_rax);
    OFFSET(AREA_SLICE_RCX, struct aegis_area, slice_rcx);
    OFFSET(AREA_SLICE_R11, struct aegis_area, slice_r11);
    OFFSET(AREA_SLICE_RIP, struct aegis_area, slice_frame.rip);
    OFFSET(AREA_SLICE_CS, struct aegis_area, slice_frame.cs);
    OFFSET(AREA_SLICE_RFLAGS, struct aegis_area, slice_frame.rflags);
    OFFSET(AREA_SLICE_RSP, struct aegis_area, slice_frame.rsp);
    OFFSET(AREA_SLICE_SS, struct aegis_area, slice_frame.ss);
}

static void
kernel(void)
{
    VALUE(ENV_SHIFT, ENV_SHIFT);
    OFFSET(ENV_ID, struct env, id);
    OFFSET(ENV_CR3, struct env, cr3);
    OFFSET(ENV_CR0, struct env, cr0);
    OFFSET(ENV_ATTENTION, struct env, excess);
    OFFSET(SLICE_NEXT, struct slice, next);
    OFFSET(SLICE_PUBLIC, struct slice, public);
    OFFSET(SLICE_TICKS, struct slice, ticks);
    OFFSET(SLICE_POSITION, struct slice, position);
    OFFSET(OWNER, struct aegis_slice, owner);
    OFFSET(RUNNER, struct aegis_slice, runner);
    OFFSET(INFO_SLICE, struct aegis_info, slice);
    OFFSET(INFO_ENV_SLICES, struct aegis_info, env[0].slices);
    VALUE(INFO_ENV_SHIFT, INFO_ENV_SHIFT);
    VALUE(SYSCALL_COUNT, AEGIS_SYSCALL_COUNT);
    VALUE(SYSCALL_PCT_SYNC, AEGIS_SYS_pct_sync);
    VALUE(SYSCALL_PCT_ASYNC, AEGIS_SYS_pct_async);
    VALUE(SYSCALL_YIELD, AEGIS_SYS_yield);
    VALUE(SYSCALL_SLICE_DONE, AEGIS_SYS_slice_done);
    VALUE(SYSCALL_ENV_EXIT, AEGIS_SYS_env_exit);
    VALUE(SYSCALL_SLICE_FREE, AEGIS_SYS_slice_free);
    VALUE(SYSCALL_SLICE_IDLE, AEGIS_SYS_slice_idle);
    VALUE(SYSCALL_ENV_DESTROY, AEGIS_SYS_env_destroy);
    VALUE(SYSCALL_ENV_EXIT, AEGIS_SYS_env_exit);
    VALUE(ERROR_SYSCALL, E_SYSCALL);
    VALUE(ERROR_ENV, E_ENV);
    VALUE(REFILLS_SHIFT, REFILLS_SHIFT);
    VALUE(REFILL_SHIFT, BINDING_REFILL_SHIFT);
    VALUE(REFILLED_BIT, BINDING_REFILLED_BIT);
    OFFSET(REFILL_LAST_BYTE, struct binding_refill, last_byte);
    OFFSET(REFILL_ENTRY, struct binding_refill, entry);
    OFFSET(REFILL_SET, struct binding_refill, set);
    OFFSET(SET_SLOTS, struct binding_set, slots);
    OFFSET(SET_HAND, struct binding_set, hand);
    OFFSET(SET_OLDEST, struct binding_set, oldest);
    OFFSET(SET_PUBLIC, struct binding_set, public);
    VALUE(WAY_SHIFT, BINDING_WAY_SHIFT);
    VALUE(SLOT_SHIFT, SLOT_SHIFT);
    OFFSET(PUBLIC_BINDINGS, struct aegis_env_info, bindings);
    OFFSET(PUBLIC_HITS, struct aegis_env_info, binding_hits);
    OFFSET(PUBLIC_EVICTIONS, struct aegis_env_info, binding_evictions);
    OFFSET(SLOT_LAST_BYTE, struct binding_slot, last_byte);
    OFFSET(SLOT_ENTRY, struct binding_slot, entry);
    VALUE(GRACE, AEGIS_GRACE);
    VALUE(QUANTUM, AEGIS_QUANTUM);
}

void
offsets(void)
{
    area();
    kernel();
}
