/* stat_calls.c - what there is to know about files: stat and its kin, access, getdents64, readlink; and the little of it that can be changed: chmod, truncate. */

#include "abi.h"
#include "device.h"
#include "errors.h"
#include "file.h"
#include "path.h"
#include "pipe.h"
#include "process.h"
#include "syscall.h"
#include "time.h"
#include "user.h"

#include <machine/string.h>

enum { BLOCK = 512, TREE_DEVICE = 1, PIPE_DEVICE = 2 };

/* ---- stat --------------------------------------------------------------------------------------------------------------- */

static struct stat
stat_of_node(const struct node *node)
{
    struct timespec changed = time_of_day(node->changed);
    struct stat s = {
        .device = TREE_DEVICE, .number = node->number, .links = node->linked, .mode = node->mode, .block_size = PAGE_SIZE,
        .accessed = changed, .modified = changed, .status_changed = changed,
    };
    if (S_ISREG(node->mode)) {
        s.size = node->contents.size;
        s.blocks = node->contents.npages * (PAGE_SIZE / BLOCK);
    } else if (S_ISDIR(node->mode))
        s.links = node->linked ? 2 + node->folder.nfolders : 0;
    else
        s.of_device = node->device->number;
    return s;
}

static struct stat
stat_of_pipe(const struct pipe *pipe)
{
    return (struct stat){.device = PIPE_DEVICE, .number = pipe_number(pipe), .links = 1, .mode = S_IFIFO | S_IRUSR | S_IWUSR, .block_size = PAGE_SIZE};
}

static long
tell(const struct node *node, va_t to)
{
    struct stat s = stat_of_node(node);
    return user_write(to, &s, sizeof s);
}

static long
stat_path(int folder, va_t path, va_t to)
{
    struct node *node;
    long error = path_find_existing(folder, path, &node);
    return error < 0 ? error : tell(node, to);
}

static long
stat_file(u32 fd, va_t to)
{
    struct file *file = file_at(fd);
    if (!file)
        return -EBADF;
    if (file->node)
        return tell(file->node, to);
    struct stat s = stat_of_pipe(file->pipe);
    return user_write(to, &s, sizeof s);
}

/* stat(path, to), and lstat: there are no symbolic links. Returns 0; -EFAULT, and a path's errors. */
long
sys_stat(struct trapframe *t)
{
    return stat_path(AT_FDCWD, t->rdi, t->rsi);
}

/* fstat(fd, to). Returns 0; -EBADF, -EFAULT. */
long
sys_fstat(struct trapframe *t)
{
    return stat_file(t->rdi, t->rsi);
}

/* newfstatat(folder, path, to, flags): AT_EMPTY_PATH: of `folder` itself if the path is empty. As stat; -EINVAL (no such flag). */
long
sys_newfstatat(struct trapframe *t)
{
    char first;
    if (t->r10 & ~(u64)(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT))
        return -EINVAL;
    if (t->r10 & AT_EMPTY_PATH && user_read(&first, t->rsi, 1) == 0 && !first)
        return (int)t->rdi == AT_FDCWD ? tell(current->files->working_folder, t->rdx) : stat_file(t->rdi, t->rdx);
    return stat_path(t->rdi, t->rsi, t->rdx);
}

/* ---- may it be used so? ------------------------------------------------------------------------------------------------- */

/* The superuser may do everything but execute what nobody may. */
static long
access_at(int folder, va_t path, u32 how)
{
    struct node *node;
    if (how & ~(u32)(R_OK | W_OK | X_OK))
        return -EINVAL;
    long error = path_find_existing(folder, path, &node);
    if (error < 0)
        return error;
    return how & X_OK && !S_ISDIR(node->mode) && !(node->mode & S_EXECUTE_ANY) ? -EACCES : 0;
}

/* access(path, how). Returns 0; -EACCES, -EINVAL, and a path's errors. faccessat: from a folder. */
long
sys_access(struct trapframe *t)
{
    return access_at(AT_FDCWD, t->rdi, t->rsi);
}

long
sys_faccessat(struct trapframe *t)
{
    return access_at(t->rdi, t->rsi, t->rdx);
}

/* readlink(path, to, size): there are no symbolic links: -EINVAL for what exists, and a path's errors. */
long
sys_readlink(struct trapframe *t)
{
    struct node *node;
    if ((int)t->rdx <= 0)
        return -EINVAL;
    long error = path_find_existing(AT_FDCWD, t->rdi, &node);
    return error < 0 ? error : -EINVAL;
}

/* ---- a folder's names --------------------------------------------------------------------------------------------------- */

enum { DOT = 0, DOT_DOT = 1, NAMES = 2 }; /* offsets in a folder: behind these two, NAMES + the number of the node that was told last */

