/* process.c - what do processes and threads cost, and the memory that they get and share? (not in the paper; docs/method.md)
 *
 * Each child does nothing but end: it is the price of having one. What each region finds is prepared by before_NAME(), which is not counted.
 */

#include <port.h>
#include <threads.h>
#include <workload.h>

EXPERIMENT("process", "", "Processes, threads and their memory");
OPERATION_OF("thread-switch", 2, "one thread yields to another, one way");
OPERATION("thread-create-join", "create a thread that ends at once, and join it");
OPERATION("fork-exit-wait", "fork; the child exits; the parent has its status");
OPERATION("fork-exec-wait", "fork; the child execs a program that exits; the parent has its status");
OPERATION_OF("demand-zero", 100, "first store to a fresh page, which is filled with zeros, per page");
OPERATION_OF("copy-on-write", 100, "first store after a fork to a page that the child shares, per page, copy included");

enum { NPAGES = 100, PAGE_SAMPLES = 20, STATUS_NO_EXEC = 127, OLD = 1, ENOUGH = 100, TOO_MANY = 1000000 };

static bool went_wrong; /* in a region, where it cannot be reported */

static void
check_child(long pid)
{
    int status = -1;
    went_wrong |= pid < 0 || port_wait(pid, &status) != pid || status != 0;
}

void
fork_and_wait(void)
{
    long pid = port_fork();
    if (pid == 0)
        port_exit(0);
    check_child(pid);
}

void
exec_and_wait(void)
{
    static const char *const argv[] = {"true", NULL};
    long pid = port_fork();
    if (pid == 0) {
        port_exec("/bin/true", argv);
        port_exit(STATUS_NO_EXEC);
    }
    check_child(pid);
}

REGION(fork_exit_wait, "", "", "call fork_and_wait", "");
REGION(fork_exec_wait, "", "", "call exec_and_wait", "");

/* ---- memory ------------------------------------------------------------------------------------------------------------- */

#define FOR_EACH_PAGE(store) "mov $100, %ecx\n1:\t" store "add $4096, %rdi\n\tdec %ecx\n\tjnz 1b\n\t"
#define STORE_REGION(name) \
    REGION_AGAINST(name, "call before_" #name "\n\tmov %rax, %rdi", "", FOR_EACH_PAGE("movl $2, (%rdi)\n\t"), FOR_EACH_PAGE(""), "rdtsc", #name "_resume", "")

STORE_REGION(demand_zero);
STORE_REGION(copy_on_write);

static volatile char *fresh, *shared_by_fork;
static long sharer; /* the child */
static int sharer_pipe[2];

static bool
all_are(volatile char *pages, char value)
{
    bool equal = true;
    for (int i = 0; i < NPAGES; i++)
        equal &= pages[i * PORT_PAGE_SIZE] == value;
    return equal;
}

void *
before_demand_zero(void)
{
    if (fresh)
        port_free((void *)fresh, NPAGES);
    fresh = port_pages(NPAGES);
    went_wrong |= !fresh;
    return (void *)fresh;
}

/* A child that waits for a word and then looks whether its pages are as they were. */
static void
start_sharer(void)
{
    char word;
    went_wrong |= port_pipe(sharer_pipe) < 0;
    sharer = port_fork();
    if (sharer != 0)
        return;
    port_read(sharer_pipe[0], &word, sizeof word);
    port_exit(!all_are(shared_by_fork, OLD));
}

static void
end_sharer(void)
{
    port_write_fd(sharer_pipe[1], "", 1);
    check_child(sharer);
    port_close(sharer_pipe[0]);
    port_close(sharer_pipe[1]);
    sharer = 0;
}

void *
before_copy_on_write(void)
{
    if (sharer)
        end_sharer();
    for (int i = 0; i < NPAGES; i++)
        shared_by_fork[i * PORT_PAGE_SIZE] = OLD;
    start_sharer();
    return (void *)shared_by_fork;
}

/* ---- threads ------------------------------------------------------------------------------------------------------------ */

static volatile bool partner_may_end;
static volatile uint32_t ran;

static void
yield_for_ever(void *unused)
{
    (void)unused;
    while (!partner_may_end) {
        ran++;
        port_thread_yield();
    }
}

static void
end_at_once(void *unused)
{
    (void)unused;
    ran++;
}

void
create_and_join(void)
{
    struct port_thread *thread = port_thread_create(end_at_once, NULL);
    if (thread)
        port_thread_join(thread);
}

/* A scheduler that shares time fairly makes a new thread wait: yield until each yield is a switch. Whether one was, in the samples, is looked at afterwards. */
static void
settle(void)
{
    for (int in_a_row = 0, tries = 0; in_a_row < ENOUGH && tries < TOO_MANY; tries++) {
        uint32_t before = ran;
        port_thread_yield();
        in_a_row = ran == before ? 0 : in_a_row + 1;
    }
}

REGION(thread_switch, "", "", "call port_thread_yield", "");
REGION(thread_create_join, "", "", "call create_and_join", "");

/* ---- the experiment ----------------------------------------------------------------------------------------------------- */

static void
measure_checked(const char *operation, const struct region *region, int samples)
{
    went_wrong = false;
    measure_some(operation, region, samples);
    if (went_wrong)
        fail(operation, "a child or its memory was not as it should be");
}

static void
measure_memory(void)
{
    measure_checked("demand-zero", &demand_zero, PAGE_SAMPLES);
    before_demand_zero();
    if (went_wrong || !all_are(fresh, 0))
        fail("demand-zero", "a fresh page is not zero");

    shared_by_fork = port_pages(NPAGES);
    if (!shared_by_fork) {
        fail("copy-on-write", "no pages could be had");
        return;
    }
    measure_checked("copy-on-write", &copy_on_write, PAGE_SAMPLES);
    end_sharer();
    if (went_wrong)
        fail("copy-on-write", "the child saw what its parent wrote");
}

static void
measure_threads(void)
{
    struct port_thread *partner = port_thread_create(yield_for_ever, NULL);
    if (!partner) {
        unsupported("thread-switch", "this system has no threads");
        unsupported("thread-create-join", "this system has no threads");
        return;
    }
    settle();
    uint32_t before = ran;
    measure("thread-switch", &thread_switch);
    if (ran - before < 100)
        fail("thread-switch", "the other thread did not run each time");
    partner_may_end = true;
    port_thread_join(partner);
    before = ran;
    measure("thread-create-join", &thread_create_join);
    if (ran - before < 100)
        fail("thread-create-join", "a thread did not run");
}

int
main(void)
{
    workload_begin("process");
    measure_checked("fork-exit-wait", &fork_exit_wait, 100);
    measure_checked("fork-exec-wait", &fork_exec_wait, 100);
    measure_memory();
    measure_threads();
    return workload_end();
}
