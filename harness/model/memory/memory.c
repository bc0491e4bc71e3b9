/* memory.c - a QEMU TCG plugin: what each measured region would ask of the memory of some machine, by simulation.
 *
 *     qemu-system-x86_64 ... -plugin build/memory/memory.so,out=FILE,machine=NAME:TLB:L1I:L1D:L2[,machine=...]
 *
 * TLB is ENTRIES/WAYS/TAGGED (1: survives a change of address space), each cache BYTES/WAYS/LINE (0/1/16: there is none). They are warm as a
 * machine's would be: everything since the boot has gone through them. All forget the least recently used; stores take their line in, as loads do.
 * Caches go by physical addresses, the TLB by virtual ones, 4096 bytes a page whatever the page tables have. Which page an invlpg names cannot be seen from
 * here, so none is forgotten for it. An access that reaches into a second line counts in its first.
 *
 * Between two `rdtsc` executed one after the other at user addresses it writes, in execution order, one line:
 *
 *     interval BEGIN END and a number for each name in the file's first line, `columns NAME ...`
 *
 *     insns       instructions begun from the first rdtsc on, those that faulted too; one pass of a rep is one
 *     loads stores entries cr3 invlpg wrmsr io rep   as in probe.c
 *     sysrets irets   the two ways back
 *     exceptions  user code was left by other means than an instruction for it: an exception or an interrupt. Those of the kernel itself are not seen
 *     NAME.tlb NAME.l1i NAME.l1d NAME.l2   misses in each; of l2 those of l1i and l1d that it had not either
 *
 * and `end N` when QEMU exits. What the numbers might cost is harness/model/cost_model.py's. It reads no clock and changes nothing in the guest.
 */
#include "../../crosscheck/probe/insn.h"
#include "../../crosscheck/probe/plugin_api.h"
#include "cache.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct qemu_plugin_hwaddr;
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(uint32_t info, uint64_t va);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *address);
void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn);

int qemu_plugin_version = 1;
int qemu_plugin_install(plugin_id_t id, const struct plugin_guest *guest, int argc, char **argv);

enum { MAX_MACHINES = 4, PAGE_SHIFT = 12, MIN_LINE_SHIFT = 4, NLEVELS = 4 };
static const uint64_t KERNEL_HALF = 1ull << (63 - PAGE_SHIFT); // of a page's number
static const char *const LEVEL[NLEVELS] = {"tlb", "l1i", "l1d", "l2"};

struct machine {
    char name[32];
    bool tagged;
    unsigned line_shift[NLEVELS]; // of the caches
    struct cache level[NLEVELS];
    uint64_t misses[NLEVELS];
};

struct code { // an instruction, and where it is
    struct insn insn;
    uint64_t where; // physical, up to a constant
    bool iret;
};

#define COLUMNS(COLUMN) COLUMN(insns) COLUMN(loads) COLUMN(stores) COLUMN(exceptions) COLUMN(sysrets) COLUMN(irets)
#define FIELD(name) uint64_t name;
static struct {
    COLUMNS(FIELD)
    uint64_t event[NEVENTS];
} counts; // since the last user rdtsc
#undef FIELD

static FILE *out;
static struct machine machines[MAX_MACHINES];
static unsigned nmachines;
static uint64_t nintervals;
static const struct code *begin, *last;
static uint64_t fetched_line = -1, touched_line = -1; // the same again misses nowhere
static uint64_t fetched_page = -1, touched_page = -1;

/* ---- the machines ---- */

static void
use_page(uint64_t va)
{
    for (struct machine *m = machines; m < machines + nmachines; m++)
        if (!cache_use(&m->level[0], va >> PAGE_SHIFT))
            m->misses[0]++;
}

static void
use_line(unsigned level, uint64_t where)
{
    for (struct machine *m = machines; m < machines + nmachines; m++)
        if (!cache_use(&m->level[level], where >> m->line_shift[level])) {
            m->misses[level]++;
            if (!cache_use(&m->level[3], where >> m->line_shift[3]))
                m->misses[3]++;
        }
}

