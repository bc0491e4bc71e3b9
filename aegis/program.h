/* program.h - the boot archive's programs: each in turn is the first environment, the only one that the kernel itself starts. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "env.h"

enum { PROGRAM_DESTROYED = 137, PROGRAM_STARVED = 138 }; /* exit statuses */

/* Is `env` the program, and not an environment that it (or a child) has made? */
bool program_is(const struct env *env);

/* The program has ended with `status`: destroy what it leaves, check that all pages came back, start the next program, or halt the machine. */
_Noreturn void program_end(u8 status);

/* No slice can run. */
_Noreturn void program_starve(void);

/* Start the first program. Called once. */
_Noreturn void program_run_all(void);

#endif
