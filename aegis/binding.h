/* binding.h - secure bindings: a page mapped in an environment, authorised once, when it is made (claims D-8..D-10). */
#ifndef BINDING_H
#define BINDING_H

#include "env.h"

/* Set the number of bindings that an environment may have at once: a power of two of 64 to BINDING_LIMIT_MAX, or 0 for no bound. Before the first environment. */
enum { BINDING_LIMIT_DEFAULT = 4096, BINDING_LIMIT_MAX = 16384 };
void binding_init(u32 limit);

/* Bind physical page `page` at `va` of `env` for the kernel's own purposes: no capability is asked, the bound does not count it. False if no page table can be had. */
bool binding_install(struct env *env, va_t va, pageno_t page, u8 rights);

/* Bind a public information page read-only; such bindings are never broken. */
bool binding_install_public(struct env *env, va_t va, pa_t pa);

/* page_bind's checks and effect, but for a kernel page that needs no capability: another environment's area. Returns 0, -E_ADDRESS or -E_QUOTA. */
long binding_install_area(struct env *env, va_t va, pageno_t page);

/* Break every binding of the pages from `first` on in every environment, with the TLB flush: one search through all page tables at most, whatever `n` is. */
void binding_break(pageno_t first, u32 n);

/* The same for all pages of `owner`. */
void binding_break_of(u16 owner);

/* Forget all bindings of `env` (its tables are about to go). */
void binding_break_all(struct env *env);

/* The address that is bound through slot `index` of `env`, 0: none. */
va_t binding_slot(const struct env *env, u32 index);

/* Copy from `env`'s memory at `va`, page by page through the kernel's own mapping, so nothing can fault. False unless all of it is bound. */
bool binding_read(struct env *env, va_t va, void *to, size_t n);

#endif
