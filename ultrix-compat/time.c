/* time.c - the clock and sleeping by it: clock_gettime, clock_getres, gettimeofday, time, nanosleep, clock_nanosleep; contract in time.h. */

#include "time.h"
#include "abi.h"
#include "errors.h"
#include "syscall.h"
#include "user.h"
#include "wait.h"

enum { NS_PER_SECOND = 1000000000, NS_PER_MICROSECOND = 1000, LAST_SECOND = 1000000000 };

/* 1 January 2020, when every run begins (docs/method.md): there is no battery-backed clock to ask. */
#define BOOT_SECOND 1577836800l

static bool
is_realtime(u32 clock)
{
    return clock == CLOCK_REALTIME || clock == 5 /* _COARSE */ || clock == 11 /* TAI */;
}

static struct timespec
time_of(u64 ticks)
{
    return (struct timespec){ticks / TIME_HZ, ticks % TIME_HZ * TIME_NS_PER_TICK};
}

struct timespec
time_of_day(u64 ticks)
{
    struct timespec time = time_of(ticks);
    time.seconds += BOOT_SECOND;
    return time;
}

static struct timespec
now_on(u32 clock)
{
    return is_realtime(clock) ? time_of_day(time_now()) : time_of(time_now());
}

/* Ticks of a valid time; very long ones are as good as for ever. */
static u64
ticks_of(struct timespec time)
{
    u64 seconds = time.seconds < LAST_SECOND ? time.seconds : LAST_SECOND;
    return seconds * TIME_HZ + (time.nanoseconds + TIME_NS_PER_TICK - 1) / TIME_NS_PER_TICK;
}

long
time_read_deadline(va_t at, u32 clock, bool absolute, u64 *deadline)
{
    struct timespec time;
    if (user_read(&time, at, sizeof time) < 0)
        return -EFAULT;
    if (time.seconds < 0 || time.nanoseconds < 0 || time.nanoseconds >= NS_PER_SECOND)
        return -EINVAL;
    if (absolute && is_realtime(clock))
        time.seconds = time.seconds > BOOT_SECOND ? time.seconds - BOOT_SECOND : 0;
    *deadline = ticks_of(time) + (absolute ? 0 : time_now());
    if (*deadline == 0)
        *deadline = 1; /* long ago; 0 means none */
    return 0;
}

/* Sleep to the deadline: 0, or -EINTR with what is left of the time in `left`, if it is not NULL. */
static long
sleep(u64 deadline, va_t left)
{
    struct wait_queue nobody_wakes = {NULL, NULL};
    if (wait_until(&nobody_wakes, deadline) != -EINTR)
        return 0;
    u64 now = time_now();
    struct timespec rest = time_of(deadline > now ? deadline - now : 0);
    return left && user_write(left, &rest, sizeof rest) < 0 ? -EFAULT : -EINTR;
}

/* nanosleep(time, left or NULL). Returns 0; -EINTR, -EINVAL (no time), -EFAULT. */
long
sys_nanosleep(struct trapframe *t)
{
    u64 deadline;
    long error = time_read_deadline(t->rdi, CLOCK_MONOTONIC, false, &deadline);
    return error < 0 ? error : sleep(deadline, t->rsi);
}

/* clock_nanosleep(clock, flags, time, left or NULL). As nanosleep. */
long
sys_clock_nanosleep(struct trapframe *t)
{
    u64 deadline;
    bool absolute = t->rsi & TIMER_ABSTIME;
    if ((u32)t->rdi >= CLOCKS)
        return -EINVAL;
    long error = time_read_deadline(t->rdx, t->rdi, absolute, &deadline);
    return error < 0 ? error : sleep(deadline, absolute ? 0 : t->r10);
}

/* clock_gettime(clock, time). Returns 0; -EINVAL (no such clock), -EFAULT. All clocks are the one that there is. */
long
sys_clock_gettime(struct trapframe *t)
{
    struct timespec now = now_on(t->rdi);
    return (u32)t->rdi >= CLOCKS ? -EINVAL : user_write(t->rsi, &now, sizeof now);
}

/* clock_getres(clock, resolution or NULL). As clock_gettime. */
long
sys_clock_getres(struct trapframe *t)
{
    struct timespec resolution = {0, TIME_NS_PER_TICK};
    if ((u32)t->rdi >= CLOCKS)
        return -EINVAL;
    return t->rsi ? user_write(t->rsi, &resolution, sizeof resolution) : 0;
}

/* gettimeofday(time or NULL, zone or NULL). Returns 0; -EFAULT. */
long
sys_gettimeofday(struct trapframe *t)
{
    struct timespec now = now_on(CLOCK_REALTIME);
    const u64 greenwich = 0;
    now.nanoseconds /= NS_PER_MICROSECOND;
    if ((t->rdi && user_write(t->rdi, &now, sizeof now) < 0) || (t->rsi && user_write(t->rsi, &greenwich, sizeof greenwich) < 0))
        return -EFAULT;
    return 0;
}

/* time(seconds or NULL): seconds since 1970. -EFAULT. */
long
sys_time(struct trapframe *t)
{
    long seconds = now_on(CLOCK_REALTIME).seconds;
    return t->rdi && user_write(t->rdi, &seconds, sizeof seconds) < 0 ? -EFAULT : seconds;
}
