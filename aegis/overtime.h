/* overtime.h - what an environment takes of the processor beyond the end of a slice, in system calls or by saving (claim K-5), and who pays for it. */
#ifndef OVERTIME_H
#define OVERTIME_H

#include "env.h"

extern u32 slice_deadline; /* the tick, of 32 bits, at which the slice that runs ends, if it does; from its end on, up to which its time is charged */
extern u32 slice_grace;    /* so many ticks later its end may reach its environment */

void overtime_init(void);

/* How many slices such a time is worth: none within a grace, else one for each that was begun. */
u32 overtime_slices(u32 ticks);

/* An environment is going, and with it perhaps who runs or whose slice it is: who will pay, if it is not over by the end of the slice; an id, 0: nobody. And: it is gone. */
u32 overtime_payer(const struct env *dying);
void overtime_charge(u32 payer_id);

#endif
