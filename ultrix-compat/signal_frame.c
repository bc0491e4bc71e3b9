/* signal_frame.c - the frame that a signal handler finds on its stack, and rt_sigreturn, which undoes it. The layout is Linux's (abi.h).
 *
 *      t->rsp before     what the program was doing
 *      -128              red zone: functions without a frame keep locals there; or, from here on, the top of the stack for handlers (signal_stack.c)
 *      -512 .. -575      struct fp_state, on a multiple of 64
 *      -440 ..           struct signal_frame, 8 above a multiple of 16, as at any function's entry
 *
 * Nothing in a frame that comes back is believed: the user may have written all of it.
 */

#include "errors.h"
#include "fp.h"
#include "process.h"
#include "syscall.h"
#include "user.h"

#include <machine/descriptors.h>
#include <machine/x86.h>

enum { RED_ZONE = 128, FP_ALIGN = 64, VECTOR_GP = 13 };

/* CF PF AF ZF SF TF DF OF RF AC: the bits of rflags that ring 3 can change by itself, and no others, come back from a frame. */
#define RFLAGS_USER 0x50dd5u

static struct sigcontext
save_registers(const struct trapframe *t, va_t fp_state, sigset_t mask)
{
    return (struct sigcontext){
        .r8 = t->r8, .r9 = t->r9, .r10 = t->r10, .r11 = t->r11, .r12 = t->r12, .r13 = t->r13, .r14 = t->r14, .r15 = t->r15,
        .rdi = t->rdi, .rsi = t->rsi, .rbp = t->rbp, .rbx = t->rbx, .rdx = t->rdx, .rax = t->rax, .rcx = t->rcx, .rsp = t->rsp,
        .rip = t->rip, .rflags = t->rflags, .cs = t->cs, .ss = t->ss,
        .error = t->error, .vector = t->vector, .old_mask = mask, .cr2 = current_thread->signals.cr2, .fp_state = fp_state,
    };
}

bool
signal_frame_push(struct trapframe *t, const struct sigaction *action, u32 number, const struct signal_info *info, sigset_t mask)
{
    va_t top = t->rsp - RED_ZONE, bottom = 0;
    bool has_stack = current_thread->signals.stack_size > 0;
    if (has_stack)
        signal_choose_stack(t->rsp, action->flags, &top, &bottom);
    va_t fp_state = (top - sizeof(struct fp_state)) & ~(FP_ALIGN - 1ul);
    va_t at = ((fp_state - sizeof(struct signal_frame)) & ~15ul) - 8;
    struct signal_frame frame = {
        .restorer = action->restorer,
        .context = {
            .flags = UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS,
            .stack.flags = SS_DISABLE,
            .registers = save_registers(t, fp_state, mask),
            .mask = mask,
        },
        .info = {.signo = number, .code = info->code, .address = info->address, .status = info->status},
    };
    if (!(action->flags & SA_RESTORER) || !user_is_canonical(action->handler))
        return false;
    if (has_stack)
        frame.context.stack = signal_stack_now(t->rsp);
    if (at < bottom)
        return false;
    if (user_save_fp(fp_state) < 0 || user_write(at, &frame, sizeof frame) < 0)
        return false;
    fp_reset();
    t->rdi = number;
    t->rsi = at + offsetof(struct signal_frame, info);
    t->rdx = at + offsetof(struct signal_frame, context);
    t->rax = 0;
    t->rip = action->handler;
    t->rsp = at;
    t->cs = SELECTOR_USER_CODE;
    t->ss = SELECTOR_USER_DATA;
    t->rflags &= ~(u64)(RFLAGS_DF | RFLAGS_RF | RFLAGS_TF);
    return true;
}

static void
restore_registers(struct trapframe *t, const struct sigcontext *c)
{
    t->r8 = c->r8, t->r9 = c->r9, t->r10 = c->r10, t->r11 = c->r11, t->r12 = c->r12, t->r13 = c->r13, t->r14 = c->r14, t->r15 = c->r15;
    t->rdi = c->rdi, t->rsi = c->rsi, t->rbp = c->rbp, t->rbx = c->rbx, t->rdx = c->rdx, t->rax = c->rax, t->rcx = c->rcx, t->rsp = c->rsp;
    t->rip = c->rip;
    t->rflags = (t->rflags & ~(u64)RFLAGS_USER) | (c->rflags & RFLAGS_USER);
    t->cs = SELECTOR_USER_CODE;
    t->ss = SELECTOR_USER_DATA;
}

/* Load the floating-point state at `at`; none (0) means a fresh one. False if it cannot be read. */
static bool
restore_fp(va_t at)
{
    struct fp_state fp;
    if (!at)
        fp_reset();
    else if (user_read(&fp, at, sizeof fp) == 0)
        fp_load(&fp);
    else
        return false;
    return true;
}

/* rt_sigreturn: from a handler, whose return has popped the restorer's address, back to the frame's registers, mask and floating-point state.
 *
 * A frame that cannot be read is a SIGSEGV here; floating-point state that cannot, one there, as on Linux. If no processor accepts the frame's rip,
 * it is the SIGSEGV that jumping there would have been: iretq would fault in ring 0.
 */
long
sys_rt_sigreturn(struct trapframe *t)
{
    struct ucontext context;
    if (user_read(&context, t->rsp - sizeof(u64) + offsetof(struct signal_frame, context), sizeof context) < 0) {
        signal_force(SIGSEGV, SI_KERNEL, 0, "rt_sigreturn: the frame cannot be read");
        return 0;
    }
    restore_registers(t, &context.registers);
    signal_block(context.mask);
    if (context.stack.flags != SS_DISABLE || current_thread->signals.stack_size > 0)
        signal_set_stack(&context.stack, t->rsp); /* one that makes no sense is ignored, as on Linux */
    if (!restore_fp(context.registers.fp_state))
        signal_force(SIGSEGV, SI_KERNEL, 0, "rt_sigreturn: the floating-point state cannot be read");
    if (!user_is_canonical(t->rip)) {
        t->vector = VECTOR_GP;
        t->error = 0;
        signal_force(SIGSEGV, SI_KERNEL, 0, "rt_sigreturn: to an address that is not canonical");
    }
    return t->rax;
}
