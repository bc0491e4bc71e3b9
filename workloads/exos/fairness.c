/* fairness.c - who gets the processor when one environment is slow to save its state and another never does (claim K-5)?
 *
 * Four equal slices. Three environments work in theirs, and count what they do in units of UNIT instructions, in slices and while saving. The honest one always saves at once.
 * The slow one, from interval SLOW_FROM on, works for 2.5 grace periods before it has saved: two excess slices each time. The last one stops saving in
 * interval NEVER_FROM and works on, until it is destroyed. This program has the fourth slice: it reads the counters once a round, and yields.
 *
 * All is counted in whole units begun anew in each slice, so that where exactly a timer fires, which differs by two instructions between emulators, does not enter.
 */

#include <aegis/info.h>
#include <exos/env.h>
#include <exos/memory.h>
#include <exos/slice.h>
#include <exos/syscall.h>
#include <exos/transfer.h>
#include <workload.h>

EXPERIMENT("fairness", "", "Shares of an honest, a slow-saving and a never-saving environment");

#define EACH_INTERVAL(series, title) \
    POINT(series, "1", title) POINT(series, "2", title) POINT(series, "3", title) POINT(series, "4", title) \
    POINT(series, "5", title) POINT(series, "6", title) POINT(series, "7", title) POINT(series, "8", title) \
    POINT(series, "9", title) POINT(series, "10", title) POINT(series, "11", title) POINT(series, "12", title)
#define POINT(series, interval, title) OPERATION(series "-" interval, title);

EACH_INTERVAL("honest-work", "units of 1000 instructions that the honest environment ran in this interval")
EACH_INTERVAL("slow-work", "units of 1000 instructions that the slow-saving environment ran in this interval, saving included")
EACH_INTERVAL("never-work", "units of 1000 instructions that the never-saving environment ran in this interval, until it was destroyed")
EACH_INTERVAL("honest-slices", "slices that the honest environment began in this interval")
EACH_INTERVAL("slow-slices", "slices that the slow-saving environment began in this interval")
EACH_INTERVAL("never-slices", "slices that the never-saving environment began in this interval")
EACH_INTERVAL("slow-forfeited", "slices that the slow-saving environment forfeited in this interval")

enum { INTERVALS = 12, ROUNDS = 6, SLOW_FROM = 4, NEVER_FROM = 8 };
enum { UNIT = 1000, SLOW_UNITS = 5 * AEGIS_GRACE / 2 / UNIT };
enum who { HONEST, SLOW, NEVER, WORKERS };

/* What all four see. */
struct shared {
    uint32_t interval;
    uint32_t work[WORKERS]; /* units */
};
#define SHARED ((volatile struct shared *)0x53010000)
#define AREA(who) ((void *)(0x51000000ul + (who) * AEGIS_PAGE_SIZE))

struct sample {
    uint32_t work, slices, forfeited;
};

static struct exos_env worker[WORKERS];
static struct sample history[INTERVALS + 1][WORKERS]; /* as read at the end of each interval; [0]: the beginning */

/* UNIT instructions, the last of which counts them. */
static inline void
unit(enum who who)
{
    uint32_t turns;
    asm volatile("mov %2, %0\n1:\tdec %0\n\tjnz 1b\n\tincl %1" : "=&r"(turns), "+m"(SHARED->work[who]) : "i"((UNIT - 2) / 2));
}

/* Entered at the end of a slice, on the slice handlers' stack, with nothing to save: the work is begun anew in the next slice. */
static void
slice_end_honest(void)
{
    sys_slice_done();
}

static void
slice_end_slow(void)
{
    for (int i = 0; SHARED->interval >= SLOW_FROM && i < SLOW_UNITS; i++)
        unit(SLOW);
    sys_slice_done();
}

static void
slice_end_never(void)
{
    while (SHARED->interval >= NEVER_FROM)
        unit(NEVER);
    sys_slice_done();
}

static void
slice_start_honest(void)
{
    for (;;)
        unit(HONEST);
}

static void
slice_start_slow(void)
{
    for (;;)
        unit(SLOW);
}

static void
slice_start_never(void)
{
    for (;;)
        unit(NEVER);
}

static uint32_t
entry(void (*code)(void))
{
    return (uint32_t)(uintptr_t)code;
}

static bool
create(enum who who, void (*start)(void), void (*end)(void))
{
    struct exos_env *env = &worker[who];
    if (exos_env_create(env, AREA(who)) < 0 || exos_env_share(env, (void *)SHARED, 1, AEGIS_READ | AEGIS_WRITE) < 0)
        return false;
    env->area->slice_start_pc = entry(start);
    env->area->slice_end_pc = entry(end);
    return exos_env_give_slice(env, who + 1) == 0;
}

/* The counters of an environment are those of its slot as long as it lives; after that they stay as they were. */
static void
look(struct sample *now, const struct sample *before)
{
    for (int i = 0; i < WORKERS; i++) {
        const volatile struct aegis_env_info *public = &AEGIS_INFO_POINTER->env[worker[i].id % AEGIS_ENVS];
        bool alive = public->id == worker[i].id;
        now[i].work = SHARED->work[i];
        now[i].slices = alive ? public->slices : before[i].slices;
        now[i].forfeited = alive ? public->forfeited : before[i].forfeited;
    }
}

static void
run(void)
{
    look(history[0], history[0]);
    for (uint32_t interval = 1; interval <= INTERVALS; interval++) {
        SHARED->interval = interval;
        for (int round = 0; round < ROUNDS; round++)
            exos_yield(0);
        look(history[interval], history[interval - 1]);
    }
}

/* NAME-INTERVAL. */
static const char *
point(const char *series, int interval)
{
    static char name[32];
    char *out = name;
    while (*series)
        *out++ = *series++;
    *out++ = '-';
    if (interval >= 10)
        *out++ = '0' + interval / 10;
    *out++ = '0' + interval % 10;
    *out = 0;
    return name;
}

static void
report_series(const char *series, enum who who, size_t member)
{
    for (int i = 1; i <= INTERVALS; i++) {
        uint32_t now = *(uint32_t *)((char *)&history[i][who] + member), before = *(uint32_t *)((char *)&history[i - 1][who] + member);
        report_count(point(series, i), now - before);
    }
}

int
main(void)
{
    workload_begin("fairness");
    if (exos_page_map((void *)SHARED, AEGIS_READ | AEGIS_WRITE, NULL) < 0 || !create(HONEST, slice_start_honest, slice_end_honest) ||
        !create(SLOW, slice_start_slow, slice_end_slow) || !create(NEVER, slice_start_never, slice_end_never)) {
        fail("honest-work-1", "the three environments could not be made");
        return workload_end();
    }
    run();
    for (int i = 0; i < WORKERS; i++)
        sys_env_destroy(worker[i].cap.name, worker[i].cap.check);
    exos_yield(0); /* the last slice left has no end */
    report_series("honest-work", HONEST, offsetof(struct sample, work));
    report_series("slow-work", SLOW, offsetof(struct sample, work));
    report_series("never-work", NEVER, offsetof(struct sample, work));
    report_series("honest-slices", HONEST, offsetof(struct sample, slices));
    report_series("slow-slices", SLOW, offsetof(struct sample, slices));
    report_series("never-slices", NEVER, offsetof(struct sample, slices));
    report_series("slow-forfeited", SLOW, offsetof(struct sample, forfeited));
    return workload_end();
}
