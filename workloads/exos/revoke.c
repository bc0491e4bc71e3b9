/* revoke.c - what does it cost to get pages back: with the holder's help, and without? No counterpart in the paper (claim D-26).
 *
 * return-N       from the `revoke` call that asks for N pages to the first instruction behind it at which all N are free: the rest of the slice is given away, the
 *                holder is told at the start of its slice, chooses, frees them, and gives its slice back
 * repossess-N    from the `repossess` call, the deadline being over, to the first instruction of the holder's repossession handler
 *
 * Two environments, a slice each. The holder is a copy of this program; what both must see is on one shared page.
 */

#include <exos/console.h>
#include <exos/env.h>
#include <exos/memory.h>
#include <exos/revoke.h>
#include <exos/syscall.h>
#include <exos/transfer.h>
#include <workload.h>

EXPERIMENT("revoke", "", "Revocation: pages returned on request, and taken by force");
#define BOTH(n)                                                         \
    OPERATION("return-" #n, #n " pages asked for, until they are back"); \
    OPERATION("repossess-" #n, #n " pages taken by force, until their holder is told")
BOTH(1);
BOTH(2);
BOTH(4);
BOTH(8);
BOTH(16);
BOTH(32);

enum { PAGES_MAX = 32, POSITION = 1 };

/* Addresses whose slots in the binding cache are their own. */
#define HOLDER_AREA ((void *)0x51000000)
#define PAGE_AT(i) ((void *)(0x54010000ul + (i) * 4096ul))
#define BOARD 0x53001000

static struct board {
    uint32_t ticks;  /* the holder's clock at its repossession handler's first instruction */
    uint32_t wanted; /* pages that the holder shall have */
    uint32_t has;
} *const board = (struct board *)BOARD;

static struct exos_env holder;
static struct exos_page pages[PAGES_MAX];

/* The holder's repossession entry: reads the clock, then ExOS's own. rax and rdx hold nothing of the program's here. */
extern const char holder_told[];
asm(CODE_HERE "holder_told:\n\trdtsc\n\tmov %eax, 0x53001000\n\tjmp exos_revoke_upcall\n");
_Static_assert(BOARD == 0x53001000 && offsetof(struct board, ticks) == 0, "holder_told writes the ticks there");

/* The holder: has as many pages as it shall, all under ExOS's management, and otherwise gives its slices away. */
static int
hold(uint64_t unused)
{
    (void)unused;
    exos_revoke_manage(pages, 0);
    AEGIS_AREA_POINTER->repossess_pc = (uint32_t)(uintptr_t)holder_told;
    while (board->wanted != ~0u) {
        while (board->has < board->wanted) {
            struct exos_page *page = &pages[board->has];
            page->va = PAGE_AT(board->has);
            page->lost = exos_page_map(page->va, AEGIS_READ | AEGIS_WRITE, &page->cap) < 0;
            board->has++;
        }
        exos_revoke_manage(pages, board->has);
        AEGIS_AREA_POINTER->repossess_pc = (uint32_t)(uintptr_t)holder_told;
        exos_yield(0);
    }
    return 0;
}

/* Let the holder have `npages` pages, all its own again. */
static void
refill(uint32_t npages)
{
    board->has = 0;
    board->wanted = npages;
    while (board->has < npages)
        exos_yield(0);
    exos_yield(0);
}

#define REVOKE(npages, ticks) sys_revoke(holder.cap.name, holder.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | (npages), 0, ticks)
#define CLOCK(label)                                                                  \
    ({                                                                                \
        uint32_t ticks_;                                                              \
        asm volatile(label ": rdtsc" : "=a"(ticks_) : : "edx", "memory");              \
        ticks_;                                                                       \
    })

/* A pair of regions for each number of pages, at addresses of their own: the probe tells regions apart by their addresses. */
#define REGIONS(n)                                                                     \
    extern const char return_begin_##n[], return_end_##n[], repossess_begin_##n[];     \
    static __attribute__((noinline, noclone)) uint32_t return_run_##n(void)            \
    {                                                                                  \
        refill(n);                                                                     \
        uint32_t begin = CLOCK("return_begin_" #n);                                    \
        REVOKE(n, 0);                                                                  \
        exos_yield(0);                                                                 \
        return CLOCK("return_end_" #n) - begin;                                        \
    }                                                                                  \
    static __attribute__((noinline, noclone)) uint32_t repossess_run_##n(void)         \
    {                                                                                  \
        refill(n);                                                                     \
        REVOKE(n, 1);                                                                  \
        uint32_t begin = CLOCK("repossess_begin_" #n);                                 \
        sys_repossess(holder.cap.name, holder.cap.check);                              \
        exos_yield(0);                                                                 \
        return board->ticks - begin;                                                   \
    }
REGIONS(1)
REGIONS(2)
REGIONS(4)
REGIONS(8)
REGIONS(16)
REGIONS(32)

static __attribute__((noinline, noclone)) uint32_t
empty_run(void)
{
    uint32_t begin = CLOCK("empty_begin");
    return CLOCK("empty_end") - begin;
}

static bool
holder_start(void)
{
    return exos_page_map(board, AEGIS_READ | AEGIS_WRITE, NULL) == 0 && exos_env_create(&holder, HOLDER_AREA) == 0 &&
           exos_env_share(&holder, board, 1, AEGIS_READ | AEGIS_WRITE) == 0 && (exos_env_start(&holder, hold, 0), exos_env_give_slice(&holder, POSITION) == 0);
}

#define MEASURE(n)                                                                                               \
    do {                                                                                                         \
        const struct region returned = {return_run_##n, empty_run, return_begin_##n, return_end_##n, NULL};      \
        const struct region repossessed = {repossess_run_##n, empty_run, repossess_begin_##n, holder_told, NULL}; \
        measure_some("return-" #n, &returned, 10);                                                               \
        measure_some("repossess-" #n, &repossessed, 10);                                                         \
    } while (0)

int
main(void)
{
    workload_begin("revoke");
    if (!holder_start()) {
        fail("return-1", "the holder could not be made");
        return workload_end();
    }
    MEASURE(1);
    MEASURE(2);
    MEASURE(4);
    MEASURE(8);
    MEASURE(16);
    MEASURE(32);
    return workload_end();
}
