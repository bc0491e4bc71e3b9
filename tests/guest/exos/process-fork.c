/* Processes made at user level: fork, exit, wait; whose memory is whose; what is left behind. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE };

static volatile int in_data = 1;
static volatile uint64_t in_bss[1024];

static bool
ends_with(long pid, int status)
{
    int got = -1;
    return pid > 0 && exos_wait(pid, &got) == pid && got == status << 8;
}

static void
memory_is_copied(void)
{
    volatile uint64_t *heap = (void *)exos_vm_map(4, RW), *common = (void *)exos_vm_map_shared(1, RW);
    volatile int on_stack = 5;
    heap[0] = 1;
    in_bss[0] = 7;
    long pid = exos_fork();
    if (pid == 0) {
        bool same = heap[0] == 1 && heap[512] == 0 && in_data == 1 && in_bss[0] == 7 && on_stack == 5 && common[0] == 0;
        heap[0] = heap[512] = 2;
        in_data = 3;
        in_bss[0] = 8;
        on_stack = 6;
        common[0] = 9;
        exos_exit(same && heap[0] == 2 && in_data == 3 && in_bss[0] == 8 && on_stack == 6 ? 42 : 1);
    }
    check(ends_with(pid, 42), "a child has its parent's memory, and writes its own");
    check(heap[0] == 1 && heap[512] == 0 && in_data == 1 && in_bss[0] == 7 && on_stack == 5, "the parent's is as it was");
    check(common[0] == 9, "but what is shared is shared");
    pid = exos_fork();
    if (pid == 0) {
        while (common[0] != 10)
            exos_process_yield();
        exos_exit(heap[0] == 1 && in_data == 1);
    }
    heap[0] = 11;
    in_data = 12;
    common[0] = 10;
    check(ends_with(pid, 1), "nor does the child see what its parent writes");
    in_data = 1;
    exos_vm_unmap((void *)heap, 4);
    exos_vm_unmap((void *)common, 1);
}

static void
family(void)
{
    int me = exos_getpid();
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(exos_getppid() == me && exos_getpid() != me ? 3 : 1);
    check(ends_with(pid, 3), "a child knows its parent");
    check(exos_wait(-1, NULL) == -ECHILD && exos_wait(pid, NULL) == -ECHILD && exos_wait(me, NULL) == -ECHILD, "nobody is waited for twice");
    long first = exos_fork();
    if (first == 0)
        exos_exit(1);
    long second = exos_fork();
    if (second == 0) {
        long grandchild = exos_fork();
        if (grandchild == 0)
            exos_exit(5);
        int status = 0;
        exos_exit(exos_wait(grandchild, &status) == grandchild && status == 5 << 8 && exos_wait(first, NULL) == -ECHILD ? 2 : 9);
    }
    check(ends_with(second, 2) && ends_with(first, 1), "children are waited for in any order, and only by their parent");
    volatile uint64_t *common = (void *)exos_vm_map_shared(1, RW);
    long parent = exos_fork();
    if (parent == 0) {
        if (exos_fork() == 0) {
            while (exos_getppid() != me)
                exos_process_yield();
            common[0] = 1;
            exos_exit(0);
        }
        exos_exit(0);
    }
    check(ends_with(parent, 0), "a parent that does not wait ends");
    while (!common[0])
        exos_process_yield();
    check(true, "its child becomes the first process's");
    exos_vm_unmap((void *)common, 1);
}

static void
deaths(void)
{
    int status = 0;
    long pid = exos_fork();
    if (pid == 0)
        *(volatile int *)UNMAPPED = 1;
    check(exos_wait(pid, &status) == pid && status == SIGSEGV, "a child that faults ends as by SIGSEGV");
    pid = exos_fork();
    if (pid == 0)
        asm volatile("ud2");
    check(exos_wait(pid, &status) == pid && status == SIGILL, "by SIGILL");
    pid = exos_fork();
    if (pid == 0)
        sys_env_exit(3);
    check(exos_wait(pid, &status) == pid && status == SIGKILL, "one whose environment dies without a word: as by SIGKILL");
    pid = exos_fork();
    if (pid == 0) {
        exos_session_lock();
        sys_env_exit(3);
    }
    check(exos_wait(pid, &status) == pid && status == SIGKILL, "even if it holds the session's lock");
}

static volatile int handled;

static void
count(int signal)
{
    handled += signal;
}

static void
signals(void)
{
    int status = 0, me = exos_getpid();
    volatile uint64_t *common = (void *)exos_vm_map_shared(1, RW);
    handled = 0;
    check(exos_signal(SIGUSR1, count) == 0 && exos_kill(me, SIGUSR1) == 0 && handled == SIGUSR1, "a signal to oneself is handled at once");
    check(exos_signal(SIGKILL, count) == -EINVAL && exos_signal(33, count) == -EINVAL && exos_signal(0, count) == -EINVAL, "some cannot be caught");
    check(exos_kill(12345, SIGTERM) == -ESRCH && exos_kill(me, 33) == -EINVAL && exos_kill(-1, 1) == -ESRCH && exos_kill(me, 0) == 0, "nor sent to nobody");
    handled = 0;
    long pid = exos_fork();
    if (pid == 0) {
        common[0] = 1;
        while (!handled)
            asm volatile("" ::: "memory"); /* spins: its next slice tells it */
        exos_exit(handled);
    }
    while (!common[0])
        exos_process_yield();
    exos_kill(pid, SIGUSR1);
    check(ends_with(pid, SIGUSR1), "a child that spins is told in its next slice");
    pid = exos_fork();
    if (pid == 0)
        for (;;)
            asm volatile("" ::: "memory");
    check(exos_kill(pid, SIGTERM) == 0 && exos_wait(pid, &status) == pid && status == SIGTERM, "SIGTERM ends one that does not catch it");
    exos_signal(SIGTERM, EXOS_SIG_IGNORE);
    pid = exos_fork();
    if (pid == 0)
        for (;;)
            asm volatile("" ::: "memory");
    check(exos_kill(pid, SIGTERM) == 0 && exos_kill(pid, SIGKILL) == 0 && exos_wait(pid, &status) == pid && status == SIGKILL, "but not one that ignores it, as SIGKILL does");
    exos_signal(SIGTERM, EXOS_SIG_DEFAULT);
    handled = 0;
    exos_signal(SIGCHLD, count);
    pid = exos_fork();
    if (pid == 0)
        exos_exit(0);
    check(ends_with(pid, 0) && handled == SIGCHLD, "SIGCHLD tells a parent that wants to know");
    exos_signal(SIGCHLD, EXOS_SIG_DEFAULT);
    exos_signal(SIGUSR1, EXOS_SIG_DEFAULT);
    exos_vm_unmap((void *)common, 1);
}

