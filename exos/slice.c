/* slice.c - installs the slice handlers; contract in exos/slice.h. They themselves are slice.S. */

#include <exos/slice.h>
#include <stddef.h>

_Static_assert(sizeof(struct exos_saved) == EXOS_SAVED_SIZE, "slice.S pushes and pops these words");
_Static_assert(offsetof(struct exos_saved, rbx) == 8 * 5 && offsetof(struct exos_saved, rax) == 8 * 14, "slice.S names these words");
_Static_assert(offsetof(struct exos_saved, rip) == EXOS_SAVED_SIZE - 8, "pushed first, used last");

void
exos_slice_init(void)
{
    AEGIS_AREA_POINTER->slice_end_pc = (uint32_t)(uintptr_t)exos_slice_end;
    exos_slice_start_at(AEGIS_AREA_POINTER, exos_slice_start);
}
