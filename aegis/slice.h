/* slice.h - the processor as a linear vector of time slices (claims K-1..K-6, D-18). */
#ifndef SLICE_H
#define SLICE_H

#include "env.h"

/* The kernel's half of a position; the public half, owner and runner, is in the information page. */
struct slice {
    struct slice *next;         /* the next allocated position, round */
    struct aegis_slice *public;
    u32 ticks;                  /* its length, 0 while it is the only one: then nothing ends it */
    u32 position;
};

extern struct slice *current_slice; /* the position that runs */

/* Of the slice that runs. transfer.S tests both at once, and knows that `saving` comes first. */
struct slice_state {
    u8 saving;   /* it has ended; its environment is saving its state */
    u8 visiting; /* who runs is not its runner, but was given the rest of this instance */
} __attribute__((aligned(2)));
extern struct slice_state slice_state;

void slice_init(void);

/* Give position 0 to `env` and enter it at `entry` with stack pointer `stack`: how a program starts. No position is allocated. */
_Noreturn void slice_run_first(struct env *env, va_t entry, va_t stack);

/* Start the next slice whose environment can be entered and owes nothing. If there is none, the program ends. */
_Noreturn void slice_run_next(void);

/* `env` is going: its positions become free, those it only ran in go back to their owners. */
void slice_forget(struct env *env);

/* Is the position that runs now still allocated? */
bool slice_is_current_owned(void);

/* Positions that the environment owns; and taking one by force, unless it is another's or runs now. */
u32 slice_count(u32 owner_id);
bool slice_repossess(u32 position, u32 owner_id);

/* capability.h's questions, for slices. */
bool slice_epoch(u64 name, u64 *epoch);
bool slice_owned(u64 name, u16 owner);

#endif
