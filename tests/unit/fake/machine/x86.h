/* x86.h, on the host - what only ring 0 may do has no effect, and the time is what the driver says. */
#ifndef FAKE_X86_H
#define FAKE_X86_H

#define write_cr0 real_write_cr0
#define write_cr3 real_write_cr3
#define read_cr3 real_read_cr3
#define invlpg real_invlpg
#define rdtsc real_rdtsc
#include_next <machine/x86.h>
#undef write_cr0
#undef write_cr3
#undef read_cr3
#undef invlpg
#undef rdtsc

extern u64 fake_time;
static inline u64 rdtsc(void) { return fake_time; }

static inline void write_cr0(u64 v) { (void)v; }
static inline void write_cr3(u64 v) { (void)v; }
static inline u64 read_cr3(void) { return 0; }
static inline void invlpg(va_t va) { (void)va; }

#endif
