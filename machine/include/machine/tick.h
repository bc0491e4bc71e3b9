/* tick.h - what a tick of the time-stamp counter is: an instruction, which is checked; or, where the command line asks for it, so many nanoseconds. */
#ifndef MACHINE_TICK_H
#define MACHINE_TICK_H

/* Report the ticks of three code sequences of known length, and panic unless one tick is one instruction:
 * an empty region 2 (one `mov`, one `rdtsc`), 100 nops 102, a 1000-iteration loop 2002.
 * With `clock=wall`, report the ticks of a hundredth of a second instead, and claim nothing: no log of such a boot passes for one that counts instructions. */
void tick_check(void);

#endif
