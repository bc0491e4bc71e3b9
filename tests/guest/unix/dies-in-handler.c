/* A fault of the same kind in its handler ends the program, as the signal is blocked there. */

#include "attack.h"

static void
on_ill(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)info, (void)context;
    asm volatile("ud2");
}

int
main(void)
{
    unix_catch_with(SIGILL, on_ill, 0, 0);
    asm volatile("ud2");
    return 0;
}
