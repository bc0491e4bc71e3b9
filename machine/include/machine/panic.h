/* panic.h - the kernel's last words: what is wrong, the registers, the way here; then the machine stops. */
#ifndef MACHINE_PANIC_H
#define MACHINE_PANIC_H

#include <machine/trapframe.h>

/* Report a broken invariant with the caller's backtrace and end the emulation with a failure status. */
__attribute__((format(printf, 1, 2))) _Noreturn void panic(const char *fmt, ...);

/* The same for an exception that the kernel itself raised, with the registers of that moment. */
_Noreturn void panic_trap(const struct trapframe *trap);

/* "#PF page fault" and so on, for any vector below 32; "?" beyond. */
const char *vector_title(u64 vector);

#define assert(condition) ((condition) ? (void)0 : panic("assertion failed: %s, %s:%d", #condition, __FILE__, __LINE__))

#endif
