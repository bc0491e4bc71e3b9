/* time.h - the clock: guest instructions since the start, of which there are 25 million in a second (docs/method.md). */
#ifndef TIME_H
#define TIME_H

#include <machine/types.h>

enum { TIME_HZ = 25000000, TIME_NS_PER_TICK = 1000000000 / TIME_HZ };

/* Ticks since the machine's start. */
static inline u64
time_now(void)
{
    u32 low, high;
    asm volatile("rdtsc" : "=a"(low), "=d"(high));
    return (u64)high << 32 | low;
}

struct timespec;

/* The date at a moment, in ticks since the start. */
struct timespec time_of_day(u64 ticks);

/* Read a struct timespec of the user's: the moment when it is over, never 0. -EFAULT; -EINVAL: not a time. */
long time_read_deadline(va_t at, u32 clock, bool absolute, u64 *deadline);

#endif
