/* probe.c - a QEMU TCG plugin: what the law of difference needs to know about each measured region.
 *
 *     qemu-system-x86_64 ... -plugin build/probe/probe.so,out=FILE,vector0=0xADDR,vector1=0xADDR,...
 *
 * It sees every executed instruction of a one-CPU guest. Between two `rdtsc` executed one after the other at user
 * addresses (below 2^47, taken to run at CPL 3) it counts, and writes in execution order, one line:
 *
 *     interval BEGIN END and a number for each name in the file's first line, `columns NAME ...`
 *
 *     BEGIN END   addresses of the two rdtsc
 *     insns       instructions that completed from the first rdtsc, itself counted, to the second, not counted. One pass of a
 *                 rep string instruction is one. That is what QEMU's tick counts, so insns = the guest's raw tick difference
 *     R           rep string instructions with N >= 1 that ended because rcx reached 0
 *     F           instructions that faulted at run time, and so did not complete
 *     D           #DB single-step traps
 *     unknown     events that could be one or the other; where it is not 0 the other numbers are not to be trusted
 *     user        those of insns that are at user addresses; the others are the kernel's
 *     loads stores   accesses to memory that instructions made: not fetches, not what the processor itself pushes for an exception or interrupt
 *     exceptions  entries through a vector that was given
 *     entries returns cr3 invlpg wrmsr io   completed syscall, sysenter, int; sysret, sysexit, iret; mov to cr3; invlpg; wrmsr; in and out of any kind
 *     rep         rep string instructions begun or gone on with; each is one, however many its passes
 *
 * and `end N` (N intervals written) when QEMU exits. Without that line the file is not whole. Longer intervals than MAX_INSNS are
 * no measured region and get no line. `vectorN` is the first instruction of the kernel's entry for exception N. With options
 * `region=...` it also records which instructions ran: record.h.
 *
 * It begins to watch when the first program begins: the boot before that is run unwatched, at full speed.
 * It reads no clock and no register, and changes nothing: guest ticks are the same with and without it. What R, F and D are
 * for, and the law itself, is harness/crosscheck/law.py's. Interrupts need no vector: their delivery counts 0 in both emulators.
 *
 * How it tells:
 *   - QEMU reports an instruction before executing it. So an exception's cause is the instruction reported just before the
 *     vector's first one, and a fault leaves that instruction reported but not completed.
 *   - QEMU executes `rep` as N + 1 passes over one address; only the last, which finds rcx = 0, touches no memory.
 *   - A fault on fetching an instruction is reported as nothing at all, so after an instruction whose successor need not be
 *     fetchable (a jump, the last one of a page) it cannot be told from a fault of that instruction: UNKNOWN. But one that
 *     has not made all its accesses to memory has faulted itself.
 */
#include "insn.h"
#include "plugin_api.h"
#include "record.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int qemu_plugin_version = 1;
int qemu_plugin_install(plugin_id_t id, const struct plugin_guest *guest, int argc, char **argv);

enum {
    NVECTORS = 32,
    PAGE_SIZE = 4096,
    MAX_INSNS = 1000000000,
};

/* The columns of an interval but for those of insn.h's EVENTS: `COLUMN(field, name in the output)`. */
#define COLUMNS(COLUMN)      \
    COLUMN(insns, "insns")   \
    COLUMN(r, "R")           \
    COLUMN(f, "F")           \
    COLUMN(d, "D")           \
    COLUMN(unknown, "unknown") \
    COLUMN(user, "user")     \
    COLUMN(loads, "loads")   \
    COLUMN(stores, "stores") \
    COLUMN(exceptions, "exceptions")

#define COUNT(field, name) uint64_t field;
struct counts {
    COLUMNS(COUNT)
    uint64_t event[NEVENTS];
};
#undef COUNT

static FILE *out;
static uint64_t nintervals;
static uint64_t vector_va[NVECTORS]; // 0: not given

static struct counts counts;     // since the last user rdtsc
static const struct insn *begin; // that rdtsc, or NULL
static const struct insn *last;  // the instruction reported before this one, or NULL
static unsigned last_accesses;   // to memory, in its latest pass
static bool last_came_again;     // and this pass of it followed another

static int
vector_at(uint64_t va)
{
    for (int vector = 0; vector < NVECTORS; vector++)
        if (vector_va[vector] && vector_va[vector] == va)
            return vector;
    return NO_VECTOR;
}

