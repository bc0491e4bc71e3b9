/* tree.c - the names of files; contract in tree.h. The system calls are tree_calls.c's.
 *
 * How long a look-up takes depends on the names in that folder alone: each has a page of hash chains of its own.
 */

#include "tree.h"
#include "abi.h"
#include "device.h"
#include "errors.h"

#include <format/archive.h>
#include <machine/boot.h>
#include <machine/paging.h>
#include <machine/string.h>

enum { BUCKETS = PAGE_SIZE / sizeof(struct node *), BOOT_FILE_MODE = S_IFREG | 0755, FOLDER_MODE = S_IFDIR | 0755, SHARED_FOLDER_MODE = S_IFDIR | 01777 };

struct node *tree_root;

/* ---- names in a folder -------------------------------------------------------------------------------------------------- */

/* FNV-1a, 32 bits. */
static u32
hash_of(const char *name, u32 length)
{
    u32 hash = 2166136261;
    for (u32 i = 0; i < length; i++)
        hash = (hash ^ (u8)name[i]) * 16777619;
    return hash;
}

struct node *
tree_lookup(const struct node *folder, const char *name, u32 length)
{
    u32 hash = hash_of(name, length);
    struct node *n = folder->folder.bucket[hash % BUCKETS];
    while (n && (n->hash != hash || n->length != length || memcmp(n->name, name, length) != 0))
        n = n->next_in_bucket;
    return n;
}

/* The name's reference to the node is the caller's. */
static void
enter(struct node *parent, struct node *node, const char *name, u32 length)
{
    struct folder *f = &parent->folder;
    node->hash = hash_of(name, length);
    node->length = length;
    memcpy(node->name, name, length);
    node->name[length] = 0;
    struct node **in = &f->bucket[node->hash % BUCKETS];
    node->next_in_bucket = *in;
    *in = node;
    node->next = NULL;
    node->previous = f->last;
    if (f->last)
        f->last->next = node;
    else
        f->first = node;
    f->last = node;
    f->count++;
    f->nfolders += S_ISDIR(node->mode);
    node->linked = true;
    parent->changed = node->changed;
}

static void
leave(struct node *node)
{
    struct folder *f = &node->parent->folder;
    struct node **in = &f->bucket[node->hash % BUCKETS];
    while (*in != node)
        in = &(*in)->next_in_bucket;
    *in = node->next_in_bucket;
    if (node->previous)
        node->previous->next = node->next;
    else
        f->first = node->next;
    if (node->next)
        node->next->previous = node->previous;
    else
        f->last = node->previous;
    f->count--;
    f->nfolders -= S_ISDIR(node->mode);
    node->linked = false;
}

void
tree_remove(struct node *node)
{
    leave(node);
    node_put(node);
}

/* A name's place in its folder's order is that of the node's number, so that a listing that has begun neither misses nor repeats others. */
static void
sort_in(struct node *node)
{
    struct folder *f = &node->parent->folder;
    struct node *before = node->previous;
    while (before && before->number > node->number)
        before = before->previous;
    if (before == node->previous)
        return;
    f->last = node->previous;
    f->last->next = NULL;
    node->previous = before;
    node->next = before ? before->next : f->first;
    node->next->previous = node;
    if (before)
        before->next = node;
    else
        f->first = node;
}

void
tree_move(struct node *node, struct node *folder, const char *name, u32 length)
{
    struct node *old = node->parent;
    leave(node);
    node->parent = node_get(folder);
    enter(folder, node, name, length);
    sort_in(node);
    node_put(old);
}

long
tree_make(const struct place *place, u32 mode, struct node **node)
{
    if (!place->folder->linked)
        return -ENOENT;
    *node = node_create(&node_of_programs, place->folder, mode);
    if (!*node)
        return -ENOSPC;
    enter(place->folder, *node, place->last, place->length);
    return 0;
}

/* ---- paths -------------------------------------------------------------------------------------------------------------- */

