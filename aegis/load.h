/* load.h - the programs of the boot archive. */
#ifndef LOAD_H
#define LOAD_H

/* Make an environment, ready to run, of each program in the boot archive. */
void load_all(void);

#endif
