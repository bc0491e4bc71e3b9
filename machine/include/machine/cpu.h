/* cpu.h - processor features: each control-register bit is set only if CPUID announces it. */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

/* SMEP, SMAP, UMIP, FSGSBASE where present; write-protect, alignment checks and `syscall` always.
 * Panics, naming the feature, if the processor lacks one that protection rests on (NX, SMEP, SMAP). */
void cpu_init(void);

#endif
