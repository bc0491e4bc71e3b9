/* Nobody can keep the processor: processes and threads that never make a system call share it with those that do; times are kept meanwhile. */

#include "calls.h"

#include <threads.h>

enum { SPINNERS = 3, MS = 1000000 };

static volatile uint32_t turns[SPINNERS + 1];
static volatile bool stop;

static long
now_ms(void)
{
    struct timespec t;
    CALL(clock_gettime, 1, &t);
    return t.seconds * 1000 + t.nanoseconds / MS;
}

static void
spin_in_thread(void *index)
{
    while (!stop)
        turns[(uint64_t)index]++;
}

static void
check_processes(void)
{
    volatile uint32_t *shared = (uint32_t *)unix_call(NR_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1ul, 0);
    long pid[SPINNERS];
    for (int i = 0; i < SPINNERS; i++)
        if ((pid[i] = CALL(fork)) == 0)
            for (;;)
                shared[i]++;
    long begin = now_ms();
    uint32_t mine = 0;
    while (now_ms() < begin + 300)
        mine++;
    bool all = mine > 0;
    uint32_t least = ~0u, most = 0;
    for (int i = 0; i < SPINNERS; i++) {
        all &= shared[i] > 0;
        least = shared[i] < least ? shared[i] : least;
        most = shared[i] > most ? shared[i] : most;
    }
    check(all && most / 2 <= least, "three spinning processes run, and none of them twice as long as another");
    begin = now_ms();
    sleep_ms(50);
    long slept = now_ms() - begin;
    check(slept >= 50 && slept < 250, "a sleeper is woken among them");
    for (int i = 0; i < SPINNERS; i++) {
        CALL(kill, pid[i], SIGKILL);
        all &= status_of(pid[i]) == SIGKILL;
    }
    check(all, "a process that spins can be killed");
}

static void
check_threads(void)
{
    struct port_thread *thread[SPINNERS];
    for (uint64_t i = 0; i < SPINNERS; i++)
        thread[i] = port_thread_create(spin_in_thread, (void *)i);
    for (long begin = now_ms(); now_ms() < begin + 300;)
        ;
    stop = true;
    bool all = true;
    for (int i = 0; i < SPINNERS; i++) {
        all &= turns[i] > 0;
        port_thread_join(thread[i]);
    }
    check(all, "three spinning threads run, and end");
}

/* Registers that the compiler's code is not asked to keep: each of two spinners has its own values in all of them. */
static int
keep_registers(uint64_t seed)
{
    uint64_t wrong;
    asm volatile("mov %1, %%rax\n\tmov %1, %%rbx\n\tmov %1, %%rcx\n\tmov %1, %%rdx\n\tmov %1, %%rsi\n\tmov %1, %%r8\n\tmov %1, %%r9\n\tmov %1, %%r10\n\tmov %1, %%r11\n\t"
                 "mov %1, %%r12\n\tmov %1, %%r13\n\tmov %1, %%r14\n\tmovq %1, %%xmm0\n\tmovq %1, %%xmm15\n\tmov $3000000, %%r15\n"
                 "1:\tdec %%r15\n\tjnz 1b\n\t"
                 "xor %1, %%rax\n\txor %1, %%rbx\n\tor %%rbx, %%rax\n\txor %1, %%rcx\n\tor %%rcx, %%rax\n\txor %1, %%rdx\n\tor %%rdx, %%rax\n\txor %1, %%rsi\n\tor %%rsi, %%rax\n\t"
                 "xor %1, %%r8\n\tor %%r8, %%rax\n\txor %1, %%r9\n\tor %%r9, %%rax\n\txor %1, %%r10\n\tor %%r10, %%rax\n\txor %1, %%r11\n\tor %%r11, %%rax\n\t"
                 "xor %1, %%r12\n\tor %%r12, %%rax\n\txor %1, %%r13\n\tor %%r13, %%rax\n\txor %1, %%r14\n\tor %%r14, %%rax\n\t"
                 "movq %%xmm0, %%rbx\n\txor %1, %%rbx\n\tor %%rbx, %%rax\n\tmovq %%xmm15, %%rbx\n\txor %1, %%rbx\n\tor %%rbx, %%rax"
                 : "=&a"(wrong)
                 : "D"(seed)
                 : "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc", "memory");
    return wrong != 0;
}

static void
check_registers(void)
{
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(keep_registers(0x1111111111111111));
    int wrong = keep_registers(0x2222222222222222);
    check(status_of(pid) == 0 && !wrong, "who is preempted keeps every register");
}

int
main(void)
{
    check_begin("preemption");
    check_processes();
    check_threads();
    check_registers();
    return check_end();
}