/* ---- at execution ---- */

static uint64_t
next_va(const struct insn *insn)
{
    return insn->va + insn->size;
}

/* Whether a fetch fault may have followed `insn` though it completed. */
static bool
successor_may_fault(const struct insn *insn)
{
    return insn->kind == JUMP || insn->kind == SYSCALL || insn->va / PAGE_SIZE != next_va(insn) / PAGE_SIZE;
}

/* `insn` is counted as completed (1), or it turns out that it was not (-1). */
static void
count_insn(const struct insn *insn, int by)
{
    counts.insns += by;
    if (insn_is_user(insn))
        counts.user += by;
    if (insn->event != NO_EVENT && !(insn->event == EVENT_REP_STRING && last_came_again))
        counts.event[insn->event] += by;
}

/* `last` faulted. */
static void
count_fault(void)
{
    counts.f++;
    count_insn(last, -1);
    record_fault();
}

/* The same where the fault may also be that of fetching what comes behind it. */
static void
count_fault_or_fetch(void)
{
    count_fault();
    if (successor_may_fault(last) && last_accesses >= last->accesses)
        counts.unknown++;
}

/* Exception `vector` was entered; `last` is the instruction before it. */
static void
count_exception(int vector)
{
    counts.exceptions++;
    switch (vector) {
    case 0:
    case 12: count_fault(); break; // no fetch raises these
    case 14: count_fault_or_fetch(); break;
    case 13:
        if (last->kind != INT_N && !(last->kind == PRIVILEGED && insn_is_user(last)))
            count_fault_or_fetch();
        break;
    case 6: // decided while translating, but for `syscall` with SCE clear and a few that need a CR4 bit
        if (last->kind == SYSCALL)
            count_fault();
        else if (last->kind != UD)
            counts.unknown++;
        break;
    case 1: // a trap: `last` completed, unless it was a pass of `rep`, of which the emulators trap different ones
        counts.d++;
        if (last->kind == REP || last->kind == INT_N)
            counts.unknown++;
        break;
    case 3:
    case 7: // decided while translating
        break;
    default: counts.unknown++;
    }
}

/* `last` was a pass of a rep string instruction, and `now` is not another pass of it. */
static void
count_rep(const struct insn *now)
{
    if (now->va != next_va(last)) // an interrupt, perhaps before the pass that finds rcx = 0
        counts.unknown++;
    else if (last_came_again && last_accesses == 0)
        counts.r++;
}

static void
write_columns(void)
{
#define NAME(constant, name) " " name
    fprintf(out, "columns" COLUMNS(NAME) EVENTS(NAME) "\n");
#undef NAME
}

static void
write_interval(uint64_t begin_va, uint64_t end_va)
{
    fprintf(out, "interval 0x%" PRIx64 " 0x%" PRIx64, begin_va, end_va);
#define NUMBER(field, name) fprintf(out, " %" PRIu64, counts.field);
    COLUMNS(NUMBER)
#undef NUMBER
    for (int i = 0; i < NEVENTS; i++)
        fprintf(out, " %" PRIu64, counts.event[i]);
    fputc('\n', out);
    nintervals++;
}

/* Close the interval that ends in the user rdtsc `now` and open the next one. */
static void
interval_turn(struct insn *now)
{
    record_turn(begin, counts.insns, now);
    if (begin && counts.insns < MAX_INSNS)
        write_interval(begin->va, now->va);
    counts = (struct counts){0};
    begin = now;
}

static void
on_execute(unsigned cpu, void *data)
{
    (void)cpu;
    struct insn *now = data;
    bool again = last && last->va == now->va;
    if (last && now->vector != NO_VECTOR)
        count_exception(now->vector);
    else if (last && last->kind == REP && !again)
        count_rep(now);
    if (now->kind == RDTSC && insn_is_user(now))
        interval_turn(now);
    record_insn(now);
    last_came_again = again;
    last_accesses = 0;
    last = now;
    count_insn(now, 1);
}

static void
on_memory(unsigned cpu, uint32_t info, uint64_t va, void *data)
{
    (void)cpu, (void)va, (void)data;
    if (qemu_plugin_mem_is_store(info))
        counts.stores++;
    else
        counts.loads++;
    last_accesses++;
}

