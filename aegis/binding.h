/* binding.h - secure bindings: a page mapped in an environment, authorised once, when it is made (claims D-8..D-10). */
#ifndef BINDING_H
#define BINDING_H

#include "env.h"

/* Bits of an entry that the processor leaves to the kernel. */
#define BINDING_GRANTED_SHIFT 9            /* 9 to 11: the rights granted at bind time */
#define BINDING_GUARANTEED (1ull << 52)    /* never displaced: has no slot */
#define BINDING_REFILLED_BIT 53            /* displaced like any other, but remembered: trap.S refills it */
#define BINDING_REFILLED (1ull << BINDING_REFILLED_BIT)

#define BINDING_REFILL_SHIFT 5 /* log2 of sizeof(struct binding_refill), for trap.S */

#define BINDING_LAST(va) ((va) | (PAGE_SIZE - 1))

/* A binding that the kernel refills (claim K-18): an environment has at most one for each page number modulo AEGIS_GUARANTEED_MAX. */
struct binding_slot;
struct binding_refill {
    va_t last_byte; /* of the page; 0: none */
    pte_t *entry;
    struct binding_slot *slot; /* its place in the cache */
    u64 reserved;
};
extern struct binding_refill binding_refills[ENV_MAX][AEGIS_GUARANTEED_MAX];

/* Set the number of bindings that an environment may have at once: a power of two of 64 to BINDING_LIMIT_MAX, or 0 for no bound. Before the first environment. */
enum { BINDING_LIMIT_DEFAULT = 4096, BINDING_LIMIT_MAX = 16384 };
void binding_init(u32 limit);

/* Let everybody read the cache of bindings (claim K-22). After page_init(). */
void binding_publish(void);

/* Give a new environment its part of the cache, empty. */
void binding_start(struct env *env);

/* Bind physical page `page` at `va` of `env` for the kernel's own purposes: no capability is asked, the bound does not count it. False if no page table can be had. */
bool binding_install(struct env *env, va_t va, pageno_t page, u8 rights);

/* page_bind's checks and effect, but for a kernel page that needs no capability: another environment's area. Returns 0, -E_ADDRESS or -E_QUOTA. */
long binding_install_area(struct env *env, va_t va, pageno_t page);

/* Break every binding of the pages from `first` on in every environment, with the TLB flush: one search through all page tables at most, whatever `n` is. */
void binding_break(pageno_t first, u32 n);

/* The same for all pages of `owner`. */
void binding_break_of(u16 owner);

/* Break all bindings of `env`, and hand each of its tables to `release`, all zero. */
void binding_break_all(struct env *env, void (*release)(void *context, pa_t table));

/* Where the kernel would remember a refilled binding at `va`. */
struct binding_refill *binding_refill(const struct env *env, va_t va);

/* The address that is bound through slot `index` of `env`, 0: none. */
va_t binding_slot(const struct env *env, u32 index);

/* Copy from `env`'s memory at `va`, page by page through the kernel's own mapping, so nothing can fault. False unless all of it is bound. */
bool binding_read(struct env *env, va_t va, void *to, size_t n);

#endif
