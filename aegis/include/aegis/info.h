/* info.h - kernel state that everyone may read (claims D-4, D-5): no query calls. Read-only pages at AEGIS_INFO and AEGIS_OWNERS. */
#ifndef AEGIS_INFO_H
#define AEGIS_INFO_H

#include <stdint.h>

#define AEGIS_VERSION 1

struct aegis_info {
    uint32_t version;
    uint32_t page_count;     /* physical pages, entries of the owner table */
    uint32_t free_pages;
    uint32_t environments;   /* alive, the reader included */
};

/* An entry of the owner table, uint16_t[page_count]: free, kernel (also: no RAM there), or the id
 * of the owning environment, AEGIS_FIRST_ENV or more. */
enum { AEGIS_OWNER_FREE = 0, AEGIS_OWNER_KERNEL = 1, AEGIS_FIRST_ENV = 16 };

#define AEGIS_INFO_POINTER ((const volatile struct aegis_info *)AEGIS_INFO)
#define AEGIS_OWNERS_POINTER ((const volatile uint16_t *)AEGIS_OWNERS)

#endif
