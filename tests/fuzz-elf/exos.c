/* exos.c - exos/exec.c, with ExOS's own linear page table. The session, its frames and the way over into the new program are this file's. */

#include "loaders.h"

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/image.h>
#include <exos/text.h>
#include <exos/vm.h>

#include <setjmp.h>
#include <stdlib.h>

enum { LOWEST = PAGE, ARGUMENTS = 2 };
enum { CALLS_OF_OTHERS = EXOS_CALLS - EXOS_RUNS - 2 }; /* exos_call_unbind_program's share of the list, at most: what is bound must fit behind it */

#define STACK_BOTTOM (AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE)

char fake_record[AEGIS_PAGE_SIZE] __attribute__((aligned(AEGIS_PAGE_SIZE)));
char fake_tables[2 * EXOS_TABLE_SIZE] __attribute__((aligned(64)));
char fake_frames[PAGES * sizeof(struct exos_frame_entry)] __attribute__((aligned(64)));
char exos_exception_guard[PAGE], exos_exception_stack[EXOS_EXCEPTION_STACK];
uint64_t exos_exception_state[EXOS_EXCEPTION_STATE / 8];

static struct exos_call *last_call;
static uint32_t nguaranteed;
static jmp_buf back;

/* ---- what exec.c stands on ------------------------------------------------------------------------------------------------ */

/* Garbage, and it says so. */
uint32_t
exos_frame_alloc(bool *zeroed)
{
    *zeroed = false;
    return memory_alloc(1);
}

uint32_t
exos_frame_alloc_run(unsigned npages, struct aegis_cap *cap)
{
    if (npages == 0 || npages > AEGIS_ALLOC_MAX)
        abort();
    uint32_t first = memory_alloc(npages);
    for (uint32_t i = 0; first && i < npages; i++)
        __builtin_memset(memory_at(first + i), 0, PAGE);
    cap->name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, npages);
    return first;
}

void exos_frame_unref(uint32_t frame) { memory_unref(frame); }
void *exos_frame_window(uint32_t frame) { return memory_at(frame); }
void exos_frame_zero(void *page) { __builtin_memset(page, 0, PAGE); }
uint64_t exos_frame_check(uint32_t frame) { return frame; }
bool exos_frame_room(void) { return true; }

void
exos_table_unref(struct exos_table *table)
{
    for (uint32_t i = 0; i < table->n; i++)
        if (table->pte[i].frame)
            memory_unref(table->pte[i].frame);
}

/* One text is kept, whatever file it is of: it is the same file each time. */
static struct exos_text text;

static void
each_text_frame(void (*change)(uint32_t frame))
{
    for (uint32_t i = 0; i < text.nruns; i++)
        for (uint32_t page = 0; page < exos_run_pages(&text.run[i]); page++)
            change(exos_run_frame(&text.run[i]) + page);
}

const struct exos_text *
exos_text_use(const void *image)
{
    if (text.image != image)
        return NULL;
    each_text_frame(memory_ref);
    return &text;
}

void
exos_text_keep(const void *image, const struct exos_run *run, uint32_t nruns)
{
    text.image = image;
    text.nruns = nruns;
    for (uint32_t i = 0; i < nruns; i++)
        text.run[i] = run[i];
    each_text_frame(memory_ref);
}

struct exos_call *
exos_call_unbind_program(struct exos_call *at, const struct exos_process *p)
{
    (void)p;
    return last_call = at + CALLS_OF_OTHERS;
}

/* Of what is bound, the guaranteed pages are counted: the kernel refuses too many. */
struct exos_call *
exos_call_add(struct exos_call *at, uint64_t number, uint64_t a, uint64_t b, uint64_t c)
{
    (void)number, (void)c;
    if (at != last_call || at >= exos_self->call + EXOS_CALLS - 1)
        abort();
    if (a & AEGIS_GUARANTEED)
        nguaranteed += b >> 32 & 0xffff;
    return last_call = at + 1;
}

_Noreturn void exos_cross(void) { longjmp(back, 1); }

long exos_session_begin(void) { return 0; }
long exos_crossing_make(void) { return 0; }
long exos_image_begin(void) { return 0; }
void exos_session_join(void) {}
void exos_session_lock(void) {}
void exos_session_unlock(void) {}
void exos_session_hold(void) {}
void exos_vm_unmap_all(void) {}
void exos_process_begin(void) {}

/* ---- one input ------------------------------------------------------------------------------------------------------------ */

static void
demand(bool holds)
{
    if (!holds)
        abort();
}

/* Every run lies in the table as it is bound, and none may be written. */
static void
check_runs(void)
{
    demand(exos_self->nruns <= EXOS_RUNS && nguaranteed <= EXOS_RUN_PAGES);
    for (const struct exos_run *run = exos_self->run; run < exos_self->run + exos_self->nruns; run++)
        for (uint32_t i = 0, n = run->cap.name >> 32 & 0xffff; i < n; i++) {
            const struct exos_pte *pte = exos_table_find(exos_self->table, (run->where & ~EXOS_PTE_FLAGS) + i * PAGE);
            demand(pte && pte->frame == (uint32_t)run->cap.name + i && !((pte->where | run->where) & AEGIS_WRITE));
        }
}

/* The stack's pages are not the file's; what is on it is two arguments. */
static void
read_table(struct loaded *loaded)
{
    const struct exos_table *table = exos_self->table;
    loaded->entry = exos_self->target;
    for (const struct exos_pte *pte = table->pte; pte < table->pte + table->n; pte++) {
        uint64_t va = pte->where & ~EXOS_PTE_FLAGS;
        demand(!pte->frame == !!(pte->where & EXOS_PTE_EMPTY));
        if (va >= STACK_BOTTOM)
            continue;
        demand(va >= exos_self->program_start && va < exos_self->program_end);
        if (!loaded_range(loaded, va, va + PAGE, pte->where & EXOS_PTE_RIGHTS))
            return;
        if (pte->frame)
            demand(loaded_page(loaded, va, memory_at(pte->frame)));
    }
    demand(exos_self->argc == ARGUMENTS && exos_self->argv % 16 == 0 && exos_self->argv >= AEGIS_STACK_TOP - PAGE && exos_self->argv < AEGIS_STACK_TOP);
}

/* True: *loaded has the program. */
static bool
execute(const void *image, size_t size, struct loaded *loaded)
{
    static const char *const argv[] = {"fuzz", "", NULL};
    nguaranteed = 0;
    loaded->nranges = loaded->nfilled = 0;
    if (setjmp(back)) {
        check_runs();
        read_table(loaded);
        return true;
    }
    long status = exos_exec(image, size, argv);
    demand(status == -ENOEXEC || status == -ENOMEM);
    return false;
}

/* Twice: a second process of the same file shares the pages that may not be written. */
static bool
load(const void *image, size_t size, struct loaded *loaded)
{
    static struct loaded alone;
    text.image = NULL;
    if (!execute(image, size, loaded)) {
        demand(memory_used() == 0); /* a file that is refused leaves nothing */
        return false;
    }
    uint32_t used = memory_used();
    alone = *loaded;
    if (execute(image, size, loaded))
        demand(memory_used() - used <= used);
    else {
        demand(memory_used() == used);
        *loaded = alone; /* there is no memory for two */
    }
    return true;
}

const struct loader exos_loader = {"exos/exec.c", LOWEST, EXOS_CROSSING, load};
