/* Endless recursion ends at the stack's lower end. */

#include "attack.h"

static int
deeper(volatile int *parent)
{
    volatile int here[200];
    here[0] = *parent + 1;
    return here[0] == 0 ? 0 : deeper(here) + here[0];
}

int
main(void)
{
    int zero = 0;
    return deeper(&zero);
}
