/* layout.h, on the host - physical memory is an array of the driver's; all else is the machine's own. */
#ifndef FAKE_LAYOUT_H
#define FAKE_LAYOUT_H

#include_next <machine/layout.h>

extern char fake_memory[];
#undef DIRECT_MAP
#define DIRECT_MAP ((u64)fake_memory)

#endif
