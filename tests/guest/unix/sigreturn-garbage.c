/* rt_sigreturn believes nothing: whatever a handler writes into its frame, the program gets no more rights, and the kernel lives. */

#include "attack.h"

static void (*change)(struct unix_context *context);

/* SIGILL's handler: step over ud2, then spoil the frame. */
static void
on_ill(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)info;
    context->reg[REG_RIP] = attack_resume;
    change(context);
}

static int
signal_after(void (*spoil)(struct unix_context *))
{
    change = spoil;
    return SIGNAL_OF("ud2", 0);
}

static bool survives(void (*spoil)(struct unix_context *)) { return signal_after(spoil) == NOTHING; }
static bool becomes_segv(void (*spoil)(struct unix_context *)) { return signal_after(spoil) == SIGSEGV; }

/* Linux believes the selectors, finds that iretq refuses them, and sends SIGSEGV. */
static bool
is_harmless(void (*spoil)(struct unix_context *))
{
    int signal = signal_after(spoil);
    return signal == NOTHING || signal == SIGSEGV;
}

static void kernel_selectors(struct unix_context *c) { c->reg[REG_SELECTORS] = 0x10 | 0x18ul << 48; }
static void null_selectors(struct unix_context *c) { c->reg[REG_SELECTORS] = 0; }
static void all_flags(struct unix_context *c) { c->reg[REG_RFLAGS] = ~0x100ul & ~0x40000ul; } /* but TF and AC */
static void no_flags(struct unix_context *c) { c->reg[REG_RFLAGS] = 0; }
static void mxcsr(struct unix_context *c) { c->fp->mxcsr = 0xffffffff; }
static void fp_garbage(struct unix_context *c)
{
    for (size_t i = 0; i < sizeof *c->fp; i++)
        ((unsigned char *)c->fp)[i] = 0xff;
}
static void fp_null(struct unix_context *c) { c->fp = NULL; }
static void fp_unmapped(struct unix_context *c) { c->fp = (void *)UNMAPPED; }
static void fp_kernel(struct unix_context *c) { c->fp = (void *)KERNEL_ADDRESS; }
static void fp_across_end(struct unix_context *c) { c->fp = (void *)(USER_TOP - 64); }
static void mask_all(struct unix_context *c) { c->mask = ~0ul; }
static void rip_non_canonical(struct unix_context *c) { c->reg[REG_RIP] = NON_CANONICAL; }
static void rip_high(struct unix_context *c) { c->reg[REG_RIP] = 0x8000000000000000; }
static void rip_kernel(struct unix_context *c) { c->reg[REG_RIP] = KERNEL_ADDRESS; }
static void rip_end(struct unix_context *c) { c->reg[REG_RIP] = USER_TOP; }
static void flags_zero_garbage(struct unix_context *c) { c->flags = ~0ul & ~1ul, c->link = c->stack[0] = c->reserved[0] = ~0ul; }

static uint64_t
flags_now(void)
{
    uint64_t flags;
    asm volatile("pushfq\n\tpop %0\n\tcld" : "=r"(flags));
    return flags;
}

static const uint32_t default_mxcsr = 0x1f80;

int
main(void)
{
    uint64_t old = 0, none = 0;
    check_begin("sigreturn-garbage");
    catch_all();
    unix_catch(SIGILL, on_ill);
    check(is_harmless(kernel_selectors) && is_harmless(null_selectors), "selectors of the kernel, or none");
    check(survives(all_flags), "all flags");
    check((flags_now() & 0x27300) == 0x200, "gave no IOPL, NT or VM, and interrupts stay on");
    check(SIGNAL_OF("cli", 0) == SIGSEGV, "cli is still privileged");
    check(survives(no_flags) && (flags_now() & 0x202) == 0x202, "no flags");
    check(survives(mxcsr), "mxcsr with bits that no processor has");
    check(survives(fp_garbage), "512 bytes of ones as floating-point state");
    asm volatile("fninit\n\tldmxcsr %0" : : "m"(default_mxcsr));
    check(survives(fp_null), "no floating-point state");
    check(becomes_segv(fp_unmapped) && becomes_segv(fp_kernel) && becomes_segv(fp_across_end), "floating-point state that is not the user's: SIGSEGV");
    check(becomes_segv(rip_non_canonical) && becomes_segv(rip_high), "rip that is not canonical: SIGSEGV");
    check(becomes_segv(rip_kernel) && last_vector == 14, "rip in the kernel: SIGSEGV");
    check(becomes_segv(rip_end), "rip behind the last user page: SIGSEGV");
    check(survives(flags_zero_garbage), "fields that mean nothing here");
    check(survives(mask_all), "a mask of all signals");
    unix_call(NR_rt_sigprocmask, SIG_SETMASK, (uint64_t)&none, (uint64_t)&old, 8, 0, 0);
    check(old == ~(1ul << (SIGKILL - 1) | 1ul << (SIGSTOP - 1)), "blocks all but SIGKILL and SIGSTOP");
    return check_end();
}
