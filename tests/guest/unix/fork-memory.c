/* What a child has of its parent's memory: a copy of what is private, whoever writes first; the very same of what is shared; and the rights that were there. */

#include "attack.h"
#include "calls.h"

enum { PAGES = 20, RW = PROT_READ | PROT_WRITE };

static char *private, *shared;
static char data[3 * PAGE] = "data";

static void
fill(char *pages, char value)
{
    for (int i = 0; i < PAGES; i++)
        memset(pages + i * PAGE, value + i, PAGE);
}

static bool
is_filled(const char *pages, char value)
{
    for (int i = 0; i < PAGES; i++)
        if (!all_are(pages + i * PAGE, value + i, PAGE))
            return false;
    return true;
}

/* A child at a gate: it goes on when its parent has done what it wants to see. */
static long
child_at_gate(int gate[2])
{
    char byte;
    CALL(pipe, gate);
    long pid = CALL(fork);
    if (pid == 0)
        CALL(read, gate[0], &byte, 1);
    return pid;
}

static int
pass(long pid, const int gate[2])
{
    CALL(write, gate[1], "", 1);
    int status = status_of(pid);
    CALL(close, gate[0]), CALL(close, gate[1]);
    return status;
}

static void
check_parent_writes(void)
{
    int gate[2];
    fill(private, 'a'), fill(shared, 'a');
    long pid = child_at_gate(gate);
    if (pid == 0)
        unix_exit(!is_filled(private, 'a') + 2 * !is_filled(shared, 'A') + 4 * !equal(data, "data", 4));
    fill(private, 'X'), fill(shared, 'A');
    memcpy(data, "DATA", 4);
    check(pass(pid, gate) == 0, "the parent writes: the child keeps what is private, and sees what is shared");
    check(is_filled(private, 'X') && equal(data, "DATA", 4), "and the parent has what it wrote");
}

static void
check_child_writes(void)
{
    fill(private, 'a'), fill(shared, 'a');
    long pid = CALL(fork);
    if (pid == 0) {
        fill(private, 'X'), fill(shared, 'A');
        memcpy(data, "none", 4);
        unix_exit(!is_filled(private, 'X'));
    }
    check(status_of(pid) == 0 && is_filled(private, 'a') && is_filled(shared, 'A') && equal(data, "DATA", 4), "the child writes: the same the other way round");
}

/* Three generations of one page, all alive. */
static void
check_generations(void)
{
    int gate[2], inner[2];
    private[0] = 'p';
    long pid = child_at_gate(gate);
    if (pid == 0) {
        private[0] = 'c';
        long grandchild = child_at_gate(inner);
        if (grandchild == 0)
            unix_exit(private[0] != 'c');
        private[0] = 'C';
        unix_exit(pass(grandchild, inner) != 0 || private[0] != 'C');
    }
    private[0] = 'P';
    check(pass(pid, gate) == 0 && private[0] == 'P', "three generations, each with its own");
}

/* What the kernel writes for a process is copied first, too. */
static void
check_kernel_writes(void)
{
    int gate[2], pipe[2];
    CALL(pipe, pipe);
    CALL(write, pipe[1], "kernel", 6);
    memcpy(private, "before", 6);
    long pid = child_at_gate(gate);
    if (pid == 0)
        unix_exit(!equal(private, "before", 6));
    check(CALL(read, pipe[0], private, 6) == 6 && equal(private, "kernel", 6) && pass(pid, gate) == 0, "a system call writes to a copy as well");
    CALL(close, pipe[0]), CALL(close, pipe[1]);
}

static void
check_rights(void)
{
    fill(private, 'a');
    unix_mprotect(private, PAGE, PROT_READ);
    unix_mprotect(private + PAGE, PAGE, PROT_NONE);
    long pid = CALL(fork);
    if (pid == 0) {
        bool good = signal_of_write((uint64_t)private) == SIGSEGV && signal_of_read((uint64_t)private + PAGE) == SIGSEGV && private[0] == 'a';
        good &= unix_mprotect(private, 2 * PAGE, RW) == 0;
        private[0] = private[PAGE] = 'c';
        unix_exit(!good || private[1] != 'a' || private[PAGE + 1] != 'b');
    }
    check(status_of(pid) == 0 && private[0] == 'a', "a page that is read-only or forbidden is so in the child, and its own when that changes");
    check(signal_of_write((uint64_t)private) == SIGSEGV && signal_of_read((uint64_t)private + PAGE) == SIGSEGV, "and in the parent it stays so");
    unix_mprotect(private, 2 * PAGE, RW);
    check(is_filled(private, 'a'), "with what was in it");
}

/* A map that the child changes is not its parent's. */
static void
check_map(void)
{
    long pid = CALL(fork);
    if (pid == 0) {
        unix_munmap(private, PAGES * PAGE);
        unix_exit(signal_of_read((uint64_t)private) != SIGSEGV);
    }
    check(status_of(pid) == 0 && is_filled(private, 'a'), "a child may unmap what its parent keeps");
    pid = CALL(fork);
    if (pid == 0)
        unix_exit(0);
    unix_munmap(shared, PAGES * PAGE);
    check(status_of(pid) == 0, "and the other way round");
}

int
main(void)
{
    check_begin("fork-memory");
    catch_all();
    private = (char *)unix_mmap(NULL, PAGES * PAGE, RW, 0);
    shared = (char *)unix_call(NR_mmap, 0, PAGES * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1ul, 0);
    check_parent_writes();
    check_child_writes();
    check_generations();
    check_kernel_writes();
    check_rights();
    check_map();
    return check_end();
}
