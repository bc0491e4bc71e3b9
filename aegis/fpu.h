/* fpu.h - the floating-point unit: one environment has it at a time. */
#ifndef FPU_H
#define FPU_H

#include "env.h"

/* Enable what the processor has of x87, SSE and AVX; panics without XSAVE. Before the first environment. */
void fpu_init(void);

/* A fresh environment's state: the initial one, all exceptions masked. */
void fpu_reset(struct env *env);

/* `env` is going. */
void fpu_forget(struct env *env);

#endif
