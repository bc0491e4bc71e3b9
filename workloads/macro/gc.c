/* gc.c - a program that lives off the garbage collector (collector.h): a shelf of 4096 documents, each a tree of 63 cells, in which documents are replaced and edited.
 *
 * Each step writes a new document, puts it on the shelf in place of a random one, which is garbage then, and edits another, which has mostly been there longer. So
 * old cells come to refer to young ones and are written to, and each page with such a cell faults once between two collections.
 */

#include "collector.h"
#include "program.h"

#include <port.h>
#include <random.h>

enum { SHELF_DEPTH = 12, DOCUMENTS = 1 << SHELF_DEPTH, DOCUMENT_DEPTH = 6, STEPS = 16000, EDITED = 1 << 20 };
enum { SHELF, SCRATCH }; /* roots: the shelf, and from SCRATCH on what is being written */

static uint32_t written_by[DOCUMENTS]; /* the step, plus EDITED for each edit: what should be on the shelf */
static struct collector_counts counts;

static const char *
unsupported(void)
{
    return collector_begin() ? NULL : "no memory for the heap, or no change of protection";
}

/* A tree of `depth` levels. Cells may move whenever one is made, so what is not finished is kept in roots from `root` on. */
static struct cell *
new_tree(int depth, uint64_t value, int root)
{
    if (depth == 0)
        return NULL;
    collector_root[root] = new_tree(depth - 1, value, root + 1);
    collector_root[root + 1] = new_tree(depth - 1, value, root + 2);
    struct cell *cell = collector_new(value);
    cell->child[0] = collector_root[root];
    cell->child[1] = collector_root[root + 1];
    return cell;
}

/* Where the shelf refers to a document. */
static struct cell **
place_of(uint32_t document)
{
    struct cell *cell = collector_root[SHELF];
    for (int level = SHELF_DEPTH - 1; level > 0; level--)
        cell = cell->child[document >> level & 1];
    return &cell->child[document & 1];
}

static void
write_document(uint32_t document, uint32_t step)
{
    struct cell *tree = new_tree(DOCUMENT_DEPTH, step, SCRATCH);
    *place_of(document) = tree;
    written_by[document] = step;
}

/* The leftmost leaf: leaves are most of what there is, so the edits are spread over the heap. */
static void
edit_document(uint32_t document)
{
    struct cell *cell = *place_of(document);
    while (cell->child[0])
        cell = cell->child[0];
    cell->value += EDITED;
    written_by[document] += EDITED;
}

void gc_prepare(void) {}

void
gc_run(void)
{
    uint32_t state = RANDOM_SEED;
    collector_reset();
    collector_root[SHELF] = new_tree(SHELF_DEPTH, 0, SCRATCH);
    for (uint32_t document = 0; document < DOCUMENTS; document++)
        write_document(document, 0);
    for (uint32_t step = 1; step <= STEPS; step++) {
        write_document(random_below(&state, DOCUMENTS), step);
        edit_document(random_below(&state, DOCUMENTS));
    }
    counts = collector_counts();
}

/* Is it a tree of `depth` levels, all cells with `value` but for the leftmost leaf's? */
static bool
tree_is(const struct cell *cell, int depth, uint64_t value, uint64_t leftmost)
{
    if (depth == 0)
        return cell == NULL;
    return cell && cell->value == (depth == 1 ? leftmost : value) && tree_is(cell->child[0], depth - 1, value, leftmost) &&
           tree_is(cell->child[1], depth - 1, value, value);
}

/* Every document is what was last written, both kinds of collection have happened, and pages have faulted. */
static bool
result_is_right(void)
{
    bool right = counts.minor > 0 && counts.major > 0 && counts.faults > 0;
    for (uint32_t document = 0; document < DOCUMENTS; document++)
        right &= tree_is(*place_of(document), DOCUMENT_DEPTH, written_by[document] % EDITED, written_by[document]);
    return right;
}

const struct program gc_program = {unsupported, result_is_right};
