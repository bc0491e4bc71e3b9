/* stride.c - Figure 3: three processes increment counters in shared memory, scheduled 3:2:1 by a stride scheduler that is an ordinary application.
 *
 * This program owns the slices; whenever one starts it computes who is next and yields to it by name. The order must be 3, 2, 3, 3, 1, 2 for ever, and no process further than
 * one quantum from its ideal; it fails otherwise.
 * A counter counts units of 1000 instructions, begun anew in each quantum: so where exactly the timer fires, which differs by two instructions between emulators, does not enter.
 */

#include <exos/env.h>
#include <exos/memory.h>
#include <exos/stride.h>
#include <exos/syscall.h>
#include <exos/transfer.h>
#include <workload.h>

EXPERIMENT("stride", "Figure 3", "Stride scheduler: cumulative counters of three processes with 3:2:1 shares");

#define TEN(point, tens) \
    point(tens "0") point(tens "1") point(tens "2") point(tens "3") point(tens "4") point(tens "5") point(tens "6") point(tens "7") point(tens "8") point(tens "9")
#define HUNDRED(point)                                                                                                                         \
    point("1") point("2") point("3") point("4") point("5") point("6") point("7") point("8") point("9") TEN(point, "1") TEN(point, "2") TEN(point, "3") \
    TEN(point, "4") TEN(point, "5") TEN(point, "6") TEN(point, "7") TEN(point, "8") TEN(point, "9") point("100")
#define RAN(quantum) OPERATION("ran-" quantum, "share of the process that ran in this quantum");
#define WORK(quantum) OPERATION("work-" quantum, "that process's counter after it: units of 1000 instructions");
HUNDRED(RAN)
HUNDRED(WORK)

enum { QUANTA = 100, PROCESSES = 3, TOTAL = 6, UNIT = 1000, PERIOD = 6 };

/* In this order, which breaks ties. */
static const uint32_t share[PROCESSES] = {3, 1, 2};
static const uint32_t expected[PERIOD] = {3, 2, 3, 3, 1, 2};

#define COUNTERS ((volatile uint32_t *)0x53010000) /* seen by all */
#define AREA(i) ((void *)(0x51000000ul + (i) * AEGIS_PAGE_SIZE))

static struct exos_env process[PROCESSES];
static struct exos_stride scheduler;
static struct { uint32_t share, work; } history[QUANTA];

/* UNIT instructions, with the jump back. */
static void
count(unsigned i)
{
    uint32_t turns;
    for (;;)
        asm volatile("mov %2, %0\n1:\tdec %0\n\tjnz 1b\n\tnop\n\tincl %1" : "=&r"(turns), "+m"(COUNTERS[i]) : "i"((UNIT - 4) / 2));
}

/* The processes' slice starts, and their common slice end: there is nothing to save. */
static void count_0(void) { count(0); }
static void count_1(void) { count(1); }
static void count_2(void) { count(2); }
static void (*const start[PROCESSES])(void) = {count_0, count_1, count_2};
static void end(void) { sys_slice_done(); }

static bool
create(unsigned i)
{
    if (exos_env_create(&process[i], AREA(i)) < 0 || exos_env_share(&process[i], (void *)COUNTERS, 1, AEGIS_READ | AEGIS_WRITE) < 0)
        return false;
    process[i].area->slice_start_pc = (uint32_t)(uintptr_t)start[i];
    process[i].area->slice_end_pc = (uint32_t)(uintptr_t)end;
    return exos_stride_set(&scheduler, process[i].id, share[i]) == 0;
}

static unsigned
index_of(uint32_t env)
{
    unsigned i = 0;
    while (i < PROCESSES - 1 && process[i].id != env)
        i++;
    return i;
}

static void
run(void)
{
    for (int quantum = 0; quantum < QUANTA; quantum++) {
        unsigned ran = index_of(exos_stride_quantum(&scheduler));
        history[quantum].share = share[ran];
        history[quantum].work = COUNTERS[ran];
    }
}

/* How many of the quanta were given in the wrong order, or left somebody more than a quantum from share / 6 of the time. */
static unsigned
wrong(void)
{
    unsigned wrong = 0, had[TOTAL + 1] = {0};
    for (unsigned quantum = 0; quantum < QUANTA; quantum++) {
        wrong += history[quantum].share != expected[quantum % PERIOD];
        had[history[quantum].share]++;
        for (unsigned i = 0; i < PROCESSES; i++) {
            int ahead = (int)(had[share[i]] * TOTAL) - (int)((quantum + 1) * share[i]);
            wrong += ahead > TOTAL || ahead < -TOTAL;
        }
    }
    return wrong;
}

/* NAME-QUANTUM. */
static const char *
point(const char *name, unsigned quantum)
{
    static char text[16];
    char *out = text;
    while (*name)
        *out++ = *name++;
    *out++ = '-';
    for (unsigned ten = 100; ten > 0; ten /= 10)
        if (quantum >= ten)
            *out++ = '0' + quantum / ten % 10;
    *out = 0;
    return text;
}

int
main(void)
{
    workload_begin("stride");
    bool made = exos_page_map((void *)COUNTERS, AEGIS_READ | AEGIS_WRITE, NULL) == 0;
    for (unsigned i = 0; i < PROCESSES; i++)
        made = made && create(i);
    if (!made) {
        fail("ran-1", "the three processes could not be made");
        return workload_end();
    }
    run();
    for (unsigned i = 0; i < PROCESSES; i++)
        sys_env_destroy(process[i].cap.name, process[i].cap.check);
    for (unsigned quantum = 1; quantum <= QUANTA; quantum++) {
        report_count(point("ran", quantum), history[quantum - 1].share);
        report_count(point("work", quantum), history[quantum - 1].work);
    }
    if (wrong())
        fail("ran-1", "the order is not 3, 2, 3, 3, 1, 2 for ever, or somebody is more than a quantum from its ideal");
    return workload_end();
}
