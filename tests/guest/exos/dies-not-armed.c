/* An exception while the context says that it is in use: nested by contract. */

#include "attack.h"

int
main(void)
{
    AEGIS_AREA_POINTER->armed = 0xfffffffe;
    asm volatile("ud2");
    return 0;
}
