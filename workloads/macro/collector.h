/* collector.h - a generational copying garbage collector that learns from protection faults which old pages have been written.
 *
 * Appel and Li's application ("Virtual memory primitives for user programs", 1991, section 3.4; Appel, "Simple generational garbage collection and fast
 * allocation", 1989). The heap is 64 MiB of cells in one piece:
 *
 *      old space A, 30 MiB | nursery, 4 MiB | old space B, 30 MiB
 *
 * Cells are born in the nursery. When it is full, those that live move to the end of the old space in use. Whole pages of it are read-only from then on: the first
 * store to one faults, and the handler notes the page and makes it writable, so the next collection knows where old cells may refer to young ones. When the old
 * space in use has no room for another nursery, everything that lives moves to the other one.
 */
#ifndef COLLECTOR_H
#define COLLECTOR_H

#include <stdbool.h>
#include <stdint.h>

struct cell {
    struct cell *child[2]; /* NULL, or another cell */
    uint64_t value;
    struct cell *moved; /* the collector's */
};

enum { COLLECTOR_ROOTS = 32 };

/* What the program holds: cells reachable from here live, and these words are changed when cells move. */
extern struct cell *collector_root[COLLECTOR_ROOTS];

struct collector_counts {
    uint32_t minor, major, faults;
};

/* Have 64 MiB of pages, or false. Once. */
bool collector_begin(void);

/* An empty heap, no roots. */
void collector_reset(void);

/* A new cell with both children NULL. May move every cell. Lives only as long as it can be reached from a root. Ends the program if more than 30 MiB live. */
struct cell *collector_new(uint64_t value);

/* Since the last reset. */
struct collector_counts collector_counts(void);

#endif
