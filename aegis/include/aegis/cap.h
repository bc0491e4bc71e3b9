/* cap.h - capabilities: self-authenticating, plain data (claims D-12..D-17).
 *
 *      63      56 55      48 47               32 31                    0
 *     +----------+----------+-------------------+-----------------------+
 *     |   kind   |  rights  |         0         |  resource (page no.)  |   name
 *     +----------+----------+-------------------+-----------------------+
 *     |      SipHash-2-4 of (name, the resource's epoch), kernel's key  |   check
 *     +-----------------------------------------------------------------+
 *
 * Whoever knows both words holds the capability; the kernel keeps no list. The epoch is the kernel's: when it changes (a page is freed)
 * every capability of the resource is stale at once.
 */
#ifndef AEGIS_CAP_H
#define AEGIS_CAP_H

#include <stdint.h>

#define AEGIS_CAP_PAGE 1

#define AEGIS_READ 1u
#define AEGIS_WRITE 2u
#define AEGIS_EXECUTE 4u
#define AEGIS_OWN 8u /* free it */
#define AEGIS_ALL 15u

struct aegis_cap {
    uint64_t name, check;
};

#define AEGIS_CAP_NAME(kind, rights, resource) ((uint64_t)(kind) << 56 | (uint64_t)(rights) << 48 | (uint32_t)(resource))

#endif
