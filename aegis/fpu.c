/* fpu.c - the floating-point unit; contract in fpu.h.
 *
 * Who does not have it runs with CR0.TS set, so the first use is an exception of its own (AEGIS_FPU); env->cr0 is what a switch loads. Taking it saves the state of
 * who had it in that one's area, so nothing is lost and nothing leaks: all the state that XCR0 enables, which is x87, SSE and AVX where the processor has it.
 */

#include "fpu.h"

#include <machine/panic.h>
#include <machine/x86.h>

enum { X87 = 1, SSE = 2, AVX = 4, LEAF_XSAVE = 13, FEATURE_XSAVE = 26 };
enum { MXCSR_AT = 24, XSTATE_BV_AT = 512, HEADER_END = 576, MXCSR_DEFAULT = 0x1f80, MXCSR_VALID = 0xffff };

static u64 components; /* of XCR0 */
static struct env *owner;

_Static_assert(offsetof(struct aegis_area, fpu) % 64 == 0, "xsave wants 64-byte alignment");

void
fpu_init(void)
{
    if (!(cpuid(1, 0).c >> FEATURE_XSAVE & 1))
        panic("this processor has no XSAVE: use QEMU -cpu max or Bochs corei7_icelake_u");
    components = cpuid(LEAF_XSAVE, 0).a & (X87 | SSE | AVX);
    write_cr4(read_cr4() | CR4_OSXSAVE);
    xsetbv(0, components);
    assert(cpuid(LEAF_XSAVE, 0).b <= AEGIS_FPU_BYTES);
}

static u64 *
word(struct env *env, int at)
{
    return (u64 *)(env->area->fpu + at);
}

static void
put_mxcsr(struct env *env, u32 value)
{
    *(u32 *)word(env, MXCSR_AT) = value;
}

void
fpu_reset(struct env *env)
{
    put_mxcsr(env, MXCSR_DEFAULT);
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
    asm volatile("clts\n\txsave64 %0" : "+m"(owner->area->fpu) : "a"(~0u), "d"(~0u));
    owner->cr0 |= CR0_TS;
    owner = NULL;
}

/* Load the image that the application may have written anything to: what would make xrstor fault (SDM vol. 1, 13.8.1) is taken out. */
static void
load(struct env *env)
{
    put_mxcsr(env, *(u32 *)word(env, MXCSR_AT) & MXCSR_VALID);
    *word(env, XSTATE_BV_AT) &= components;
    for (int at = XSTATE_BV_AT + sizeof(u64); at < HEADER_END; at += sizeof(u64))
        *word(env, at) = 0;
    asm volatile("clts\n\txrstor64 %0" : : "m"(env->area->fpu), "a"(~0u), "d"(~0u));
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
        load(env);
        env->cr0 &= ~(u64)CR0_TS;
        owner = env;
    }
    write_cr0(env->cr0);
    return 0;
}
