/* main.c - ExOS with inverted page tables, in an environment that a program with another library OS has made: uses its memory, then serves calls. */

#include "../board.h"

#include <exos/console.h>
#include <exos/lrpc.h>
#include <exos/vm.h>

enum { NPAGES = 300, WORDS = AEGIS_PAGE_SIZE / 8 };

static uint64_t *memory;

/* libos.c: the sum of what is in the memory from page `first` on, after adding `value` to each of `npages` pages. Faults, as they come, are taken in here. */
static long
add(uint64_t first, uint64_t npages, uint64_t value, uint64_t d, uint64_t e, uint32_t caller)
{
    (void)d, (void)e;
    if (caller != BOARD->parent || first > NPAGES || npages > NPAGES - first)
        return -1;
    uint64_t sum = 0;
    for (uint64_t i = first; i < first + npages; i++) {
        if (exos_vm_dirty(memory + i * WORDS) == 0)
            BOARD->inverted_faults++;
        sum += memory[i * WORDS] += value;
    }
    return sum;
}

/* The first slice starts on the area's small stack; ExOS's start wants a real one. */
asm(".text\n.globl libos_start\nlibos_start:\n\tmov $0x6ff00000, %esp\n\tjmp start\n");
_Static_assert(AEGIS_STACK_TOP == 0x6ff00000, "libos_start's stack");

int
main(void)
{
    long mapped = exos_vm_map(NPAGES, AEGIS_READ | AEGIS_WRITE);
    if (mapped < 0)
        return 1;
    memory = (uint64_t *)mapped;
    exos_puts("inverted: set up\n");
    BOARD->inverted_ready = 1;
    exos_lrpc_serve(add);
}
