/* crossing.h - the entries of crossing.S: offsets in the page at EXOS_CROSSING, the same for all programs of a session. */
#ifndef EXOS_CROSSING_H
#define EXOS_CROSSING_H

#define EXOS_CROSSING_GO 0          /* jump here: make the record's calls, then go to its target */
#define EXOS_CROSSING_WAKE 8        /* where an environment without a program continues in its next slice */
#define EXOS_CROSSING_SLICE_START 16
#define EXOS_CROSSING_SLICE_END 24

#ifndef __ASSEMBLER__
extern const char exos_crossing[], exos_crossing_end[];
#endif
#endif