/* Another address space: a TLB without tags forgets the user's half; the kernel's is the same everywhere. */
static void
drop_user_pages(void)
{
    for (struct machine *m = machines; m < machines + nmachines; m++)
        if (!m->tagged)
            cache_drop_all(&m->level[0], KERNEL_HALF, 0);
    fetched_page = touched_page = -1;
}

/* ---- at execution ---- */

static void
write_interval(uint64_t first, uint64_t second)
{
    fprintf(out, "interval 0x%" PRIx64 " 0x%" PRIx64, first, second);
#define NUMBER(name) fprintf(out, " %" PRIu64, counts.name);
    COLUMNS(NUMBER)
#undef NUMBER
    for (int i = 0; i < NEVENTS; i++)
        fprintf(out, " %" PRIu64, counts.event[i]);
    for (unsigned m = 0; m < nmachines; m++)
        for (int level = 0; level < NLEVELS; level++)
            fprintf(out, " %" PRIu64, machines[m].misses[level]);
    fputc('\n', out);
    nintervals++;
}

static void
interval_turn(const struct code *now)
{
    if (begin)
        write_interval(begin->insn.va, now->insn.va);
    memset(&counts, 0, sizeof counts);
    for (unsigned m = 0; m < nmachines; m++)
        memset(machines[m].misses, 0, sizeof machines[m].misses);
    begin = now;
}

static void
count_event(const struct code *now)
{
    enum event event = now->insn.event;
    if (event == EVENT_REP_STRING && last && last->insn.va == now->insn.va)
        return; // another pass
    counts.event[event]++;
    if (event == EVENT_TRAP_RETURN)
        now->iret ? counts.irets++ : counts.sysrets++;
    if (event == EVENT_CR3_WRITE)
        drop_user_pages();
}

static void
on_execute(unsigned cpu, void *data)
{
    (void)cpu;
    const struct code *now = data;
    if (now->insn.kind == RDTSC && insn_is_user(&now->insn))
        interval_turn(now);
    if (last && insn_is_user(&last->insn) && !insn_is_user(&now->insn) && last->insn.event != EVENT_SYSTEM_ENTRY)
        counts.exceptions++;
    counts.insns++;
    if (now->insn.va >> PAGE_SHIFT != fetched_page) {
        fetched_page = now->insn.va >> PAGE_SHIFT;
        use_page(now->insn.va);
    }
    if (now->where >> MIN_LINE_SHIFT != fetched_line) {
        fetched_line = now->where >> MIN_LINE_SHIFT;
        use_line(1, now->where);
    }
    if (now->insn.event != NO_EVENT)
        count_event(now);
    last = now;
}

static void
on_memory(unsigned cpu, uint32_t info, uint64_t va, void *data)
{
    (void)cpu, (void)data;
    if (qemu_plugin_mem_is_store(info))
        counts.stores++;
    else
        counts.loads++;
    if (va >> PAGE_SHIFT == touched_page && va >> MIN_LINE_SHIFT == touched_line)
        return;
    touched_line = va >> MIN_LINE_SHIFT;
    if (va >> PAGE_SHIFT != touched_page) {
        touched_page = va >> PAGE_SHIFT;
        use_page(va);
    }
    struct qemu_plugin_hwaddr *where = qemu_plugin_get_hwaddr(info, va);
    use_line(2, where ? qemu_plugin_hwaddr_phys_addr(where) : va);
}

