/* program.h - what the programs of experiment `macro` have in common. The region of NAME calls NAME_prepare() in front of it and is NAME_run(). */
#ifndef MACRO_PROGRAM_H
#define MACRO_PROGRAM_H

#include <stdbool.h>

struct program {
    const char *(*unsupported)(void); /* makes ready what it needs for all its runs; why this system cannot run it, or NULL */
    bool (*result_is_right)(void);    /* of the last run */
};

extern const struct program sort_program, build_program, gc_program;

#endif
