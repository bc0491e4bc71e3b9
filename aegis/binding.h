/* binding.h - secure bindings: a page mapped in an environment, authorised once, when it is made (claims D-8..D-10). */
#ifndef BINDING_H
#define BINDING_H

#include "env.h"

/* Bits of an entry that the processor leaves to the kernel: 9 to 11 say which rights were granted at bind time, 52 and 53 of which kind the binding is,
 * 54 to 62 its way in its set of the cache. */
#define BINDING_GRANTED_SHIFT 9
#define BINDING_REFILLED_BIT 53
#define BINDING_KIND (3ull << 52)
#define BINDING_FIXED (0ull << 52)      /* made by the kernel, or large, or there is no bound: outside the cache */
#define BINDING_CACHED (1ull << 52)     /* may be displaced */
#define BINDING_GUARANTEED (2ull << 52) /* never displaced: outside the cache, and counted */
#define BINDING_REFILLED (3ull << 52)   /* displaced like a cached one, which it is, but remembered: trap.S refills it */
#define BINDING_WAY_SHIFT AEGIS_BINDING_WAY_SHIFT
#define BINDING_WAY (1ull << BINDING_WAY_SHIFT)
#define BINDING_WAYS (511ull << BINDING_WAY_SHIFT)

#define BINDING_LAST(va) ((va) | (PAGE_SIZE - 1))

/* A place of the cache: what is bound through it. */
struct binding_slot {
    va_t last_byte; /* of the page, as BINDING_LAST; 0: none */
    pte_t *entry;
};

/* A set of the cache: a queue in a ring of slots. From the oldest on to the hand, all are taken, in the order in which they are to be displaced; from the hand on to the oldest
 * all are free, and there may be none. Way numbers are kept as in an entry, with PTE_P. */
struct binding_set {
    struct binding_slot *slots;
    pte_t hand;   /* to be taken next */
    pte_t oldest; /* to be displaced first */
    struct aegis_env_info *public; /* of the environment */
};

/* A binding that the kernel refills (claim K-18): an environment has at most one for each page number modulo AEGIS_GUARANTEED_MAX. */
struct binding_refill {
    va_t last_byte; /* of the page; 0: none */
    pte_t *entry;
    struct binding_set *set; /* where it takes a way */
    u64 reserved;
};

#define BINDING_REFILL_SHIFT 5 /* log2 of the size, for trap.S */
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

/* The sets of an environment's cache, 0 without a bound, and the ways of each; a page table's pages share one: that of `va`. For invariant.c. */
extern u32 binding_nsets, binding_nways;
struct binding_set *binding_set_of(const struct env *env, va_t va);

/* Copy from `env`'s memory at `va`, page by page through the kernel's own mapping, so nothing can fault. False unless all of it is bound. */
bool binding_read(struct env *env, va_t va, void *to, size_t n);

#endif
