/* signal.h - how signals reach a process; what a program calls is in exos/process.h. */
#ifndef EXOS_SIGNAL_H
#define EXOS_SIGNAL_H

/* Bytes of exos_signal_call's first two instructions, before which it has saved nothing (checked in signal.S). */
#define EXOS_SIGNAL_CALL_BEGINS 12

#ifndef __ASSEMBLER__
#include <stdint.h>

/* The slice start of a process: as exos_slice_start, but what was interrupted goes on as if it had called exos_signal_deliver, if a signal is due. */
void exos_signal_slice_start(void);

/* Send `signal` to every process of the session. The lock must be held; what is this process's own is delivered when it is given back. */
void exos_signal_all(int signal);

/* Tell `parent` that a child of its has ended, if it wants to know. The lock must be held. */
void exos_signal_child_ended(uint32_t parent);

#endif
#endif
