/* transfer.h - giving the processor to another environment (claims K-6, K-24..K-27) and getting it back.
 *
 * All registers go along: they are the message, and what must stay private is the caller's to clear. Callee-saved registers come back by the saved state of
 * exos/slice.h, which these functions write.
 *
 * The synchronous transfer is sys_pct_sync (exos/syscall.h): it saves nothing, and the answer arrives at this environment's own pct_sync_pc, whose
 * code knows where it left off. Until then this slice is away; an environment that has other slices must not be started in one meanwhile.
 */
#ifndef EXOS_TRANSFER_H
#define EXOS_TRANSFER_H

#include <stdint.h>

/* Give the rest of this slice to `env`, entered at its slice start; to whoever is next if `env` is 0. Returns 0 when a slice of this
 * environment starts again, or at once -E_ENV: there is no such environment, or it has no slice start. */
long exos_yield(uint32_t env);

/* Spend the rest of this slice halted: for who waits for something that no other environment does, the console say. Returns 0 when a slice starts again. */
long exos_idle(void);

/* Free the slice that (name, check) names. If it is the one that runs, this returns when another slice of this environment starts: there must be one.
 * Returns 0 or -E_CAP. */
long exos_slice_free(uint64_t name, uint64_t check);

/* The same for code that keeps nothing in registers but rsp: 10 instructions besides the kernel's instead of 32, and nothing says whether it was refused; look at what was
 * waited for, and if it is still not there, use exos_yield. All registers go along, and none comes back. transfer.S.
 * The return address goes to the 8 bytes below rsp, which the compiler does not know: tests/test_bare_yield.py fails if a function that contains this keeps anything there. */
static inline void
exos_yield_bare(uint32_t env)
{
    asm volatile("call exos_bare_yield" : "+D"(env) : : "rax", "rbx", "rcx", "rdx", "rsi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory", "cc");
}

/* Give the rest of this slice to `env`, entered at its pct_async_pc. Returns as exos_yield does. */
long exos_pct_async(uint32_t env);

#endif
