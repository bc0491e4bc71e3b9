/* node.c - nodes come and go; contract in node.h. */

#include "node.h"
#include "abi.h"
#include "page.h"
#include "slab.h"
#include "time.h"

#include <machine/paging.h>
#include <machine/string.h>

struct slab node_of_boot = {.size = sizeof(struct node)}, node_of_programs = {.size = sizeof(struct node)};
static u64 last_number;

struct node *
node_create(struct slab *slab, struct node *parent, u32 mode)
{
    struct node *node = slab_take(slab);
    if (!node)
        return NULL;
    memset(node, 0, offsetof(struct node, name));
    node->mode = mode;
    node->references = 1;
    node->number = ++last_number;
    node->changed = time_now();
    if (S_ISDIR(mode)) {
        pa_t page = page_alloc(NULL);
        if (!page) {
            slab_free(node);
            return NULL;
        }
        node->folder.bucket = paging_direct(page);
    }
    node->parent = parent ? node_get(parent) : node;
    return node;
}

static void
destroy(struct node *node)
{
    if (S_ISDIR(node->mode))
        page_free(paging_physical(node->folder.bucket));
    else if (S_ISREG(node->mode))
        contents_truncate(&node->contents, 0);
    slab_free(node);
}

/* A chain of folders that nobody needs any more goes from the bottom up. */
void
node_put(struct node *node)
{
    while (--node->references == 0) {
        struct node *parent = node->parent;
        destroy(node);
        if (parent == node)
            return;
        node = parent;
    }
}
