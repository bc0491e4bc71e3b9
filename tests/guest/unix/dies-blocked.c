/* A fault whose signal is blocked ends the program, although it has a handler. */

#include "attack.h"

int
main(void)
{
    uint64_t all = ~0ul;
    catch_all();
    unix_call(NR_rt_sigprocmask, SIG_SETMASK, (uint64_t)&all, 0, 8, 0, 0);
    asm volatile("ud2");
    return 0;
}