/* QEMU never says when it drops a translation, so the descriptions live until exit: some 48 bytes an instruction translated. */
static void
on_translate(plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    size_t ninsns = qemu_plugin_tb_n_insns(block);
    struct insn *insns = calloc(ninsns, sizeof *insns);
    if (!insns) {
        fprintf(stderr, "probe: out of memory\n");
        exit(1);
    }
    for (size_t i = 0; i < ninsns; i++) {
        struct qemu_plugin_insn *handle = qemu_plugin_tb_get_insn(block, i);
        insns[i] = insn_decode(qemu_plugin_insn_data(handle), qemu_plugin_insn_size(handle), qemu_plugin_insn_vaddr(handle));
        insns[i].vector = vector_at(insns[i].va);
        qemu_plugin_register_vcpu_insn_exec_cb(handle, on_execute, PLUGIN_NO_REGS, &insns[i]);
        qemu_plugin_register_vcpu_mem_cb(handle, on_memory, PLUGIN_NO_REGS, PLUGIN_READ_OR_WRITE, NULL);
    }
}

static void
on_quit(plugin_id_t id, void *data)
{
    (void)id, (void)data;
    record_write(out);
    fprintf(out, "end %" PRIu64 "\n", nintervals);
    if (fclose(out) != 0)
        fprintf(stderr, "probe: cannot write the output: %s\n", strerror(errno));
}

/* ---- the boot, which is not watched: Linux takes billions of instructions to it, and watching costs several times as much as running ---- */

static void
watch(plugin_id_t id)
{
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_quit, NULL);
}

/* Programs begin when code at a user address follows code of the kernel's half: before that, low addresses are a loader's. QEMU then drops all that it has
 * translated, and what it translates again is watched. */
static void
on_translate_boot(plugin_id_t id, struct qemu_plugin_tb *block)
{
    static bool kernel_seen, over;
    bool user = insn_is_user_va(qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(block, 0)));
    kernel_seen |= !user;
    if (user && kernel_seen && !over) {
        over = true;
        qemu_plugin_reset(id, watch);
    }
}

/* ---- installation ---- */

static int
refuse(const char *what, const char *why)
{
    fprintf(stderr, "probe: %s: %s\n", what, why);
    return -1;
}

/* Read `vectorN=0xADDR`. Returns false if `option` is not of that form. */
static bool
read_vector(const char *option)
{
    char *end;
    if (strncmp(option, "vector", 6) != 0)
        return false;
    unsigned long vector = strtoul(option + 6, &end, 10);
    if (end == option + 6 || vector >= NVECTORS || strncmp(end, "=0x", 3) != 0)
        return false;
    const char *address = end + 3;
    vector_va[vector] = strtoull(address, &end, 16);
    return end != address && *end == '\0' && vector_va[vector] != 0;
}

int
qemu_plugin_install(plugin_id_t id, const struct plugin_guest *guest, int argc, char **argv)
{
    static const int needed[] = {0, 1, 6, 12, 13, 14};
    const char *path = NULL;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "out=", 4) == 0 && argv[i][4] != '\0')
            path = argv[i] + 4;
        else if (!read_vector(argv[i]) && !record_option(argv[i]))
            return refuse(argv[i], "not an option; give out=FILE, vectorN=0xADDRESS with N from 0 to 31, at most 256 of region=0xBEGIN:0xEND:INSNS");
    }
    if (!path)
        return refuse("out", "missing; give out=FILE, the file to write");
    for (int i = 0; i < NVECTORS; i++)
        if (vector_at(vector_va[i]) != i && vector_va[i])
            return refuse("vectors", "two have the same address; give each exception an entry of its own");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!vector_va[needed[i]])
            return refuse("vectors", "give vectorN=0xADDRESS for each of 0, 1, 6, 12, 13 and 14: without them faults go uncounted");
    if (!guest->system_emulation || strcmp(guest->target_name, "x86_64") != 0 || guest->system.max_vcpus != 1)
        return refuse("guest", "not an x86_64 machine with one CPU; run qemu-system-x86_64 without -smp");
    out = fopen(path, "w");
    if (!out)
        return refuse(path, strerror(errno));
    write_columns();
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate_boot);
    qemu_plugin_register_atexit_cb(id, on_quit, NULL);
    return 0;
}
