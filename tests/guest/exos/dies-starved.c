/* Three positions, and nobody in them who can be entered: the end of the program, wherever the search for somebody has stopped. */

#include "attack.h"

int
main(void)
{
    sys_slice_alloc(5);
    sys_slice_alloc(9);
    AEGIS_AREA_POINTER->slice_start_pc = 0;
    sys_slice_done();
    return 0;
}
