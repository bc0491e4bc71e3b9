/* collector.c - the collector; contract and drawing in collector.h. Copying is Cheney's, breadth first. */

#include "collector.h"

#include <port.h>

enum { MIB = 1 << 20, OLD_SIZE = 30 * MIB, NURSERY_SIZE = 4 * MIB, HEAP_PAGES = (2 * OLD_SIZE + NURSERY_SIZE) / PORT_PAGE_SIZE };
enum { OLD_PAGES = OLD_SIZE / PORT_PAGE_SIZE, STATUS_HEAP = 3, STATUS_FAULT, STATUS_PROTECT };

_Static_assert(PORT_PAGE_SIZE % sizeof(struct cell) == 0, "no cell lies in two pages");

struct cell *collector_root[COLLECTOR_ROOTS];

static char *heap, *nursery;
static char *old;                   /* the old space in use: A or B */
static char *protected_end;         /* its pages below are read-only, but for those written */
static struct cell *free_old;       /* its first free cell */
static struct cell *free_young;     /* the nursery's */
static char *written[OLD_PAGES];    /* pages below protected_end that were written since the last collection */
static uint32_t written_count;
static char *moving, *moving_end;   /* during a collection: the cells that must move */
static struct collector_counts counts;

struct collector_counts collector_counts(void) { return counts; }

PORT_HANDLER(old_page_written, frame)
{
    char *page = (char *)(PORT_FRAME_ADDRESS(frame) & -(uint64_t)PORT_PAGE_SIZE);
    if (page < old || page >= protected_end)
        port_exit(STATUS_FAULT); /* of another kind */
    counts.faults++;
    written[written_count++] = page;
    if (port_protect(page, 1, 1) < 0)
        port_exit(STATUS_PROTECT); /* Linux keeps a region for each piece of memory with rights of its own, and at most 65530 of them */
}

bool
collector_begin(void)
{
    heap = port_pages(HEAP_PAGES);
    nursery = heap + OLD_SIZE;
    return heap != NULL;
}

static void
make_writable(char *space)
{
    port_protect(space, OLD_PAGES, 1);
}

static void
use_old_space(char *space)
{
    make_writable(space);
    old = protected_end = space;
    free_old = (struct cell *)space;
}

void
collector_reset(void)
{
    for (int i = 0; i < COLLECTOR_ROOTS; i++)
        collector_root[i] = NULL;
    counts = (struct collector_counts){0, 0, 0};
    written_count = 0;
    free_young = (struct cell *)nursery;
    use_old_space(heap);
    port_catch(PORT_PROT, old_page_written);
}

/* Where `cell` is now; moves it if it must move and has not yet. */
static inline struct cell *
moved(struct cell *cell)
{
    if ((char *)cell < moving || (char *)cell >= moving_end)
        return cell;
    if (cell->moved)
        return cell->moved;
    if ((char *)free_old >= old + OLD_SIZE)
        port_exit(STATUS_HEAP);
    *free_old = *cell;
    return cell->moved = free_old++;
}

/* Make the cells from `first` up to `end` refer to where their children are now. `end` may grow meanwhile. */
static void
scan(struct cell *first, struct cell *const *end)
{
    for (struct cell *cell = first; cell < *end; cell++) {
        cell->child[0] = moved(cell->child[0]);
        cell->child[1] = moved(cell->child[1]);
    }
}

static void
move_roots(void)
{
    for (int i = 0; i < COLLECTOR_ROOTS; i++)
        collector_root[i] = moved(collector_root[i]);
}

/* The young move to the end of the old space. Besides the roots, pages that were written may refer to them, and so may what lies behind the protected pages. */
static void
collect_young(void)
{
    moving = nursery;
    moving_end = nursery + NURSERY_SIZE;
    move_roots();
    for (uint32_t i = 0; i < written_count; i++) {
        struct cell *end = (struct cell *)(written[i] + PORT_PAGE_SIZE);
        scan((struct cell *)written[i], &end);
    }
    scan((struct cell *)protected_end, &free_old);
    counts.minor++;
}

/* The young and the old move to the other old space; the nursery is between them, so they are one range. */
static void
collect_all(void)
{
    char *full = old;
    make_writable(full); /* where a cell moved is written into the cell that was */
    use_old_space(full == heap ? nursery + NURSERY_SIZE : heap);
    moving = full < nursery ? full : nursery;
    moving_end = full < nursery ? nursery + NURSERY_SIZE : full + OLD_SIZE;
    move_roots();
    scan((struct cell *)old, &free_old);
    counts.major++;
}

static void
protect_full_pages(void)
{
    size_t full_pages = ((char *)free_old - old) / PORT_PAGE_SIZE;
    protected_end = old + full_pages * PORT_PAGE_SIZE;
    port_protect(old, full_pages, 0);
}

static void
collect(void)
{
    if (old + OLD_SIZE - (char *)free_old >= NURSERY_SIZE)
        collect_young();
    else
        collect_all();
    free_young = (struct cell *)nursery;
    written_count = 0;
    protect_full_pages();
}

struct cell *
collector_new(uint64_t value)
{
    if ((char *)free_young == nursery + NURSERY_SIZE)
        collect();
    *free_young = (struct cell){{NULL, NULL}, value, NULL};
    return free_young++;
}
