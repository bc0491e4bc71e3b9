/* node.h - what a name in the tree of files stands for: a folder, a regular file, a device. Open files refer to nodes, and nodes outlive their names as long as they do.
 *
 * A node has one name at most (there are no hard links). Contents of a regular file are contents.c's, names tree.c's.
 */
#ifndef NODE_H
#define NODE_H

#include <machine/types.h>

enum { NODE_NAME_MAX = 255 };

struct device;
struct slab;

/* Bytes: pages of memory where something was written, below them the bytes of a file of the boot archive, and zeros where there is neither. */
struct contents {
    u64 size;
    const void *image; /* in the boot archive, or NULL */
    u64 image_size;    /* bytes of it that still count */
    void *root;        /* the page of bytes itself, or a table of 512 such roots for each level of `height` */
    u32 height;
    u64 npages;
};

struct folder {
    struct node **bucket; /* a page of them: nodes by their names */
    struct node *first, *last;
    u32 count, nfolders;
};

struct node {
    u32 mode;                       /* S_IF*, and permissions */
    u32 references;                 /* open files, working folders, children, and the name */
    u64 number;                     /* never used twice; in the order of creation */
    u64 changed;                    /* when, in ticks */
    struct node *parent;            /* also of what has lost its name; the root's is itself */
    bool linked;                    /* it has a name */
    struct node *next, *previous;   /* in the parent, in the order of creation */
    struct node *next_in_bucket;
    union {
        struct contents contents;
        struct folder folder;
        const struct device *device;
    };
    u32 hash, length;
    char name[NODE_NAME_MAX + 1];
};

/* Where nodes come from: the boot archive's have memory of their own, so that how many they are makes no difference to who creates others. */
extern struct slab node_of_boot, node_of_programs;

/* A node with one reference and no name, empty, whose parent will be `parent`; NULL if there is no memory. */
struct node *node_create(struct slab *slab, struct node *parent, u32 mode);

static inline struct node *
node_get(struct node *node)
{
    node->references++;
    return node;
}

/* Give up a reference; with the last one the node goes, and its reference to its parent. */
void node_put(struct node *node);

/* contents.c */
struct transfer;

enum { CONTENTS_MAX = 1 << 30 };

/* Move bytes at `offset` to or from user memory (transfer.h). Return how many, 0 at the end; -EFAULT, -ENOSPC (no memory), -EFBIG (nothing fits below CONTENTS_MAX).
 * An error only if nothing was moved. */
long contents_read(struct contents *contents, u64 offset, struct transfer *transfer);
long contents_write(struct contents *contents, u64 offset, struct transfer *transfer);

/* All bytes from `size` on are gone, or zeros are there up to it. -EFBIG. */
long contents_truncate(struct contents *contents, u64 size);

/* All bytes in one piece, until contents_unmap: not to be changed, and one file at a time. NULL: no memory, or more than 32 MiB. contents_init: only while booting. */
const void *contents_map(struct contents *contents);
void contents_unmap(const struct contents *contents);
void contents_init(void);

#endif
