/* tree.h - the names of files: folders that hold nodes, and what a path leads to. */
#ifndef TREE_H
#define TREE_H

#include "node.h"

enum { PATH_SIZE = 4096 }; /* with the 0 at its end */

/* Where a path leads. `last` lies in the path that was given. */
struct place {
    struct node *folder; /* in which its last name is, or would be */
    const char *last;    /* that name; NULL: the path ends in `/`, `.` or `..`, and `node` is a folder or the path was `/` */
    u32 length;
    bool slash;          /* something that ends in `/` follows the name: it must be a folder */
    struct node *node;   /* what is there, or NULL */
};

extern struct node *tree_root;

/* Make the tree that every boot program finds: /dev, /tmp, the boot archive's files, those without a folder in /exolab. False: out of memory. tree_fell: all of it goes. */
bool tree_plant(void);
void tree_fell(void);

/* Follow `path` from `start`, or from the root. All of *place counts only until the tree is changed. Returns 0 even if the last name does not exist; -ENOENT, -ENOTDIR
 * on the way, -ENAMETOOLONG. */
long tree_find(struct node *start, const char *path, struct place *place);

/* The same, but what is there must exist: -ENOENT; and be a folder if the path ends in `/`: -ENOTDIR. */
long tree_find_existing(struct node *start, const char *path, struct node **node);

/* The node of that name in a folder, or NULL. */
struct node *tree_lookup(const struct node *folder, const char *name, u32 length);

/* A new node there; -ENOSPC: no memory; -ENOENT: the folder itself has been removed. */
long tree_make(const struct place *place, u32 mode, struct node **node);

/* The node loses its name. tree_move: it gets another one instead; nothing may be there. */
void tree_remove(struct node *node);
void tree_move(struct node *node, struct node *folder, const char *name, u32 length);

#endif
