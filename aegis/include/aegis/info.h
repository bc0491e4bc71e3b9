/* info.h - kernel state that everyone may read (claims D-4, D-5): no query calls. Read-only pages at AEGIS_INFO and AEGIS_OWNERS. */
#ifndef AEGIS_INFO_H
#define AEGIS_INFO_H

#include <aegis/cap.h>
#include <stdint.h>

#define AEGIS_VERSION 5

/* Limits that everyone may know. */
#define AEGIS_ENVS 64         /* environments alive at once; an id's low 6 bits are its slot */
#define AEGIS_SLICES 64       /* positions of the slice vector */
#define AEGIS_QUANTUM 390625  /* ticks: 15.625 ms at 25 MHz (claim K-3) */
#define AEGIS_GRACE 10000     /* ticks that an environment has to save its state, once and again */
#define AEGIS_GUARANTEED_MAX 32 /* guaranteed bindings of an environment (claim K-18) */
#define AEGIS_KEPT 10         /* pages of each environment that are never taken by force (claim D-25) */
#define AEGIS_ALLOC_MAX 256   /* pages of one page_alloc_in */
#define AEGIS_EXCESS_MAX 8    /* excess slices that it survives (claim K-5 gives no value) */

struct aegis_env_info {
    uint32_t id;           /* 0: the slot is free */
    uint32_t pages;        /* physical pages owned */
    uint32_t bindings;     /* present now */
    uint32_t binding_hits;   /* page faults that the kernel answered, from what it remembers of a displaced AEGIS_REFILLED binding: a hit in the paper's STLB (claim K-18) */
    uint32_t binding_misses; /* addresses bound that were not: by the application, after a miss that it was told of or before one */
    uint32_t binding_evictions; /* bindings displaced, by a hit or a miss */
    uint32_t excess;       /* slices still to be forfeited */
    uint32_t forfeited;    /* since creation */
    uint32_t slices;       /* slices begun since creation */
};

/* A slot of an environment's cache of bindings. The cache is sets of AEGIS_BINDING_WAYS(limit) slots, one behind the other; the address modulo the number of sets, counted
 * in 2 MiB, names the set, and what was bound first in a set is displaced first, when all its slots are taken: a binding stands while fewer others than the set has slots are made
 * in it after it. The number of its slot in the set is kept in a binding's entry (AEGIS_BINDINGS), from bit AEGIS_BINDING_WAY_SHIFT on. */
#define AEGIS_BINDING_WAYS_MAX 512
#define AEGIS_BINDING_WAYS(limit) ((limit) < AEGIS_BINDING_WAYS_MAX ? (limit) : AEGIS_BINDING_WAYS_MAX)
#define AEGIS_BINDING_WAY_SHIFT 54 /* to bit 62 */
struct aegis_binding {
    uint64_t last_byte; /* of the page that is bound through it; below AEGIS_PAGE_SIZE: none */
    uint64_t entry;     /* the kernel's word */
};

struct aegis_slice {
    uint32_t owner;  /* environment id, 0: free */
    uint32_t runner; /* who runs in it: the owner, or whom a synchronous transfer has taken it to */
};

struct aegis_info {
    uint32_t version;
    uint32_t page_count;     /* physical pages, entries of the owner table */
    uint32_t free_pages;
    uint32_t environments;   /* alive, the reader included */
    uint32_t binding_limit;  /* bindings of one environment at once, 0: unlimited */
    uint32_t slice;          /* the position that runs now */
    struct aegis_slice slices[AEGIS_SLICES];
    struct aegis_env_info env[AEGIS_ENVS];
    struct aegis_cap archive; /* everybody may read the boot archive: it lies in these pages, archive_bytes from their start on */
    uint64_t archive_bytes;
    struct aegis_cap cache; /* the well-known capability (claim K-22) to read everybody's cache of bindings: struct aegis_binding[AEGIS_ENVS][binding_limit, at least 1] */
    uint8_t reserved[4096 - 64 - AEGIS_SLICES * 8 - AEGIS_ENVS * sizeof(struct aegis_env_info)]; /* a page of its own: what is beside it would be public too */
};

/* An entry of the owner table, uint16_t[page_count]: free, kernel (also: no RAM there), or AEGIS_OWNER_ENV + the slot of the owning environment. */
enum { AEGIS_OWNER_FREE = 0, AEGIS_OWNER_KERNEL = 1, AEGIS_OWNER_ENV = 16 };

#define AEGIS_INFO_POINTER ((const volatile struct aegis_info *)AEGIS_INFO)
#define AEGIS_OWNERS_POINTER ((const volatile uint16_t *)AEGIS_OWNERS)
#define AEGIS_BINDINGS_POINTER ((const volatile uint64_t *)AEGIS_BINDINGS)

#endif
