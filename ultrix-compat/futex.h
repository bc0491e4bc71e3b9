/* futex.h - sleeping on a word of user memory. */
#ifndef FUTEX_H
#define FUTEX_H

#include <machine/types.h>

/* Wake up to `n` threads that wait for the word at `va` of the current process with a bit of `bits` in common. Returns how many. */
long futex_wake(va_t va, u32 n, u32 bits);

#endif
