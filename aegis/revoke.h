/* revoke.h - taking resources back: asked for, demanded, in the end taken, never by killing (claims D-18..D-25). */
#ifndef REVOKE_H
#define REVOKE_H

#include "env.h"

/* A slice of `env` is about to start: do what is due by now, and give the entry of the upcall to deliver, 0 for none. */
u32 revoke_upcall(struct env *env);

#endif
