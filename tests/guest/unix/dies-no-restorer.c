/* A handler without SA_RESTORER has no way back: SIGSEGV. */

#include "attack.h"

int
main(void)
{
    struct unix_sigaction action = {(void *)saw_signal, SA_SIGINFO, NULL, 0};
    unix_call(NR_rt_sigaction, SIGILL, (uint64_t)&action, 0, 8, 0, 0);
    asm volatile("ud2");
    return 0;
}