/* One name of a path: what it leads to from place->node. */
static void
step(struct place *place, const char *name, u32 length)
{
    struct node *folder = place->node;
    place->last = NULL;
    place->slash = false;
    if (length == 1 && name[0] == '.')
        return;
    if (length == 2 && name[0] == '.' && name[1] == '.') {
        place->node = folder->parent;
        return;
    }
    *place = (struct place){folder, name, length, false, tree_lookup(folder, name, length)};
}

long
tree_find(struct node *start, const char *path, struct place *place)
{
    if (!*path)
        return -ENOENT;
    *place = (struct place){.folder = tree_root, .node = *path == '/' ? tree_root : start};
    for (;;) {
        while (*path == '/') {
            path++;
            place->slash = true;
        }
        if (!*path)
            return 0;
        if (!place->node)
            return -ENOENT;
        if (!S_ISDIR(place->node->mode))
            return -ENOTDIR;
        const char *name = path;
        while (*path && *path != '/')
            path++;
        if (path - name > NODE_NAME_MAX)
            return -ENAMETOOLONG;
        step(place, name, path - name);
    }
}

long
tree_find_existing(struct node *start, const char *path, struct node **node)
{
    struct place place;
    long error = tree_find(start, path, &place);
    if (error < 0)
        return error;
    *node = place.node;
    return !place.node ? -ENOENT : place.slash && !S_ISDIR(place.node->mode) ? -ENOTDIR : 0;
}

/* ---- the whole tree ----------------------------------------------------------------------------------------------------- */

/* A node of that name; one that is there already stays as it is. */
static struct node *
plant(struct node *folder, const char *name, u32 length, u32 mode)
{
    struct node *node = tree_lookup(folder, name, length);
    if (node || !(node = node_create(&node_of_boot, folder, mode)))
        return node;
    enter(folder, node, name, length);
    return node;
}

/* A file of the archive, and the folders that its name says. */
static bool
plant_file(const struct archive_file *file)
{
    const char *name = file->name, *slash = strchr(name, '/');
    struct node *folder = slash ? tree_root : plant(tree_root, "exolab", strlen("exolab"), FOLDER_MODE);
    for (; folder && S_ISDIR(folder->mode) && slash; name = slash + 1, slash = strchr(name, '/'))
        if (slash > name)
            folder = plant(folder, name, slash - name, FOLDER_MODE);
    u32 length = strlen(name);
    if (folder && (!S_ISDIR(folder->mode) || length == 0 || length > NODE_NAME_MAX || tree_lookup(folder, name, length)))
        return true; /* no name that a file can have, or one that has been given away */
    struct node *node = folder ? plant(folder, name, length, BOOT_FILE_MODE) : NULL;
    if (node)
        node->contents = (struct contents){.size = file->size, .image = file->data, .image_size = file->size};
    return node;
}

static bool
plant_devices(void)
{
    struct node *folder = plant(tree_root, "dev", strlen("dev"), FOLDER_MODE);
    for (u32 i = 0; folder && i < DEVICES; i++) {
        struct node *node = plant(folder, device[i].name, strlen(device[i].name), S_IFCHR | 0666);
        if (!node)
            return false;
        node->device = &device[i];
    }
    return folder;
}

bool
tree_plant(void)
{
    struct archive_file file;
    size_t offset = 0;
    tree_root = node_create(&node_of_boot, NULL, FOLDER_MODE);
    if (!tree_root)
        return false;
    tree_root->linked = true;
    bool good = plant_devices() && plant(tree_root, "tmp", strlen("tmp"), SHARED_FOLDER_MODE);
    while (good && archive_next(boot_archive(), boot_header.archive_bytes, &offset, &file) > 0)
        good = plant_file(&file);
    if (!good)
        tree_fell();
    return good;
}

/* From the leaves to the root. Nobody has a file of it open any more. */
void
tree_fell(void)
{
    struct node *node = tree_root;
    while (node != tree_root || node->folder.first)
        if (S_ISDIR(node->mode) && node->folder.first)
            node = node->folder.first;
        else {
            struct node *parent = node->parent;
            tree_remove(node);
            node = parent;
        }
    node_put(tree_root);
    tree_root = NULL;
}