static u8
type_of(const struct node *node)
{
    return node->mode >> 12; /* DT_* */
}

/* One entry, if it fits behind `done`. Bytes; 0: it does not fit; -EFAULT. */
static long
tell_name(va_t to, u64 room, const struct node *node, const char *name, u32 length, u64 next)
{
    struct dirent64 entry = {.number = node->number, .next = next, .type = type_of(node)};
    u32 size = (offsetof(struct dirent64, name) + length + 1 + 7) & ~7u;
    entry.size = size;
    memset(entry.name, 0, size - offsetof(struct dirent64, name));
    memcpy(entry.name, name, length);
    return size > room ? 0 : user_write(to, &entry, size) < 0 ? -EFAULT : (long)size;
}

static const struct node *
first_behind(const struct node *folder, u64 number)
{
    const struct node *n = folder->folder.first;
    while (n && n->number <= number)
        n = n->next;
    return n;
}

/* The next entry from the file's offset on, as tell_name; the offset moves behind it. *end: there is none. */
static long
tell_next(struct file *file, va_t to, u64 room, bool *end)
{
    const struct node *folder = file->node, *node = folder;
    const char *name = "..";
    u64 next = file->offset + 1, length = 2;
    if (file->offset == DOT)
        length = 1;
    else if (file->offset == DOT_DOT)
        node = folder->parent;
    else {
        node = first_behind(folder, file->offset - NAMES);
        *end = !node;
        if (!node)
            return 0;
        name = node->name, length = node->length, next = NAMES + node->number;
    }
    long size = tell_name(to, room, node, name, length, next);
    if (size > 0)
        file->offset = next;
    return size;
}

/* getdents64(fd, to, size): as many of the folder's names as fit. Returns bytes, 0 at the end; -EBADF, -ENOTDIR, -EINVAL (not even one fits), -EFAULT, -ENOENT (the
 * folder has been removed). */
long
sys_getdents64(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    u64 size = (u32)t->rdx;
    long done = 0, n;
    bool end = false;
    if (!file)
        return -EBADF;
    if (file->kind != &file_of_folder)
        return -ENOTDIR;
    if (!file->node->linked)
        return -ENOENT;
    while ((n = tell_next(file, t->rsi + done, size - done, &end)) > 0)
        done += n;
    return done || end ? done : n < 0 ? n : -EINVAL;
}

/* ---- changes ------------------------------------------------------------------------------------------------------------ */

static long
change_mode(struct node *node, u32 mode)
{
    node->mode = (node->mode & S_IFMT) | (mode & S_PERMISSIONS);
    return 0;
}

/* chmod(path, mode). Returns 0, and a path's errors. */
long
sys_chmod(struct trapframe *t)
{
    struct node *node;
    long error = path_find_existing(AT_FDCWD, t->rdi, &node);
    return error < 0 ? error : change_mode(node, t->rsi);
}

/* fchmod(fd, mode). Returns 0; -EBADF, -EINVAL (a pipe: nobody else could see it). */
long
sys_fchmod(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    return !file ? -EBADF : file->node ? change_mode(file->node, t->rsi) : -EINVAL;
}

static long
truncate(struct node *node, long size)
{
    if (size < 0)
        return -EINVAL;
    long error = contents_truncate(&node->contents, size);
    if (error == 0)
        node->changed = time_now();
    return error;
}

/* truncate(path, size). Returns 0; -EINVAL (less than 0, or no regular file), -EISDIR, -EFBIG, and a path's errors. */
long
sys_truncate(struct trapframe *t)
{
    struct node *node;
    if ((long)t->rsi < 0)
        return -EINVAL;
    long error = path_find_existing(AT_FDCWD, t->rdi, &node);
    if (error < 0)
        return error;
    return S_ISREG(node->mode) ? truncate(node, t->rsi) : S_ISDIR(node->mode) ? -EISDIR : -EINVAL;
}

/* ftruncate(fd, size). Returns 0; -EBADF, -EINVAL (less than 0, no regular file, or not open for writing), -EFBIG. */
long
sys_ftruncate(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    if ((long)t->rsi < 0)
        return -EINVAL;
    if (!file)
        return -EBADF;
    return file->kind == &file_of_regular && file_may_write(file) ? truncate(file->node, t->rsi) : -EINVAL;
}

/* fsync(fd), fdatasync(fd): memory is all there is. Returns 0; -EBADF, -EINVAL (a pipe or a device that cannot). */
long
sys_fsync(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    return !file ? -EBADF : file->kind == &file_of_regular || file->kind == &file_of_folder ? 0 : -EINVAL;
}
