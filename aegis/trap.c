/* trap.c - the cold ends of exception dispatch: nested exceptions and #DB. The hot path is trap.S, whole. */

#include "env.h"

#include <aegis/abi.h>
#include <machine/descriptors.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/trapframe.h>
#include <machine/x86.h>

enum { STATUS_KILLED = 128 };

struct hardware_frame {
    u64 rip, cs, rflags, rsp, ss;
};

_Noreturn void trap_nested(const struct hardware_frame *frame, u32 vector);
void trap_debug(struct trapframe *trap);

/* The current environment raised `vector` while its save area still held an earlier exception (area.h): by contract its end. */
_Noreturn void
trap_nested(const struct hardware_frame *frame, u32 vector)
{
    report("killed %s nested exception: %s at 0x%lx, cr2 0x%lx, with the exception context not armed (no handler, or the handler faulted)",
           env_current()->name, vector_title(vector), frame->rip, read_cr2());
    env_finish(STATUS_KILLED + vector);
}

static u64
take_dr6(void)
{
    u64 dr6;
    asm volatile("mov %%dr6, %0" : "=r"(dr6));
    asm volatile("mov %0, %%dr6" : : "r"(0ul));
    return dr6;
}

/* #DB, on its IST stack. From ring 3: dispatched like any other exception, only slower. From ring 0 it can only be a single step that was
 * pending when ring 3 entered the kernel (nobody can set a breakpoint): ended there. */
void
trap_debug(struct trapframe *t)
{
    struct aegis_area *area = env_current() ? env_current()->area : NULL;
    u64 dr6 = take_dr6();
    if (!trapframe_from_user(t)) {
        t->rflags &= ~(u64)RFLAGS_TF;
        return;
    }
    if (!(area->armed & 1))
        trap_nested((const struct hardware_frame *)&t->rip, t->vector);
    area->armed &= ~1u;
    area->rax = t->rax;
    area->rcx = t->rcx;
    area->r11 = t->r11;
    area->address = dr6;
    area->rip = t->rip;
    area->cs = t->cs;
    area->rflags = t->rflags;
    area->rsp = t->rsp;
    area->ss = t->ss;
    t->rax = t->vector;
    t->rcx = t->rip = area->pc[t->vector];
    t->r11 = t->rflags = AEGIS_HANDLER_RFLAGS;
    t->rsp = AEGIS_AREA + AEGIS_PAGE_SIZE;
}
