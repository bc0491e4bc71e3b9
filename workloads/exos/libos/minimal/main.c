/* main.c - a library OS as small as it can be: it takes exceptions, has memory that comes when it is touched, prints, and talks to others. No line of ExOS's is in it.
 *
 * Its policy is its own: memory is the highest free page (ExOS takes the lowest), its page table is the kernel's bindings, an undefined instruction is skipped.
 */

#include "../board.h"

#include <aegis/abi.h>
#include <stddef.h>

#define HEAP 0x10000000ul
enum { HEAP_PAGES = 64, WORD = 8, UD2_BYTES = 2 };
enum { VECTORS = 32 };

long minimal_call(uint64_t number, uint64_t a, uint64_t b, uint64_t c);
uint64_t minimal_value;
uint32_t minimal_count;
extern const char minimal_exception_entry[], minimal_slice_end[], minimal_slice_start[], minimal_entered[];

static void
print(const char *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    minimal_call(AEGIS_SYS_console_write, (uintptr_t)text, n, 0);
}

static void
exit(int status)
{
    minimal_call(AEGIS_SYS_env_exit, status, 0, 0);
}

/* Another page of the heap. */
static long
give_page(uintptr_t va)
{
    uint32_t page = AEGIS_INFO_POINTER->page_count - 1;
    while (page > 0 && AEGIS_OWNERS_POINTER[page] != AEGIS_OWNER_FREE)
        page--;
    long status = minimal_call(AEGIS_SYS_page_alloc, page, 0, 0);
    if (status < 0)
        return status;
    BOARD->pages++;
    return minimal_call(AEGIS_SYS_page_bind, va | AEGIS_READ | AEGIS_WRITE, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), minimal_value);
}

/* Called by entry.S on the area's stack. */
void
minimal_exception(uint32_t vector)
{
    volatile struct aegis_area *area = AEGIS_AREA_POINTER;
    uintptr_t va = area->address & -(uintptr_t)AEGIS_PAGE_SIZE;
    BOARD->exceptions++;
    if (vector == AEGIS_OPCODE)
        area->frame.rip += UD2_BYTES;
    else if (vector != AEGIS_PAGE || va < HEAP || va >= HEAP + HEAP_PAGES * AEGIS_PAGE_SIZE || give_page(va) < 0) {
        print("minimal: an exception that is not mine\n");
        exit(128 + vector);
    }
}

/* Echo a word, plus one. Both rings count the same bytes, so whatever a slice's end has interrupted shows in their difference. */
static void
echo(struct ring *there, struct ring *back)
{
    *(volatile uint32_t *)&there->head = back->tail;
    uint32_t at = there->head % RING;
    if (*(volatile uint32_t *)&there->tail == there->head || at > RING - WORD)
        return;
    back->writer = there->reader = AEGIS_AREA_POINTER->env;
    *(uint64_t *)&back->bytes[at] = *(uint64_t *)&there->bytes[at] + 1;
    *(volatile uint32_t *)&back->tail = there->head + WORD;
    *(volatile uint32_t *)&there->head = there->head + WORD;
}

/* A slice has started: do what the board says, and let the parent go on. Comes back here by minimal_slice_start. */
_Noreturn void
minimal_run(void)
{
    struct board *board = BOARD;
    if (board->mode == TALK_SHM) {
        if (board->counter & 1)
            board->counter++;
    } else if (board->mode == TALK_PIPE)
        echo(&board->there, &board->back);
    else
        *(volatile int *)0x1234 = 5;
    for (;;) {
        minimal_call(AEGIS_SYS_yield, board->parent, 0, 0);
        minimal_call(AEGIS_SYS_slice_done, 0, 0, 0); /* the parent cannot run */
    }
}

static uint32_t
entry(const char *code)
{
    return (uint32_t)(uintptr_t)code;
}

void
minimal_main(void)
{
    volatile struct aegis_area *area = AEGIS_AREA_POINTER;
    for (int vector = 0; vector < VECTORS; vector++)
        area->pc[vector] = entry(minimal_exception_entry);
    area->armed = 1;
    area->slice_end_pc = entry(minimal_slice_end);
    area->slice_start_pc = entry(minimal_slice_start);
    area->pct_sync_pc = entry(minimal_entered);
    volatile uint64_t *heap = (volatile uint64_t *)HEAP;
    uint64_t sum = 0;
    for (uint64_t i = 0; i < HEAP_PAGES; i++)
        heap[i * 512] = i;
    for (uint64_t i = 0; i < HEAP_PAGES; i++)
        sum += heap[i * 512];
    asm volatile("ud2");
    if (sum == HEAP_PAGES * (HEAP_PAGES - 1) / 2)
        print("minimal: set up\n");
    BOARD->ready = sum == HEAP_PAGES * (HEAP_PAGES - 1) / 2;
}
