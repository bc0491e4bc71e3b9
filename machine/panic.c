/* panic.c - the kernel's last words; contract in machine/panic.h. The harness turns `frame` addresses into symbols. */

#include <machine/boot.h>
#include <machine/layout.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/x86.h>

enum { MAX_FRAMES = 32, EXIT_PANIC = 1 };

extern char kernel_start[], kernel_end[];

static const char *const title[32] = {
#define VECTOR(number, mnemonic, title, error, ist, dpl) [number] = "#" #mnemonic " " title,
#include <machine/vectors.def>
#undef VECTOR
};

const char *
vector_title(u64 vector)
{
    return vector < 32 ? title[vector] : "?";
}

/* Follow the saved frame pointers as long as they stay inside the kernel and go up: a broken chain ends the list, not the report. */
static void
backtrace(const u64 *rbp)
{
    for (int i = 0; i < MAX_FRAMES; i++) {
        if ((char *)rbp < kernel_start || (char *)(rbp + 2) > kernel_end || (u64)rbp % 8 != 0)
            return;
        report("frame 0x%lx", rbp[1]);
        if ((const u64 *)rbp[0] <= rbp)
            return;
        rbp = (const u64 *)rbp[0];
    }
}

_Noreturn void
panic(const char *fmt, ...)
{
    char text[256];
    va_list args;
    va_start(args, fmt);
    format(text, sizeof text, fmt, args);
    va_end(args);
    report("panic %s", text);
    backtrace(__builtin_frame_address(0));
    machine_shutdown(EXIT_PANIC);
}

_Noreturn void
panic_trap(const struct trapframe *t)
{
    report("panic %s in the kernel at 0x%lx, error code 0x%lx, cr2 0x%lx", vector_title(t->vector), t->rip, t->error, read_cr2());
    print("rax %lx rbx %lx rcx %lx rdx %lx\nrsi %lx rdi %lx rbp %lx rsp %lx\n", t->rax, t->rbx, t->rcx, t->rdx, t->rsi, t->rdi, t->rbp, t->rsp);
    print("r8 %lx r9 %lx r10 %lx r11 %lx\nr12 %lx r13 %lx r14 %lx r15 %lx\n", t->r8, t->r9, t->r10, t->r11, t->r12, t->r13, t->r14, t->r15);
    print("cs %lx ss %lx rflags %lx cr0 %lx cr3 %lx cr4 %lx\n", t->cs, t->ss, t->rflags, read_cr0(), read_cr3(), read_cr4());
    report("frame 0x%lx", t->rip);
    backtrace((const u64 *)t->rbp);
    machine_shutdown(EXIT_PANIC);
}
