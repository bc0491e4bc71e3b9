/* vfork: the child runs in its parent's own memory, and the parent waits until it has executed a program or ended; then the memory is the parent's alone again. */

#include "attack.h"
#include "calls.h"

enum { NR_vfork = 58, CLONE_VM = 0x100, CLONE_VFORK = 0x4000, STACK = 8192 };

static volatile int written, order, signals;
static char stack[STACK] __attribute__((aligned(16)));

/* A C function cannot return twice on one stack: the child does all of its work in `work`, on a stack of its own. */
static long
in_borrowed_memory(int flags, void (*work)(void))
{
    long pid;
    void **top = (void **)(stack + STACK) - 2;
    *top = work;
    register long r10 asm("r10") = 0;
    asm volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\tpop %%rax\n\tcall *%%rax\n\tmov $231, %%eax\n\txor %%edi, %%edi\n\tsyscall\n1:"
                 : "=a"(pid)
                 : "a"((long)NR_clone), "D"((long)(flags | SIGCHLD)), "S"(top), "d"(0l), "r"(r10)
                 : "rcx", "r11", "r8", "memory");
    return pid;
}

static void
write_and_end(void)
{
    written = 1;
    sleep_ms(20);
    order = order * 10 + 1;
}

static void
execute(void)
{
    static const char *const argv[] = {"true", NULL}, *const no_environment[] = {NULL};
    written = 2;
    CALL(execve, "/bin/true", argv, no_environment);
    written = -1;
}

static void
execute_nothing(void)
{
    written = -CALL(execve, "/bin/none", NULL, NULL);
    unix_exit(7);
}

static void
map_and_fault(void)
{
    catch_all();
    written = unix_mmap((void *)UNMAPPED, PAGE, PROT_READ | PROT_WRITE, MAP_FIXED) > 0;
    *(volatile char *)UNMAPPED = 'm';
}

static void
on_signal(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)info, (void)context;
    signals++;
    order = order * 10 + 3;
}

static void
signal_parent(void)
{
    CALL(kill, written, SIGUSR1);
    sleep_ms(20);
    order = order * 10 + 2;
}

static int
be_killed(void)
{
    in_borrowed_memory(CLONE_VM | CLONE_VFORK, write_and_end);
    return 0;
}

int
main(void)
{
    check_begin("vfork");
    long pid = in_borrowed_memory(CLONE_VM | CLONE_VFORK, write_and_end);
    order = order * 10 + 2;
    check(pid > 0 && written == 1 && order == 12, "the child writes to its parent's memory, which waits until it ends");
    check(status_of(pid) == 0, "it is a child like others");
    pid = in_borrowed_memory(CLONE_VM | CLONE_VFORK, execute);
    check(written == 2 && status_of(pid) == 0, "or until it executes a program");
    pid = in_borrowed_memory(CLONE_VM | CLONE_VFORK, execute_nothing);
    check(written == ENOENT && status_of(pid) == 7 * EXITED, "an execve that fails gives nothing back");
    pid = in_borrowed_memory(CLONE_VM | CLONE_VFORK, map_and_fault);
    check(status_of(pid) == 0 && written == 1 && *(volatile char *)UNMAPPED == 'm', "what the child maps is mapped");
    order = 0, written = CALL(getpid);
    unix_catch_with(SIGUSR1, on_signal, 0, 0);
    pid = in_borrowed_memory(CLONE_VM | CLONE_VFORK, signal_parent);
    check(pid > 0 && status_of(pid) == 0 && order == 23 && signals == 1, "a signal for the parent waits, too");
    order = 0, written = 0;
    pid = in_borrowed_memory(CLONE_VFORK, write_and_end);
    check(pid > 0 && written == 0 && status_of(pid) == 0, "without CLONE_VM it has a copy");
    order = 0;
    pid = in_borrowed_memory(CLONE_VM, write_and_end);
    check(order == 0 && status_of(pid) == 0 && order == 1 && written == 1, "without CLONE_VFORK both run, in the same memory");
    pid = CALL(fork);
    if (pid == 0)
        unix_exit(be_killed());
    sleep_ms(5);
    CALL(kill, pid, SIGKILL);
    check(status_of(pid) == SIGKILL, "a parent that waits can be killed; the child goes on alone");
    sleep_ms(50);
    asm volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\tmov $231, %%eax\n\tmov $5, %%edi\n\tsyscall\n1:" : "=a"(pid) : "a"((long)NR_vfork) : "rcx", "r11", "rdi", "memory");
    check(pid > 0 && status_of(pid) == 5 * EXITED, "vfork itself");
    return check_end();
}
