/* loaders.h - the product's ELF loaders on the host, each behind small fakes of what it stands on; and the memory that they believe to be the machine's. */
#ifndef LOADERS_H
#define LOADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAGE = 4096, PAGES = 512, MAY_READ = 1, MAY_WRITE = 2, MAY_EXECUTE = 4 };

/* ---- memory.c: pages with nothing behind them, so that a byte too far is a fault also where assembly copies ---------------- */

/* Begin an input: all pages are free. */
void memory_reset(void);

/* `n` pages side by side by number, filled with garbage; the first's number, 0: there are not so many. */
uint32_t memory_alloc(uint32_t n);
void memory_ref(uint32_t page); /* both abort if it is free */
void memory_unref(uint32_t page);
uint32_t memory_used(void);

/* Where it is; and as an offset from fake_memory, as both kernels number memory. */
char *memory_at(uint32_t page);
uint64_t memory_offset(uint32_t page);
uint32_t memory_number(uint64_t offset);

/* `n` pages that follow each other, for good; an offset from fake_memory. */
uint64_t memory_permanent(uint32_t n);
extern char fake_memory[];

/* A copy of the input whose last byte is the last of its page, and the first of the next is out of bounds. */
const void *memory_image(const void *bytes, size_t n);

/* ---- what a loader has made of a file ------------------------------------------------------------------------------------ */

struct range {
    uint64_t start, end;
    unsigned rights; /* MAY_... */
};

struct filled {
    uint64_t va;
    const char *at; /* PAGE bytes; pages without one are zero when they are touched */
};

struct loaded {
    uint64_t entry;
    uint32_t nranges, nfilled;
    struct range range[PAGES];
    struct filled filled[PAGES];
};

/* Append, both in ascending order of address. Ranges that touch and are alike become one. False: there is no room. */
bool loaded_range(struct loaded *loaded, uint64_t start, uint64_t end, unsigned rights);
bool loaded_page(struct loaded *loaded, uint64_t va, const char *at);

/* ---- the loaders --------------------------------------------------------------------------------------------------------- */

/* Load as the system would. True: *loaded has the program, without its stack, and as it is about to start. False: it was refused, and nothing of it is left (else abort). */
struct loader {
    const char *name;
    uint64_t low, high; /* where a program's segments may be */
    bool (*load)(const void *image, size_t size, struct loaded *loaded);
};

extern const struct loader aegis_loader, exos_loader, env_image_loader, ultrix_loader;

#endif
