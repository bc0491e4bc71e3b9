/* Clocks go on, at one speed, and sleeping by them takes as long as was asked for. */

#include "calls.h"

enum { NR_gettimeofday = 96, NR_time = 201, NR_clock_getres = 229, NR_clock_nanosleep = 230, REALTIME = 0, MONOTONIC = 1, ABSOLUTE = 1 };
#define SECOND 1000000000l

static long
now_on(int clock)
{
    struct timespec t = {0, 0};
    CALL(clock_gettime, clock, &t);
    return t.seconds * SECOND + t.nanoseconds;
}

static struct timespec
span(long ns)
{
    return (struct timespec){ns / SECOND, ns % SECOND};
}

int
main(void)
{
    check_begin("clocks");
    bool forward = true;
    for (long i = 0, last = now_on(MONOTONIC), now; i < 1000; i++, last = now)
        forward &= (now = now_on(MONOTONIC)) >= last;
    check(forward, "the monotonic clock never goes back");

    long real = now_on(REALTIME), mono = now_on(MONOTONIC);
    struct timespec t = span(70000000);
    check(CALL(nanosleep, &t, 0) == 0, "nanosleep");
    long real_slept = now_on(REALTIME) - real, slept = now_on(MONOTONIC) - mono;
    check(slept >= 70000000 && slept < 250000000 && real_slept >= slept - 30000000 && real_slept <= slept + 30000000, "as long as asked for, on both clocks");
    t = span(now_on(MONOTONIC) + 50000000);
    long until = t.seconds * SECOND + t.nanoseconds;
    check(CALL(clock_nanosleep, MONOTONIC, ABSOLUTE, &t, 0) == 0 && now_on(MONOTONIC) >= until, "clock_nanosleep to a moment");
    check(CALL(clock_nanosleep, MONOTONIC, ABSOLUTE, &t, 0) == 0 && now_on(MONOTONIC) < until + 100000000, "a moment that has passed is no time at all");

    struct timespec day;
    long seconds = CALL(time, 0), told = 0;
    CALL(gettimeofday, &day, 0);
    check(CALL(time, &told) - seconds <= 1 && told - seconds <= 1 && day.seconds - seconds <= 1 && day.seconds >= seconds && now_on(REALTIME) / SECOND - seconds <= 1, "time, gettimeofday and clock_gettime tell one time");
    check(seconds > 1500000000 && seconds < 4000000000, "of this century");
    check(CALL(clock_getres, MONOTONIC, &t) == 0 && t.seconds == 0 && t.nanoseconds > 0 && CALL(clock_getres, MONOTONIC, 0) == 0, "clock_getres");
    struct timespec wrong = {0, SECOND}, below = {-1, 0};
    check(CALL(nanosleep, &wrong, 0) == -EINVAL && CALL(nanosleep, &below, 0) == -EINVAL && CALL(clock_gettime, 99, &t) == -EINVAL && CALL(clock_nanosleep, 99, 0, &t, 0) == -EINVAL, "no time; no clock");
    return check_end();
}
