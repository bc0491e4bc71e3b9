/* fp.c - the floating-point state; contract in fp.h. Formats: Intel SDM vol. 1, 8.1.3, 10.2.3 and 11.6.6. Saving it is user_copy.S's. */

#include "fp.h"

#include <machine/x86.h>

enum { FCW_DEFAULT = 0x37f, MXCSR_DEFAULT = 0x1f80, MXCSR_MASK_DEFAULT = 0xffbf, MXCSR_MASKS_AT = 7 };
enum { INVALID = 1, DIVIDE = 4, OVERFLOW = 8, UNDERFLOW_OR_DENORMAL = 0x12, PRECISION = 0x20 };

const struct fp_state fp_initial = {.fcw = FCW_DEFAULT, .mxcsr = MXCSR_DEFAULT};
static u32 mxcsr_mask;

void
fp_reset(void)
{
    fp_restore(&fp_initial);
}

void
fp_init(void)
{
    struct fp_state state;
    write_cr0(read_cr0() & ~(u64)CR0_TS);
    fp_reset();
    fp_save(&state);
    mxcsr_mask = state.mxcsr_mask ? state.mxcsr_mask : MXCSR_MASK_DEFAULT;
}

void
fp_load(struct fp_state *state)
{
    state->mxcsr &= mxcsr_mask;
    fp_restore(state);
}

u32
fp_fault_code(bool sse)
{
    struct fp_state state;
    fp_save(&state);
    u32 unmasked = sse ? state.mxcsr & ~(state.mxcsr >> MXCSR_MASKS_AT) : state.fsw & ~(u32)state.fcw;
    return unmasked & INVALID                 ? FPE_FLTINV
           : unmasked & DIVIDE                ? FPE_FLTDIV
           : unmasked & OVERFLOW              ? FPE_FLTOVF
           : unmasked & UNDERFLOW_OR_DENORMAL ? FPE_FLTUND
           : unmasked & PRECISION             ? FPE_FLTRES
                                              : 0;
}
