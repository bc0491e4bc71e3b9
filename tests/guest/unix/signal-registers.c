/* A signal and the return from its handler leave every register as it was: general, flags, SSE and x87; and the handler finds them in its frame. */

#include "attack.h"

struct state {
    uint64_t general[15]; /* rax rbx rcx rdx rsi rdi rbp r8 .. r15 */
    uint64_t flags;
    struct unix_fp fp;
} __attribute__((aligned(16)));

_Static_assert(offsetof(struct state, fp) == 128, "the assembly below");

extern void load_trap_save(const struct state *load, struct state *save);
extern const char trap_here[];
static struct state before, after;
static volatile bool frame_matches, handler_is_clean;

/* In: rdi -> load, rsi -> save. Loads every register, executes ud2, stores every register. The handler steps over ud2. */
asm(".text\nload_trap_save:\n"
    "\tpush %rbx\n\tpush %rbp\n\tpush %r12\n\tpush %r13\n\tpush %r14\n\tpush %r15\n\tpush %rsi\n"
    "\tfxrstor64 128(%rdi)\n\tpushq 120(%rdi)\n\tpopfq\n"
    "\tmov (%rdi), %rax\n\tmov 8(%rdi), %rbx\n\tmov 16(%rdi), %rcx\n\tmov 24(%rdi), %rdx\n\tmov 32(%rdi), %rsi\n\tmov 48(%rdi), %rbp\n"
    "\tmov 56(%rdi), %r8\n\tmov 64(%rdi), %r9\n\tmov 72(%rdi), %r10\n\tmov 80(%rdi), %r11\n\tmov 88(%rdi), %r12\n\tmov 96(%rdi), %r13\n"
    "\tmov 104(%rdi), %r14\n\tmov 112(%rdi), %r15\n\tmov 40(%rdi), %rdi\n"
    "trap_here:\n\tud2\n"
    "\tpush %rdi\n\tmov 8(%rsp), %rdi\n"
    "\tmov %rax, (%rdi)\n\tmov %rbx, 8(%rdi)\n\tmov %rcx, 16(%rdi)\n\tmov %rdx, 24(%rdi)\n\tmov %rsi, 32(%rdi)\n\tpopq 40(%rdi)\n\tmov %rbp, 48(%rdi)\n"
    "\tmov %r8, 56(%rdi)\n\tmov %r9, 64(%rdi)\n\tmov %r10, 72(%rdi)\n\tmov %r11, 80(%rdi)\n\tmov %r12, 88(%rdi)\n\tmov %r13, 96(%rdi)\n"
    "\tmov %r14, 104(%rdi)\n\tmov %r15, 112(%rdi)\n\tpushfq\n\tpopq 120(%rdi)\n\tcld\n\tfxsave64 128(%rdi)\n\tfninit\n"
    "\tpop %rsi\n\tpop %r15\n\tpop %r14\n\tpop %r13\n\tpop %r12\n\tpop %rbp\n\tpop %rbx\n\tret\n");

/* Index in struct state of each register of the frame up to rcx. */
static const char order[] = {7, 8, 9, 10, 11, 12, 13, 14, 5, 4, 6, 1, 3, 0, 2};

static void
on_ill(int signal, struct unix_siginfo *info, struct unix_context *c)
{
    static struct unix_fp clean __attribute__((aligned(16)));
    asm volatile("fxsave64 %0" : "=m"(clean));
    handler_is_clean = clean.fcw == 0x37f && clean.mxcsr == 0x1f80 && clean.xmm[3][5] == 0;
    bool same = signal == SIGILL && info->signo == SIGILL && c->reg[REG_RIP] == (uint64_t)trap_here && (c->reg[REG_SELECTORS] & 0xffff) == 0x33;
    for (size_t i = 0; i < sizeof order; i++)
        same &= c->reg[i] == before.general[(int)order[i]];
    for (int i = 0; i < 16; i++)
        same &= c->fp->xmm[i][7] == before.fp.xmm[i][7];
    frame_matches = same && (uint64_t)c->fp % 64 == 0 && c->fp->mxcsr == before.fp.mxcsr && (c->reg[REG_RFLAGS] & 0xcd5) == (before.flags & 0xcd5);
    asm volatile("pxor %%xmm3, %%xmm3\n\tfninit" : : : "memory"); /* the handler may use them */
    c->reg[REG_RIP] += 2;
}

static bool
same_bytes(const void *a, const void *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((const char *)a)[i] != ((const char *)b)[i])
            return false;
    return true;
}

int
main(void)
{
    check_begin("signal-registers");
    unix_catch(SIGILL, on_ill);
    for (int i = 0; i < 15; i++)
        before.general[i] = 0x0123456789abcdef * (i + 3);
    before.flags = 0x202 | 0xcd5; /* CF PF AF ZF SF DF OF */
    before.fp = (struct unix_fp){.fcw = 0x27f, .mxcsr = 0x7f80, .tags = 0xff};
    for (int i = 0; i < 16; i++)
        for (int j = 0; j < 16; j++)
            before.fp.xmm[i][j] = 16 * i + j + 1;
    for (int i = 0; i < 8; i++)
        before.fp.st[i][7] = 0x80 + i, before.fp.st[i][8] = 0xff, before.fp.st[i][9] = 0x3f;
    load_trap_save(&before, &after);
    check(frame_matches, "the frame holds the registers of the interrupted program");
    check(handler_is_clean, "the handler begins with a fresh floating-point state");
    check(same_bytes(before.general, after.general, sizeof before.general), "fifteen general registers come back");
    check((after.flags & 0xcd5) == 0xcd5, "so do the flags");
    check(same_bytes(before.fp.xmm, after.fp.xmm, sizeof before.fp.xmm) && after.fp.mxcsr == before.fp.mxcsr, "sixteen xmm registers and mxcsr");
    check(same_bytes(before.fp.st, after.fp.st, sizeof before.fp.st) && after.fp.fcw == before.fp.fcw && after.fp.tags == 0xff, "eight x87 registers and fcw");
    return check_end();
}
