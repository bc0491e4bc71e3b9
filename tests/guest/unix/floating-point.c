/* An unmasked floating-point exception is a SIGFPE that says which. QEMU 7.2 raises none for SSE: then there is nothing to deliver. */

#include "attack.h"

static const uint32_t divide_unmasked = 0x1f80 & ~(1 << 9), masked = 0x1f80;
static const uint16_t x87_divide_unmasked = 0x37f & ~(1 << 2);

int
main(void)
{
    check_begin("floating-point");
    catch_all();
    asm volatile("ldmxcsr %0" : : "m"(divide_unmasked));
    int signal = SIGNAL_OF("xorps %%xmm0, %%xmm0\n\tmov $1, %%eax\n\tcvtsi2ss %%eax, %%xmm1\n\tdivss %%xmm0, %%xmm1", 0);
    check(signal == NOTHING || (signal == SIGFPE && last_code == FPE_FLTDIV && last_vector == 19), "SSE division by zero");
    asm volatile("ldmxcsr %0" : : "m"(masked));
    signal = SIGNAL_OF("fldcw (%%rdi)\n\tfld1\n\tfldz\n\tfdivrp\n\tfwait", &x87_divide_unmasked);
    check(signal == SIGFPE && last_code == FPE_FLTDIV && last_vector == 16, "x87 division by zero");
    return check_end();
}
