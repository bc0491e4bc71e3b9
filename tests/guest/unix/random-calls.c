/* Children that make system calls at random, with arguments at the edges of what makes sense: each ends or is ended, the kernel and the other processes live on, and all
 * that they took comes back (the kernel counts its free pages behind each program).
 */

#include "attack.h"
#include "calls.h"

#include <posix.h>
#include <random.h>

enum { CHILDREN = 150, CALLS = 400, PATIENCE_MS = 30, NUMBERS = 340, NR_rt_sigreturn = 15, NR_vfork = 58, NR_tkill = 200 };

static uint32_t state;
static char area[4 * PAGE] __attribute__((aligned(PAGE)));
static const char *const path[] = {"/tmp/a", "/tmp/b", "/tmp/b/c", "/tmp/b/../b/d/", "/bin/true", "/exolab/random-calls", "/dev/zero", "/dev/full", "/", ".", "..", "", "a", "b/c/d/e"};
static const uint64_t edge[] = {
    0, 1, 2, 7, 8, 16, 24, 4095, 4096, 4097, 65536, 0x7fffffff, 0x80000000, 0xffffffff, 1ul << 40, 1ul << 47, 0x7ffffffff000, 0x7fffffffeff8, NON_CANONICAL, KERNEL_ADDRESS,
    DIRECT_MAP_ADDRESS, 1ul << 63, -4096ul, -100ul, -8ul, -1ul,
};

#define PICK(array) (array)[random_below(&state, sizeof(array) / sizeof (array)[0])]

static uint64_t
argument(void)
{
    switch (random_below(&state, 8)) {
    case 0: return PICK(edge);
    case 1: return (uint64_t)PICK(path);
    case 2: return random_below(&state, 12);                                /* a descriptor, a signal, a flag */
    case 3: return (uint64_t)area + random_below(&state, sizeof area);
    case 4: return ((uint64_t)area + random_below(&state, sizeof area)) & ~7ul;
    case 5: return (uint64_t)area + sizeof area - random_below(&state, 64); /* to the end, and what follows */
    case 6: return 1ul << random_below(&state, 30);
    default: return random_below(&state, 65536);
    }
}

static bool is_kill(long number) { return number == NR_kill || number == NR_tkill || number == NR_tgkill; }
static bool is_fork(long number) { return number == NR_fork || number == NR_vfork || number == NR_clone; }

/* Not these: process 1's friends, and what would take all memory that there is from the others. */
static void
tame(long number, uint64_t *a)
{
    if (is_kill(number))
        a[0] = port_getpid();
    if (number == NR_mmap && a[1] < 1ul << 40)
        a[1] &= 0xffff;
}

static void
call_at_random(void)
{
    uint64_t a[6];
    long number = random_below(&state, NUMBERS);
    for (int i = 0; i < 6; i++)
        a[i] = argument();
    tame(number, a);
    for (int i = 0; i < 16; i++)
        ((uint64_t *)area)[random_below(&state, sizeof area / 8)] = argument();
    long result = unix_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (is_fork(number) && result == 0)
        unix_exit(0);
}

static _Noreturn void
be_wild(int seed)
{
    state = RANDOM_SEED + seed * 7919;
    long null = CALL(open, "/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; fd++)
        CALL(dup2, null, fd); /* the console is for the report */
    int pipe[2];
    CALL(pipe, pipe);
    CALL(mkdir, "/tmp/b", 0755);
    for (int i = 0; i < CALLS; i++)
        call_at_random();
    unix_exit(0);
}

/* Its status; one that waits for what never comes is killed. */
static bool
end_of(long pid)
{
    int status;
    for (int ms = 0; ms < PATIENCE_MS; ms++) {
        if (CALL(wait4, pid, &status, WNOHANG) == pid)
            return true;
        sleep_ms(1);
    }
    CALL(kill, pid, SIGKILL);
    return status_of(pid) >= 0; /* it may have been quicker */
}

int
main(void)
{
    check_begin("random-calls");
    bool all = true;
    for (int seed = 0; seed < CHILDREN; seed++) {
        long pid = CALL(fork);
        if (pid == 0)
            be_wild(seed);
        all &= pid > 0 && end_of(pid);
    }
    check(all, "each of 150 wild children ends");
    check(CALL(getpid) == port_getpid() && in_child(port_getppid) >= 0, "their parent is well");
    return check_end();
}
