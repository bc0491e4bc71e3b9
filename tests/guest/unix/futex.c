/* futex: who waits is woken by who changes the word, within a process and across processes, in time, as many as were asked for; and each error. */

#include "attack.h"
#include "calls.h"

enum { WAIT = 0, WAKE = 1, REQUEUE = 3, CMP_REQUEUE = 4, WAIT_BITSET = 9, WAKE_BITSET = 10, NO_SUCH = 77, ETIMEDOUT = 110, CHILDREN = 5 };

static volatile uint32_t *word; /* in shared memory: [0] and [1] are waited on, [2] counts */

static long futex(volatile uint32_t *at, int operation, uint32_t value) { return CALL(futex, at, operation, value); }

/* Children that wait on a word, then count and end. They are waiting when this returns. */
static void
start_waiting(int n, volatile uint32_t *at, uint32_t bits, long *pid)
{
    for (int i = 0; i < n; i++)
        if ((pid[i] = CALL(fork)) == 0) {
            long result = CALL(futex, at, bits ? WAIT_BITSET : WAIT, 0, 0, 0, bits);
            __atomic_add_fetch(&word[2], 1, __ATOMIC_SEQ_CST);
            unix_exit(-result);
        }
    sleep_ms(20);
}

static bool
all_end_well(int n, const long *pid)
{
    bool good = true;
    for (int i = 0; i < n; i++)
        good &= status_of(pid[i]) == 0;
    return good;
}

static void
check_wake(void)
{
    long pid[CHILDREN];
    start_waiting(CHILDREN, &word[0], 0, pid);
    check(futex(&word[0], WAKE, 2) == 2, "as many are woken as were asked for");
    sleep_ms(20);
    check(word[2] == 2, "and run");
    check(futex(&word[0], WAKE, 0x7fffffff) == CHILDREN - 2 && futex(&word[0], WAKE, 1) == 0, "then the rest, then nobody");
    check(all_end_well(CHILDREN, pid), "each wait returned 0");
}

static void
check_requeue(void)
{
    long pid[CHILDREN];
    start_waiting(CHILDREN, &word[0], 0, pid);
    check(CALL(futex, &word[0], CMP_REQUEUE, 1, 1, &word[1], 5) == -EAGAIN, "CMP_REQUEUE looks at the word");
    check(CALL(futex, &word[0], CMP_REQUEUE, 1, 2, &word[1], 0) == 3 && futex(&word[0], WAKE, 100) == 2 && futex(&word[1], WAKE, 100) == 2, "one woken, two moved, two left");
    check(all_end_well(CHILDREN, pid), "and none forgotten");
}

static void
check_bits(void)
{
    long odd[1], even[1];
    start_waiting(1, &word[0], 1, odd);
    start_waiting(1, &word[0], 2, even);
    check(CALL(futex, &word[0], WAKE_BITSET, 100, 0, 0, 4) == 0 && CALL(futex, &word[0], WAKE_BITSET, 100, 0, 0, 2) == 1, "WAKE_BITSET wakes whose bits it has");
    check(all_end_well(1, even) && futex(&word[0], WAKE, 100) == 1 && all_end_well(1, odd), "WAKE all of them");
    check(CALL(futex, &word[0], WAIT_BITSET, 0, 0, 0, 0) == -EINVAL && CALL(futex, &word[0], WAKE_BITSET, 1, 0, 0, 0) == -EINVAL, "no bits are none");
}

static void
check_time(void)
{
    struct timespec before, after, span = {0, 30000000}, none = {0, 0}, wrong = {0, 1000000000}, below = {-1, 0};
    CALL(clock_gettime, 1, &before);
    check(CALL(futex, &word[0], WAIT, 0, &span) == -ETIMEDOUT, "the time is over");
    CALL(clock_gettime, 1, &after);
    long waited = (after.seconds - before.seconds) * 1000000000 + after.nanoseconds - before.nanoseconds;
    check(waited >= 30000000 && waited < 200000000, "not too early");
    check(CALL(futex, &word[0], WAIT, 0, &none) == -ETIMEDOUT, "at once");
    check(CALL(futex, &word[0], WAIT_BITSET, 0, &before, 0, ~0u) == -ETIMEDOUT, "WAIT_BITSET has a moment, which has passed");
    check(CALL(futex, &word[0], WAIT, 0, &wrong) == -EINVAL && CALL(futex, &word[0], WAIT, 0, &below) == -EINVAL && CALL(futex, &word[0], WAIT, 0, BAD) == -EFAULT, "no time");
}

/* The same word at another address is the same word, if the memory is shared; private memory of the same address is not. */
static void
check_names(void)
{
    static volatile uint32_t private;
    long pid[2];
    start_waiting(1, &word[1], 0, pid);
    start_waiting(1, &private, 0, pid + 1);
    check(futex(&private, WAKE, 100) == 0, "a child's private word is not its parent's");
    CALL(kill, pid[1], SIGKILL);
    check(status_of(pid[1]) == SIGKILL && futex(&word[1], WAKE, 100) == 1 && all_end_well(1, pid), "a shared one is");
}

int
main(void)
{
    check_begin("futex");
    word = (uint32_t *)unix_call(NR_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1ul, 0);
    check_wake();
    check_requeue();
    check_bits();
    check_time();
    check_names();
    check(futex(&word[0], WAIT, 7) == -EAGAIN && futex((uint32_t *)((char *)word + 2), WAIT, 0) == -EINVAL, "another value; no word's address");
    check(futex((uint32_t *)UNMAPPED, WAIT, 0) == -EFAULT && futex((uint32_t *)KERNEL_ADDRESS, WAIT, 0) == -EFAULT && futex(&word[0], NO_SUCH, 0) == -UNIX_ENOSYS, "no memory; no such operation");
    return check_end();
}
