/* fp.h - the floating-point state (x87 and SSE; the kernel itself uses neither). */
#ifndef FP_H
#define FP_H

#include "abi.h"

/* Learn which MXCSR bits exist. Once, at boot. */
void fp_init(void);

/* Give the running process the state that every program begins with. */
void fp_reset(void);

/* Keep the state while another thread runs. */
static inline void fp_save(struct fp_state *state) { asm volatile("fxsave64 %0" : "=m"(*state)); }
static inline void fp_restore(const struct fp_state *state) { asm volatile("fxrstor64 %0" : : "m"(*state)); }

/* What every program begins with. */
extern const struct fp_state fp_initial;

/* Load `state`, which may come from a user: bits that would fault are cleared in it first. */
void fp_load(struct fp_state *state);

/* The si_code of an unmasked floating-point exception, from the unit's present state: SSE's, or else x87's. */
u32 fp_fault_code(bool sse);

#endif
