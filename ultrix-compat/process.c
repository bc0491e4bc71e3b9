/* process.c - the life of a process; contract in process.h. Processes run one after the other. What its memory holds at first is exec.c's business. */

#include "process.h"
#include "exec.h"
#include "fp.h"
#include "page.h"
#include "syscall.h"

#include <machine/descriptors.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/x86.h>

enum { KERNEL_STACK_SIZE = 3 * PAGE_SIZE, STATUS_NOT_STARTED = 127, STATUS_SIGNAL = 128 };

extern void context_switch(u64 *save, u64 rsp), trap_return(void);

static struct {
    char guard[PAGE_SIZE], bytes[KERNEL_STACK_SIZE];
} kernel_stack __attribute__((aligned(PAGE_SIZE)));

/* What context_switch.S expects on the stack of a process that has not run yet. */
struct first_frame {
    u64 r15, r14, r13, r12, rbx, rbp;
    void (*return_to)(void);
    struct trapframe trap;
};

static struct process process;
struct process *const current = &process;
u64 process_kernel_stack; /* its top, for syscall_entry.S */
static u64 boot_rsp;      /* of process_run()'s caller, while the process runs */
static u32 last_pid;

void
process_init(void)
{
    paging_make_guard(kernel_stack.guard);
    process_kernel_stack = (u64)(kernel_stack.bytes + KERNEL_STACK_SIZE);
    tss_set_rsp0(process_kernel_stack);
    vm_init(&process.vm);
}

/* Nothing of the last process is left in a register. */
static void
clear_registers(void)
{
    asm volatile("mov %0, %%ds\n\tmov %0, %%es\n\tmov %0, %%fs\n\tmov %0, %%gs" : : "r"(0));
    wrmsr(MSR_FS_BASE, 0);
    wrmsr(MSR_GS_BASE, 0);
    fp_reset();
}

/* Go to ring 3 at `entry`; returns when the process has ended. */
static void
run(va_t entry, va_t stack)
{
    struct first_frame *frame = (struct first_frame *)process_kernel_stack - 1;
    *frame = (struct first_frame){
        .return_to = trap_return,
        .trap = {.rip = entry, .cs = SELECTOR_USER_CODE, .rflags = RFLAGS_FIXED | RFLAGS_IF, .rsp = stack, .ss = SELECTOR_USER_DATA},
    };
    clear_registers();
    write_cr3(paging_physical(process.vm.pml4));
    context_switch(&boot_rsp, (u64)frame);
    write_cr3(paging_kernel_space());
}

/* NULL, or why it could not be started. */
static const char *
load_and_run(const struct archive_file *file)
{
    va_t entry, stack;
    if (!vm_create(&process.vm))
        return "out of memory";
    const char *error = exec_load(&process.vm, file, &entry, &stack);
    if (!error)
        run(entry, stack);
    vm_destroy(&process.vm);
    return error;
}

int
process_run(const struct archive_file *file)
{
    u32 free_before = page_free_count();
    process.pid = ++last_pid;
    process.name = file->name;
    signal_reset(&process.signals);
    const char *error = load_and_run(file);
    if (error) {
        report("killed %s not started: %s", file->name, error);
        process.status = STATUS_NOT_STARTED;
    }
    report("exit %s %d", file->name, process.status);
    if (page_free_count() != free_before)
        panic("pages were lost: %u free before %s, %u after", free_before, file->name, page_free_count());
    return process.status;
}

_Noreturn void
process_exit(int status)
{
    u64 never_resumed;
    process.status = status;
    context_switch(&never_resumed, boot_rsp);
    panic("a process that had ended was run");
}

_Noreturn void
process_kill(u32 signal, const char *cause, va_t rip, va_t address)
{
    report("killed %s signal %u: %s, at 0x%lx, address 0x%lx", process.name, signal, cause, rip, address);
    process_exit(STATUS_SIGNAL + signal);
}

/* exit(status), exit_group(status): do not return. */
long
sys_exit(struct trapframe *t)
{
    process_exit(t->rdi & 0xff);
}

/* getpid(): the caller's number. */
long
sys_getpid(struct trapframe *t)
{
    (void)t;
    return current->pid;
}
