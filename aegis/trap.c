/* trap.c - the cold ends of exception dispatch: nested exceptions and #DB. The hot path is trap.S, whole. */

#include "env.h"

#include <aegis/abi.h>
#include <machine/descriptors.h>
#include <machine/panic.h>
#include <machine/trapframe.h>
#include <machine/x86.h>

enum { STATUS_KILLED = 128, STATUS_NO_HANDLER = 201 };

_Noreturn void trap_nested(const struct aegis_frame *frame, u32 vector);
void trap_debug(struct trapframe *trap);
_Noreturn void slice_without_handler(void);

/* The current environment raised `vector` while its save area still held an earlier exception (area.h): by contract its end. */
_Noreturn void
trap_nested(const struct aegis_frame *frame, u32 vector)
{
    env_kill(STATUS_KILLED + vector, "nested exception: %s at 0x%lx, cr2 0x%lx, with the exception context not armed (no handler, or the handler faulted)",
             vector_title(vector), frame->rip, read_cr2());
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
    struct aegis_area *area = env_current()->area;
    u64 dr6 = take_dr6();
    if (!trapframe_from_user(t)) {
        t->rflags &= ~(u64)RFLAGS_TF;
        return;
    }
    if (!(area->armed & 1))
        trap_nested((const struct aegis_frame *)&t->rip, t->vector);
    area->armed &= ~1u;
    area->rax = t->rax;
    area->rcx = t->rcx;
    area->r11 = t->r11;
    area->address = dr6;
    area->frame = (struct aegis_frame){t->rip, t->cs, t->rflags, t->rsp, t->ss};
    t->rax = t->vector;
    t->rcx = t->rip = area->pc[t->vector];
    t->r11 = t->rflags = AEGIS_HANDLER_RFLAGS;
    t->rsp = AEGIS_AREA + AEGIS_PAGE_SIZE;
}

/* From transfer.S: the slice is over and the environment has no handler to save its state with. */
_Noreturn void
slice_without_handler(void)
{
    env_kill(STATUS_NO_HANDLER, "its slice ended and it has no slice-end handler");
}
