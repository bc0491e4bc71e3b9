/* options.h - the command line, from the boot header: `clock=wall`, which is this layer's, and behind it what the kernel itself knows. */
#ifndef MACHINE_OPTIONS_H
#define MACHINE_OPTIONS_H

#include <machine/types.h>

/* `clock=wall`: ticks need not be instructions here (tick.h). */
bool options_wall_clock(void);

/* The rest of the line; "" if there is none. The kernel panics at what it does not know. */
const char *options_of_kernel(void);

#endif
