/* tick.h - the self-check of the unit of measurement. */
#ifndef MACHINE_TICK_H
#define MACHINE_TICK_H

/* Report the ticks of three code sequences of known length, and panic unless one tick is one instruction:
 * an empty region 2 (one `mov`, one `rdtsc`), 100 nops 102, a 1000-iteration loop 2002. */
void tick_check(void);

#endif