/* The descriptions live until exit: QEMU never says when it drops a translation. */
static void
on_translate(plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    size_t ninsns = qemu_plugin_tb_n_insns(block);
    struct code *code = calloc(ninsns, sizeof *code);
    if (!code) {
        fprintf(stderr, "memory: out of memory\n");
        exit(1);
    }
    for (size_t i = 0; i < ninsns; i++) {
        struct qemu_plugin_insn *handle = qemu_plugin_tb_get_insn(block, i);
        code[i].insn = insn_decode(qemu_plugin_insn_data(handle), qemu_plugin_insn_size(handle), qemu_plugin_insn_vaddr(handle));
        code[i].where = (uintptr_t)qemu_plugin_insn_haddr(handle);
        code[i].iret = code[i].insn.event == EVENT_TRAP_RETURN && code[i].insn.code[code[i].insn.size - 1] == 0xcf;
        qemu_plugin_register_vcpu_insn_exec_cb(handle, on_execute, PLUGIN_NO_REGS, &code[i]);
        qemu_plugin_register_vcpu_mem_cb(handle, on_memory, PLUGIN_NO_REGS, PLUGIN_READ_OR_WRITE, NULL);
    }
}

static void
on_quit(plugin_id_t id, void *data)
{
    (void)id, (void)data;
    fprintf(out, "end %" PRIu64 "\n", nintervals);
    if (fclose(out) != 0)
        fprintf(stderr, "memory: cannot write the output: %s\n", strerror(errno));
}

/* ---- installation ---- */

static int
refuse(const char *what, const char *why)
{
    fprintf(stderr, "memory: %s: %s\n", what, why);
    return -1;
}

static bool
power_of_two(unsigned n)
{
    return n && !(n & (n - 1));
}

/* Read `NAME:TLB:L1I:L1D:L2`. Returns false if `text` is not of that form, or the sizes make no cache. */
static bool
read_machine(const char *text)
{
    struct machine *m = &machines[nmachines];
    unsigned size[NLEVELS], ways[NLEVELS], third[NLEVELS];
    int used = 0;
    if (nmachines == MAX_MACHINES || sscanf(text, "%31[a-z0-9-]:%u/%u/%u:%u/%u/%u:%u/%u/%u:%u/%u/%u%n", m->name, &size[0], &ways[0], &third[0], &size[1], &ways[1], &third[1],
                                            &size[2], &ways[2], &third[2], &size[3], &ways[3], &third[3], &used) != 13 || text[used])
        return false;
    m->tagged = third[0];
    for (int level = 1; level < NLEVELS; level++) {
        if (!power_of_two(third[level]) || third[level] < 1u << MIN_LINE_SHIFT)
            return false;
        m->line_shift[level] = __builtin_ctz(third[level]);
        size[level] /= third[level];
    }
    for (int level = 0; level < NLEVELS; level++)
        if (!cache_init(&m->level[level], size[level], ways[level]))
            return false;
    nmachines++;
    return true;
}

static void
write_columns(void)
{
    fputs("columns", out);
#define NAME(name) fputs(" " #name, out);
    COLUMNS(NAME)
#undef NAME
#define NAME(constant, name) fputs(" " name, out);
    EVENTS(NAME)
#undef NAME
    for (unsigned m = 0; m < nmachines; m++)
        for (int level = 0; level < NLEVELS; level++)
            fprintf(out, " %s.%s", machines[m].name, LEVEL[level]);
    fputc('\n', out);
}

int
qemu_plugin_install(plugin_id_t id, const struct plugin_guest *guest, int argc, char **argv)
{
    const char *path = NULL;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "out=", 4) == 0 && argv[i][4] != '\0')
            path = argv[i] + 4;
        else if (strncmp(argv[i], "machine=", 8) != 0 || !read_machine(argv[i] + 8))
            return refuse(argv[i], "not an option; give out=FILE and up to four of machine=NAME:ENTRIES/WAYS/TAGGED:BYTES/WAYS/LINE:BYTES/WAYS/LINE:BYTES/WAYS/LINE");
    }
    if (!path || !nmachines)
        return refuse("options", "give out=FILE, the file to write, and at least one machine=");
    if (!guest->system_emulation || strcmp(guest->target_name, "x86_64") != 0 || guest->system.max_vcpus != 1)
        return refuse("guest", "not an x86_64 machine with one CPU; run qemu-system-x86_64 without -smp");
    out = fopen(path, "w");
    if (!out)
        return refuse(path, strerror(errno));
    write_columns();
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_quit, NULL);
    return 0;
}
