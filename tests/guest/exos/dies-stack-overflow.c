/* A recursion without end runs into unmapped memory; the default handler, on its own stack, says so and ends the program. */

#include "attack.h"

__attribute__((noinline)) static int
deep(int n)
{
    volatile char room[4096];
    room[0] = n;
    return n < 1000000 ? deep(n + 1) + room[0] : 0;
}

int
main(void)
{
    return deep(0);
}
