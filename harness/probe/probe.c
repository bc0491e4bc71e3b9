/* probe.c - a QEMU TCG plugin: what the law of difference needs to know about each measured region.
 *
 *     qemu-system-x86_64 ... -plugin build/probe/probe.so,out=FILE,vector0=0xADDR,vector1=0xADDR,...
 *
 * It sees every executed instruction of a one-CPU guest. Between two `rdtsc` executed one after the other at user
 * addresses (below 2^47, taken to run at CPL 3) it counts, and writes in execution order, one line:
 *
 *     interval BEGIN END INSNS R F D UNKNOWN
 *
 *     BEGIN END  addresses of the two rdtsc
 *     INSNS      instructions that completed from the first rdtsc, itself counted, to the second, not counted. One pass of a
 *                rep string instruction is one. That is what QEMU's tick counts, so INSNS = the guest's raw tick difference
 *     R          rep string instructions with N >= 1 that ended because rcx reached 0
 *     F          instructions that faulted at run time, and so did not complete
 *     D          #DB single-step traps
 *     UNKNOWN    events that could be one or the other; where it is not 0 the other numbers are not to be trusted
 *
 * and `end N` (N lines written) when QEMU exits. Without that line the file is not whole. Longer intervals than MAX_INSNS are
 * no measured region and get no line. `vectorN` is the first instruction of the kernel's entry for exception N.
 *
 * It reads no clock and no register, and changes nothing: guest ticks are the same with and without it. What R, F and D are
 * for, and the law itself, is harness/law.py's. Interrupts need no vector: their delivery counts 0 in both emulators.
 *
 * How it tells:
 *   - QEMU reports an instruction before executing it. So an exception's cause is the instruction reported just before the
 *     vector's first one, and a fault leaves that instruction reported but not completed.
 *   - QEMU executes `rep` as N + 1 passes over one address; only the last, which finds rcx = 0, touches no memory.
 *   - A fault on fetching an instruction is reported as nothing at all, so after an instruction whose successor need not be
 *     fetchable (a jump, the last one of a page) it cannot be told from a fault of that instruction: UNKNOWN.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of QEMU's plugin API, version 1, that we use. No Debian package ships qemu-plugin.h, so it is declared here after
 * "QEMU TCG Plugins" (docs/devel/tcg-plugins.rst of QEMU 7.2) and the API listing at its end. */
