/* primitives.c - what does each primitive of Aegis cost? Its rows are in primitives/, by subject. No counterpart in the paper but where
 * docs/method.md says so. */

#include "primitives/rows.h"

EXPERIMENT("primitives", "", "Aegis's primitives, one by one");

int
main(void)
{
    workload_begin("primitives");
    measure_transfers();
    measure_slices();
    measure_memory();
    measure_foreign();
    measure_calls();
    measure_exit();
    return workload_end();
}
