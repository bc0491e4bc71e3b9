/* cap.h - capabilities: self-authenticating, plain data (claims D-12..D-17).
 *
 *      63      56 55      48 47               32 31                    0
 *     +----------+----------+-------------------+-----------------------+
 *     |   kind   |  rights  |   count, 1 ...    |    first resource     |   name
 *     +----------+----------+-------------------+-----------------------+
 *     |    SipHash-2-4 of (name, the resources' epoch), kernel's key    |   check
 *     +-----------------------------------------------------------------+
 *
 * Whoever knows both words holds the capability; the kernel keeps no list. Epochs are the kernel's, one a resource, and only grow. A range's epoch is
 * the sum over its resources, so when any of them changes owner, is freed or renewed, every capability that covers it is stale at once.
 */
#ifndef AEGIS_CAP_H
#define AEGIS_CAP_H

#include <stdint.h>

enum { AEGIS_CAP_PAGE = 1, AEGIS_CAP_ENV = 2, AEGIS_CAP_SLICE = 3 };

#define AEGIS_READ 1u
#define AEGIS_WRITE 2u
#define AEGIS_EXECUTE 4u
#define AEGIS_OWN 8u /* page, slice: free, give, renew; environment: control and destroy */
#define AEGIS_ALL 15u
#define AEGIS_LARGE 32u      /* page_bind only: 512 pages as one 2 MiB binding; page, address and count accordingly; never evicted */
#define AEGIS_GUARANTEED 16u /* page_bind only: the binding is never displaced; AEGIS_GUARANTEED_MAX of them */
#define AEGIS_REFILLED 64u   /* page_bind only: it may be displaced, and the kernel puts it back when it is used; one for each page number modulo AEGIS_GUARANTEED_MAX */

struct aegis_cap {
    uint64_t name, check;
};

#define AEGIS_CAP_RANGE(kind, rights, first, count) \
    ((uint64_t)(kind) << 56 | (uint64_t)(rights) << 48 | (uint64_t)(count) << 32 | (uint32_t)(first))
#define AEGIS_CAP_NAME(kind, rights, resource) AEGIS_CAP_RANGE(kind, rights, resource, 1)

#endif