typedef uint64_t plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum plugin_regs { PLUGIN_NO_REGS };
enum plugin_access { PLUGIN_READ_OR_WRITE = 3 };
struct plugin_guest {
    const char *target_name;
    struct {
        int min, cur;
    } version;
    bool system_emulation;
    struct {
        int smp_vcpus, max_vcpus;
    } system;
};
typedef void plugin_translate_fn(plugin_id_t id, struct qemu_plugin_tb *block);
typedef void plugin_execute_fn(unsigned cpu, void *data);
typedef void plugin_memory_fn(unsigned cpu, uint32_t info, uint64_t va, void *data);
typedef void plugin_exit_fn(plugin_id_t id, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id_t id, plugin_translate_fn *fn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, plugin_execute_fn *fn, enum plugin_regs regs, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, plugin_memory_fn *fn, enum plugin_regs regs, enum plugin_access access, void *data);
void qemu_plugin_register_atexit_cb(plugin_id_t id, plugin_exit_fn *fn, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

int qemu_plugin_version = 1;
int qemu_plugin_install(plugin_id_t id, const struct plugin_guest *guest, int argc, char **argv);

enum {
    NVECTORS = 32,
    NO_VECTOR = -1,
    PAGE_SIZE = 4096,
    MAX_INSNS = 1000000000,
};
static const uint64_t USER_TOP = 1ull << 47;

enum kind {
    PLAIN,
    RDTSC,
    REP, // a string instruction with a rep prefix
    UD,  // ud0, ud1, ud2
    SYSCALL,
    JUMP,       // any other transfer of control: its successor may be anywhere
    INT_N,      // `int n` (#GP if its gate's DPL is too low) and int1
    PRIVILEGED, // at CPL 3 a #GP that QEMU decides while translating
};

struct insn {
    uint64_t va;
    enum kind kind;
    unsigned size;
    int vector; // the exception whose entry this is, or NO_VECTOR
};

struct counts {
    uint64_t insns, r, f, d, unknown;
};

static FILE *out;
static uint64_t nintervals;
static uint64_t vector_va[NVECTORS]; // 0: not given

static struct counts counts;     // since the last user rdtsc
static const struct insn *begin; // that rdtsc, or NULL
static const struct insn *last;  // the instruction reported before this one, or NULL
static bool last_touched_memory; // in its latest pass
static bool last_came_again;     // and this pass of it followed another

/* ---- at translation: what is this instruction? ---- */

static bool
is_prefix(unsigned byte)
{
    return byte == 0x66 || byte == 0x67 || byte == 0xf0 || byte == 0x2e || byte == 0x36 || byte == 0x3e || byte == 0x26 || byte == 0x64 || byte == 0x65;
}

/* Kind of the two-byte opcode 0F `op`, `modrm` being the byte after it. */
static enum kind
kind_of_0f(unsigned op, unsigned modrm)
{
    switch (op) {
    case 0x31: return RDTSC;
    case 0x0b:
    case 0xb9:
    case 0xff: return UD;
    case 0x05: return SYSCALL;
    case 0x07:
    case 0x34:
    case 0x35:
    case 0x80 ... 0x8f: return JUMP;
    case 0x00: // sldt, str, lldt, ltr; verr and verw are for everyone
        return ((modrm >> 3) & 7) < 4 ? PRIVILEGED : PLAIN;
    case 0x01: // with a memory operand sgdt to invlpg; with a register lmsw, smsw, swapgs and what is for everyone
        return modrm < 0xc0 || (modrm & 0xe8) == 0xe0 || modrm == 0xf8 ? PRIVILEGED : PLAIN;
    case 0x06:
    case 0x08:
    case 0x09:
    case 0x20 ... 0x23:
    case 0x30:
    case 0x32: return PRIVILEGED;
    default: return PLAIN;
    }
}

/* Kind of the 64-bit instruction in the `size` bytes at `code`. */
static enum kind
kind_of(const unsigned char *code, size_t size)
{
    unsigned char bytes[16] = {0};
    memcpy(bytes, code, size < 15 ? size : 15);
    const unsigned char *at = bytes;
    bool rep = false;
    while (at < bytes + 12 && (is_prefix(*at) || *at == 0xf2 || *at == 0xf3))
        rep |= *at++ >= 0xf2;
    if ((*at & 0xf0) == 0x40) // REX
        at++;

    switch (at[0]) {
    case 0x0f: return kind_of_0f(at[1], at[2]);
    case 0x6c ... 0x6f:
    case 0xa4 ... 0xa7:
    case 0xaa ... 0xaf: return rep ? REP : PLAIN;
    case 0x70 ... 0x7f:
    case 0xc2:
    case 0xc3:
    case 0xca:
    case 0xcb:
    case 0xcc:
    case 0xcf:
    case 0xe0 ... 0xe3:
    case 0xe8:
    case 0xe9:
    case 0xeb: return JUMP;
    case 0xff: // call, far call, jmp, far jmp through a register or memory
        return ((at[1] >> 3) & 7) >= 2 && ((at[1] >> 3) & 7) <= 5 ? JUMP : PLAIN;
    case 0xcd:
    case 0xf1: return INT_N;
    case 0xf4:
    case 0xfa:
    case 0xfb: return PRIVILEGED;
    default: return PLAIN;
    }
}

static int
vector_at(uint64_t va)
{
    for (int vector = 0; vector < NVECTORS; vector++)
        if (vector_va[vector] && vector_va[vector] == va)
            return vector;
    return NO_VECTOR;
}

/* ---- at execution ---- */

static bool
is_user(const struct insn *insn)
{
    return insn->va < USER_TOP;
}

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

static void
count_fault(void)
{
    counts.f++;
    counts.insns--;
    if (successor_may_fault(last))
        counts.unknown++;
}

/* Exception `vector` was entered; `last` is the instruction before it. */
static void
count_exception(int vector)
{
    switch (vector) {
    case 0:
    case 12:
    case 14: count_fault(); break;
    case 13:
        if (last->kind != INT_N && !(last->kind == PRIVILEGED && is_user(last)))
            count_fault();
        break;
    case 6: // decided while translating, but for `syscall` with SCE clear and a few that need a CR4 bit
        if (last->kind == SYSCALL) {
            counts.f++;
            counts.insns--;
        } else if (last->kind != UD) {
            counts.unknown++;
        }
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
    else if (last_came_again && !last_touched_memory)
        counts.r++;
}

/* Close the interval that ends in the user rdtsc `now` and open the next one. */
static void
interval_turn(const struct insn *now)
{
    if (begin && counts.insns < MAX_INSNS) {
        fprintf(out, "interval 0x%" PRIx64 " 0x%" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", begin->va, now->va, counts.insns,
                counts.r, counts.f, counts.d, counts.unknown);
        nintervals++;
    }
    counts = (struct counts){0};
    begin = now;
}

static void
on_execute(unsigned cpu, void *data)
{
    (void)cpu;
    const struct insn *now = data;
    bool again = last && last->va == now->va;
    if (last && now->vector != NO_VECTOR)
        count_exception(now->vector);
    else if (last && last->kind == REP && !again)
        count_rep(now);
    if (now->kind == RDTSC && is_user(now))
        interval_turn(now);
    counts.insns++;
    last_came_again = again;
    last_touched_memory = false;
    last = now;
}

static void
on_memory(unsigned cpu, uint32_t info, uint64_t va, void *data)
{
    (void)cpu, (void)info, (void)va, (void)data;
    last_touched_memory = true;
}

/* QEMU never says when it drops a translation, so the descriptions live until exit: some 24 bytes an instruction translated. */
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
        size_t size = qemu_plugin_insn_size(handle);
        uint64_t va = qemu_plugin_insn_vaddr(handle);
        insns[i] = (struct insn){va, kind_of(qemu_plugin_insn_data(handle), size), size, vector_at(va)};
        qemu_plugin_register_vcpu_insn_exec_cb(handle, on_execute, PLUGIN_NO_REGS, &insns[i]);
        if (insns[i].kind == REP)
            qemu_plugin_register_vcpu_mem_cb(handle, on_memory, PLUGIN_NO_REGS, PLUGIN_READ_OR_WRITE, NULL);
    }
}

static void
on_quit(plugin_id_t id, void *data)
{
    (void)id, (void)data;
    fprintf(out, "end %" PRIu64 "\n", nintervals);
    if (fclose(out) != 0)
        fprintf(stderr, "probe: cannot write the output: %s\n", strerror(errno));
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
        else if (!read_vector(argv[i]))
            return refuse(argv[i], "not an option; give out=FILE and vectorN=0xADDRESS with N from 0 to 31");
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
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_quit, NULL);
    return 0;
}
