/* revoke.h - ExOS's side of revocation (claims D-18..D-25): a plain vector of owned pages (D-19), from which it gives back, and which it repairs. */
#ifndef EXOS_REVOKE_H
#define EXOS_REVOKE_H

/* Bytes of exos_revoke_call's first two instructions, before which it has saved nothing (checked in revoke.S). */
#define EXOS_REVOKE_CALL_BEGINS 12

#ifndef __ASSEMBLER__
#include <aegis/abi.h>
#include <stdbool.h>

struct exos_page {
    void *va;
    struct aegis_cap cap;
    bool expendable; /* its contents can be made again: given back first */
    bool lost;       /* not bound any more: given back, or taken and not saved */
};

/* Let ExOS manage the `n` pages of `pages`, which are the caller's and stay where they are; replaces what it managed before. From now on a request is met with expendable
 * pages from the end of the vector, then with others, and what is taken by force is repaired: a page that was saved is bound again from where it was saved to,
 * any other is marked lost. */
void exos_revoke_manage(struct exos_page *pages, unsigned n);

/* Offer a page, by a capability to read and write it, to save one repossessed page to. False if AEGIS_REPOSSESSED_MAX are loaded already. */
bool exos_revoke_offer(struct aegis_cap cap);

/* How many requests and repossessions have been handled so far. */
extern unsigned exos_revoke_requests, exos_revoke_repossessions;

#endif
#endif
