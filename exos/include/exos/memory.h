/* memory.h - pages of memory, and one at an address of one's choice. */
#ifndef EXOS_MEMORY_H
#define EXOS_MEMORY_H

#include <aegis/abi.h>

/* Take the lowest `npages` free physical pages that lie side by side, zeroed. Returns 0 with a capability for all of them in *cap, or the kernel's
 * error; -E_PAGE if there are none. */
long exos_page_alloc(unsigned npages, struct aegis_cap *cap);

/* Find a free physical page in the public owner table, ask for it by number, and bind it at page address `va` with `rights` (AEGIS_READ ...).
 * Returns 0 with the page's capability in *cap (may be NULL), or the kernel's error; -E_PAGE if no page is free. */
long exos_page_map(void *va, unsigned rights, struct aegis_cap *cap);

/* Change the rights of what is bound at `va` to `rights` by binding `cap` again. Returns 0 or the kernel's error. */
long exos_page_protect(void *va, unsigned rights, const struct aegis_cap *cap);

#endif
