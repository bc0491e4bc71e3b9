/* hogs.h - kids that take more of the processor than theirs, or help to. */
#ifndef HOGS_H
#define HOGS_H

#include "kids.h"

#define NOTHING_THERE 0x100000000ul

/* As long a call as there is without a resource, again and again: 65535 pages are looked for, none is bound. */
__attribute__((unused)) static int
calls(uint64_t unused)
{
    while (unused == 0)
        sys_page_unbind(NOTHING_THERE, 0xffff);
    return 0;
}

/* Lets `guest` have the rest of each slice. */
__attribute__((unused)) static int
lets(uint64_t guest)
{
    while (guest)
        exos_yield(guest);
    return 0;
}

#endif
