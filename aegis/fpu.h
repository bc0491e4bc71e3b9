/* fpu.h - the floating-point unit: one environment has it at a time. */
#ifndef FPU_H
#define FPU_H

#include "env.h"

/* A fresh environment's state: all exceptions masked. */
void fpu_reset(struct env *env);

/* `env` is going. */
void fpu_forget(struct env *env);

#endif
