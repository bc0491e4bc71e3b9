/* trap.h - exceptions and interrupts. */
#ifndef TRAP_H
#define TRAP_H

/* Let the timer's interrupts come here. The exceptions do from the beginning. */
void trap_init(void);

#endif