/* As many processes as there can be, all alive. */
static void
limit(void)
{
    volatile uint64_t *common = (void *)exos_vm_map_shared(1, RW);
    long pid[AEGIS_ENVS], error = 0;
    int n = 0;
    while (n < AEGIS_ENVS) {
        long child = exos_fork();
        if (child == 0) {
            while (!common[0])
                exos_process_yield();
            exos_exit(7);
        }
        if (child < 0) {
            error = child;
            break;
        }
        pid[n++] = child;
    }
    check(n >= 60 && error == -EAGAIN, "no more than sixty-odd processes: -EAGAIN");
    common[0] = 1;
    int ended = 0;
    for (int i = 0; i < n; i++)
        ended += ends_with(pid[i], 7);
    check(ended == n, "all of them end");
    exos_vm_unmap((void *)common, 1);
}

/* Last: what it takes comes back with the program. */
static void
out_of_memory(void)
{
    exos_frame_trim();
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++) /* all the memory there is */
        if (AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE)
            sys_page_alloc(page);
    check(exos_fork() == -ENOMEM && exos_fork() == -ENOMEM, "no memory: -ENOMEM");
    check(exos_vm_map_shared(3, RW) == -ENOMEM, "nor is there any to share");
    check(exos_getpid() == 1 && exos_wait(-1, NULL) == -ECHILD, "and there is no child");
}

int
main(void)
{
    check_begin("process-fork");
    uint32_t free_pages = 0, environments = 0;
    memory_is_copied();
    for (int round = 0; round < 3; round++) {
        memory_is_copied();
        family();
        deaths();
        signals();
        limit();
        for (int i = 0; i < 100; i++) {
            long pid = exos_fork();
            if (pid == 0)
                exos_exit(i);
            if (!ends_with(pid, i))
                check(false, "one of a hundred forks");
        }
        exos_frame_trim();
        if (round == 2) /* pages of the session's region come when they are needed, and stay */
            check(AEGIS_INFO_POINTER->free_pages + exos_head->npages == free_pages && AEGIS_INFO_POINTER->environments == environments, "no page is lost, and no environment");
        free_pages = AEGIS_INFO_POINTER->free_pages + exos_head->npages;
        environments = AEGIS_INFO_POINTER->environments;
    }
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    out_of_memory();
    check(sys_kernel_check() == 0, "still");
    return check_end();
}
