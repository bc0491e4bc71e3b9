/* fpu.c - the floating-point unit; contract in fpu.h.
 *
 * Who does not have it runs with CR0.TS set, so the first use is an exception of its own (AEGIS_FPU); env->cr0 is what a switch loads. Taking it saves the state of
 * who had it in that one's area, so nothing is lost and nothing leaks. CR4.OSXSAVE is off: x87 and SSE, which fxsave covers, are all the state there is.
 */

#include "fpu.h"

#include <machine/x86.h>

enum { FCW_DEFAULT = 0x37f, MXCSR_DEFAULT = 0x1f80, MXCSR_VALID = 0xffff, FCW_AT = 0, MXCSR_AT = 24 };

static struct env *owner;

_Static_assert(offsetof(struct aegis_area, fpu) % 16 == 0, "fxsave wants 16-byte alignment");

static void
put32(struct env *env, int at, u32 value)
{
    *(u32 *)(env->area->fpu + at) = value;
}

void
fpu_reset(struct env *env)
{
    put32(env, FCW_AT, FCW_DEFAULT);
    put32(env, MXCSR_AT, MXCSR_DEFAULT);
}

void
fpu_forget(struct env *env)
{
    if (owner == env)
        owner = NULL; /* the registers keep its values, but nobody can use the unit before loading others */
}

static void
give_up(void)
{
    if (!owner)
        return;
    asm volatile("clts\n\tfxsave64 %0" : "=m"(owner->area->fpu));
    owner->cr0 |= CR0_TS;
    owner = NULL;
}

/* Take the floating-point unit for the caller, with the state in its area (`on` not 0), or give it up, the state going there. Returns 0. */
long
sys_fpu_mod(u64 on)
{
    struct env *env = env_current();
    if (owner == env && on)
        return 0;
    if (on || owner == env)
        give_up();
    if (on) {
        put32(env, MXCSR_AT, *(u32 *)(env->area->fpu + MXCSR_AT) & MXCSR_VALID); /* a reserved bit would fault here */
        asm volatile("clts\n\tfxrstor64 %0" : : "m"(env->area->fpu));
        env->cr0 &= ~(u64)CR0_TS;
        owner = env;
    }
    write_cr0(env->cr0);
    return 0;
}
