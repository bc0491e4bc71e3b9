/* A fault without a handler ends the program. */

#include "attack.h"

int
main(void)
{
    *(volatile int *)UNMAPPED = 1;
    return 0;
}
