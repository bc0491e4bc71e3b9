/* record.c - a list of instructions per wanted region; contract in record.h.
 *
 * An execution is written down as it runs and kept at its end if it counts as many instructions as is wanted; so there is one list for the running one and one
 * for each region. An entry is an instruction's index, negated (~) if it faulted.
 */
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct list {
    int *entry;
    size_t n, room;
};

static struct region {
    uint64_t begin, end, insns;
    uint64_t executions, ordinal; // ordinal: of the one that is kept; 0: none
    struct list kept;
} regions[RECORD_REGIONS];
static int nregions;

static struct list running;
static bool recording;

static struct insn **recorded; // by index
static int nrecorded, recorded_room;

static void *
enlarged(void *old, size_t n, size_t size)
{
    void *new = realloc(old, n * size);
    if (!new) {
        fprintf(stderr, "probe: out of memory\n");
        exit(1);
    }
    return new;
}

bool
record_option(const char *option)
{
    struct region *region = &regions[nregions];
    int read = 0;
    if (nregions == RECORD_REGIONS || sscanf(option, "region=0x%" SCNx64 ":0x%" SCNx64 ":%" SCNu64 "%n", &region->begin, &region->end, &region->insns, &read) != 3)
        return false;
    nregions += option[read] == '\0';
    return option[read] == '\0';
}

static void
keep(struct region *region)
{
    struct list old = region->kept;
    region->kept = running;
    region->ordinal = region->executions;
    running = old;
}

void
record_turn(const struct insn *begin, uint64_t insns, struct insn *insn)
{
    for (int i = 0; i < nregions; i++) {
        struct region *region = &regions[i];
        if (!begin || region->begin != begin->va || region->end != insn->va)
            continue;
        region->executions++;
        if (recording && region->insns == insns)
            keep(region);
    }
    recording = false;
    running.n = 0;
    for (int i = 0; i < nregions; i++)
        recording |= regions[i].begin == insn->va;
}

static int
index_of(struct insn *insn)
{
    if (insn->index != NO_INDEX)
        return insn->index;
    if (nrecorded == recorded_room) {
        recorded_room = recorded_room ? 2 * recorded_room : 1024;
        recorded = enlarged(recorded, recorded_room, sizeof *recorded);
    }
    recorded[nrecorded] = insn;
    return insn->index = nrecorded++;
}

void
record_insn(struct insn *insn)
{
    if (!recording)
        return;
    if (running.n == RECORD_LIMIT) {
        recording = false;
        return;
    }
    if (running.n == running.room) {
        running.room = running.room ? 2 * running.room : 1024;
        running.entry = enlarged(running.entry, running.room, sizeof *running.entry);
    }
    running.entry[running.n++] = index_of(insn);
}

void
record_fault(void)
{
    if (recording && running.n)
        running.entry[running.n - 1] = ~running.entry[running.n - 1];
}

static void
write_insn(FILE *out, const struct insn *insn)
{
    fprintf(out, "insn %d 0x%" PRIx64 " ", insn->index, insn->va);
    for (int i = 0; i < insn->size; i++)
        fprintf(out, "%02x", insn->code[i]);
    fputc('\n', out);
}

static void
write_region(FILE *out, const struct region *region)
{
    fprintf(out, "trace 0x%" PRIx64 " 0x%" PRIx64 " %" PRIu64 " %" PRIu64, region->begin, region->end, region->ordinal, region->executions);
    for (size_t i = 0; i < region->kept.n; i++) {
        int entry = region->kept.entry[i];
        fprintf(out, entry < 0 ? " %d!" : " %d", entry < 0 ? ~entry : entry);
    }
    fputc('\n', out);
}

void
record_write(FILE *out)
{
    for (int i = 0; i < nrecorded; i++)
        write_insn(out, recorded[i]);
    for (int i = 0; i < nregions; i++)
        write_region(out, &regions[i]);
}
