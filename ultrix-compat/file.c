/* file.c - open files and descriptors; contract in file.h. The system calls are descriptor_calls.c's and io_calls.c's.
 *
 * Invariant: bit n of `open` is set exactly if file[n] is not NULL; a bit of `close_on_exec` only if that of `open` is.
 */

#include "file.h"
#include "abi.h"
#include "device.h"
#include "errors.h"
#include "page.h"
#include "process.h"
#include "slab.h"
#include "syscall.h"
#include "tree.h"

#include <machine/paging.h>
#include <machine/string.h>

enum { WORDS = OPEN_MAX / 64, STANDARD_FILES = 3 };
_Static_assert(sizeof(struct files) <= PAGE_SIZE, "a process's descriptors are a page");

static struct slab open_files = {.size = sizeof(struct file)};

/* ---- open files --------------------------------------------------------------------------------------------------------- */

struct file *
file_create(const struct file_kind *kind, struct node *node, u32 flags)
{
    struct file *file = slab_take(&open_files);
    if (file)
        *file = (struct file){.kind = kind, .references = 1, .flags = flags, .node = node};
    return file;
}

void
file_put(struct file *file)
{
    if (--file->references > 0)
        return;
    if (file->kind->close)
        file->kind->close(file);
    if (file->node)
        node_put(file->node);
    slab_free(file);
}

bool
file_may_read(const struct file *file)
{
    return (file->flags & O_ACCMODE) == O_RDONLY || (file->flags & O_ACCMODE) == O_RDWR;
}

bool
file_may_write(const struct file *file)
{
    return (file->flags & O_ACCMODE) == O_WRONLY || (file->flags & O_ACCMODE) == O_RDWR;
}

/* ---- descriptors -------------------------------------------------------------------------------------------------------- */

static inline u64 bit(u32 fd) { return 1ul << fd % 64; }

struct file *
file_at(u32 fd)
{
    return fd < OPEN_MAX ? current->files->file[fd] : NULL;
}

static void
set(struct files *files, u32 fd, struct file *file, bool close_on_exec)
{
    files->file[fd] = file;
    files->open[fd / 64] |= bit(fd);
    if (close_on_exec)
        files->close_on_exec[fd / 64] |= bit(fd);
    else
        files->close_on_exec[fd / 64] &= ~bit(fd);
}

long
file_install(struct file *file, u32 from, bool close_on_exec)
{
    struct files *files = current->files;
    u64 below = bit(from) - 1; /* of the first word */
    for (u32 i = from / 64; i < WORDS; i++, below = 0) {
        u64 used = files->open[i] | below;
        if (~used == 0)
            continue;
        u32 fd = i * 64 + __builtin_ctzl(~used);
        set(files, fd, file, close_on_exec);
        return fd;
    }
    return -EMFILE;
}

/* The old file is closed last: that may run on for long. */
void
file_install_at(struct file *file, u32 fd, bool close_on_exec)
{
    struct file *old = current->files->file[fd];
    set(current->files, fd, file, close_on_exec);
    if (old)
        file_put(old);
}

bool
file_has_room(void)
{
    u64 used = ~0ul;
    for (u32 i = 0; i < WORDS; i++)
        used &= current->files->open[i];
    return ~used != 0;
}

static void
clear(struct files *files, u32 fd)
{
    files->file[fd] = NULL;
    files->open[fd / 64] &= ~bit(fd);
    files->close_on_exec[fd / 64] &= ~bit(fd);
}

void
file_uninstall(u32 fd)
{
    clear(current->files, fd);
}

static void
take_out(struct files *files, u32 fd)
{
    struct file *file = files->file[fd];
    clear(files, fd);
    file_put(file);
}

bool
file_closes_on_exec(u32 fd)
{
    return current->files->close_on_exec[fd / 64] & bit(fd);
}

void
file_close_on_exec(u32 fd, bool close)
{
    set(current->files, fd, current->files->file[fd], close);
}

/* close(fd). Returns 0; -EBADF. */
long
sys_close(struct trapframe *t)
{
    if (!file_at(t->rdi))
        return -EBADF;
    take_out(current->files, t->rdi);
    return 0;
}

/* ---- a process's table -------------------------------------------------------------------------------------------------- */

static struct file *
open_console(void)
{
    struct node *node;
    if (tree_find_existing(tree_root, "/dev/console", &node) < 0)
        return NULL;
    struct file *console = file_create(&file_of_device, node, O_RDWR);
    if (console)
        node_get(node);
    return console;
}

struct files *
files_create(void)
{
    pa_t page = page_alloc(NULL);
    struct file *console = page ? open_console() : NULL;
    if (!console) {
        if (page)
            page_free(page);
        return NULL;
    }
    struct files *files = paging_direct(page);
    files->working_folder = node_get(tree_root);
    files->umask = S_IWGRP | S_IWOTH;
    for (u32 fd = 0; fd < STANDARD_FILES; fd++)
        set(files, fd, fd == 0 ? console : file_get(console), false);
    return files;
}

struct files *
files_fork(const struct files *from)
{
    pa_t page = page_take();
    if (!page)
        return NULL;
    struct files *files = paging_direct(page);
    memcpy(files, from, sizeof *files);
    node_get(files->working_folder);
    for (u32 i = 0; i < WORDS; i++)
        for (u64 left = files->open[i]; left; left &= left - 1)
            file_get(files->file[i * 64 + __builtin_ctzl(left)]);
    return files;
}

/* Close those whose bits are set. */
static void
close_all(struct files *files, const u64 *set)
{
    for (u32 i = 0; i < WORDS; i++)
        for (u64 left = set[i]; left; left &= left - 1)
            take_out(files, i * 64 + __builtin_ctzl(left));
}

void
files_exec(struct files *files)
{
    close_all(files, files->close_on_exec);
}

void
files_exit(struct files *files)
{
    close_all(files, files->open);
    node_put(files->working_folder);
    page_free(paging_physical(files));
}
