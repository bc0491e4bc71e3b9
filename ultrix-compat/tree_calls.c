/* tree_calls.c - system calls that take a path: open, mkdir, rmdir, unlink, rename, chdir and their kin. Those that tell about files are stat_calls.c's. */

#include "abi.h"
#include "errors.h"
#include "file.h"
#include "path.h"
#include "process.h"
#include "syscall.h"
#include "time.h"
#include "user.h"

#include <machine/string.h>

/* ---- paths of the user -------------------------------------------------------------------------------------------------- */

/* Paths are read here: none is needed for longer than a call that does not wait. */
static char path_buffer[2][PATH_SIZE];

static long
read_path(char *path, va_t at)
{
    long length = user_read_string(path, at, PATH_SIZE);
    return length < 0 ? length : 0;
}

/* Where a path that is not absolute begins. */
static long
start_of(int fd, const char *path, struct node **start)
{
    *start = current->files->working_folder;
    if (fd == AT_FDCWD || *path == '/')
        return 0;
    struct file *file = file_at(fd);
    if (!file)
        return -EBADF;
    *start = file->node;
    return file->node && S_ISDIR(file->node->mode) ? 0 : -ENOTDIR;
}

static long
find_in(char *path, int fd, va_t at, struct place *place)
{
    struct node *start = tree_root;
    long error = read_path(path, at);
    if (error == 0 && *path)
        error = start_of(fd, path, &start);
    return error == 0 ? tree_find(start, path, place) : error;
}

long
path_find(int fd, va_t at, struct place *place)
{
    return find_in(path_buffer[0], fd, at, place);
}

long
path_find_existing(int fd, va_t at, struct node **node)
{
    struct place place;
    long error = path_find(fd, at, &place);
    if (error < 0)
        return error;
    *node = place.node;
    return !place.node ? -ENOENT : place.slash && !S_ISDIR(place.node->mode) ? -ENOTDIR : 0;
}

/* ---- open --------------------------------------------------------------------------------------------------------------- */

static const struct file_kind *
kind_of(const struct node *node)
{
    return S_ISREG(node->mode) ? &file_of_regular : S_ISDIR(node->mode) ? &file_of_folder : &file_of_device;
}

/* May what is there be opened so? 0, or why not. */
static long
check_open(const struct place *place, u32 flags)
{
    bool folder = S_ISDIR(place->node->mode);
    if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
        return -EEXIST;
    if (folder && (flags & O_CREAT || (flags & O_ACCMODE) != O_RDONLY || flags & O_TRUNC))
        return -EISDIR;
    if (!folder && (place->slash || flags & O_DIRECTORY))
        return -ENOTDIR;
    return 0;
}

static long
create_or_check(struct place *place, u32 flags, u32 mode)
{
    if (place->node)
        return check_open(place, flags);
    if (!(flags & O_CREAT))
        return -ENOENT;
    if (flags & O_DIRECTORY)
        return -EINVAL;
    return place->slash ? -EISDIR : tree_make(place, S_IFREG | (mode & S_PERMISSIONS & ~current->files->umask), &place->node);
}

static long
open_at(int folder, va_t path, u32 flags, u32 mode)
{
    struct place place;
    long error = path_find(folder, path, &place);
    if (error < 0)
        return error;
    struct file *file = file_create(&file_of_folder, NULL, (flags & (O_ACCMODE | O_APPEND | O_NONBLOCK | O_DIRECTORY)) | O_LARGEFILE);
    if (!file)
        return -ENFILE;
    error = file_has_room() ? create_or_check(&place, flags, mode) : -EMFILE;
    if (error < 0) {
        file_put(file);
        return error;
    }
    file->kind = kind_of(place.node);
    file->node = node_get(place.node);
    if (flags & O_TRUNC && S_ISREG(place.node->mode)) {
        contents_truncate(&place.node->contents, 0);
        place.node->changed = time_now();
    }
    return file_install(file, 0, flags & O_CLOEXEC);
}

/* open(path, flags, mode): O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_DIRECTORY, O_NONBLOCK, O_CLOEXEC; what else Linux knows is ignored. Returns the descriptor; -EINVAL
 * (O_CREAT with O_DIRECTORY), -EMFILE, -ENFILE (no memory), -EEXIST, -EISDIR, -ENOTDIR, -ENOENT, -ENOSPC, and what a path can be wrong with: -EFAULT, -ENAMETOOLONG, -EBADF (openat). */
long
sys_open(struct trapframe *t)
{
    return open_at(AT_FDCWD, t->rdi, t->rsi, t->rdx);
}

/* openat(folder, path, flags, mode). */
long
sys_openat(struct trapframe *t)
{
    return open_at(t->rdi, t->rsi, t->rdx, t->r10);
}

/* creat(path, mode). */
long
sys_creat(struct trapframe *t)
{
    return open_at(AT_FDCWD, t->rdi, O_CREAT | O_WRONLY | O_TRUNC, t->rsi);
}

/* ---- folders and names -------------------------------------------------------------------------------------------------- */

static long
make_folder(int folder, va_t path, u32 mode)
{
    struct place place;
    long error = path_find(folder, path, &place);
    if (error < 0)
        return error;
    return place.node ? -EEXIST : tree_make(&place, S_IFDIR | (mode & S_FOLDER_PERMISSIONS & ~current->files->umask), &place.node);
}

/* mkdir(path, mode). Returns 0; -EEXIST, -ENOSPC, and a path's errors. mkdirat: from a folder. */
long
sys_mkdir(struct trapframe *t)
{
    return make_folder(AT_FDCWD, t->rdi, t->rsi);
}

long
sys_mkdirat(struct trapframe *t)
{
    return make_folder(t->rdi, t->rsi, t->rdx);
}

/* The path's last part, if it is a `.` or `..` that cannot be removed; 0: it is a name. */
static u32
dots_at_end(const char *path)
{
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/')
        length--;
    u32 dots = 0;
    while (dots < length && path[length - 1 - dots] == '.')
        dots++;
    return dots == length || path[length - 1 - dots] == '/' ? dots : 0;
}

static long
remove_folder(int folder, va_t path)
{
    struct place place;
    long error = path_find(folder, path, &place);
    if (error < 0)
        return error;
    if (!place.last) {
        u32 dots = dots_at_end(path_buffer[0]);
        return dots == 1 ? -EINVAL : dots == 2 ? -ENOTEMPTY : -EBUSY;
    }
    if (!place.node)
        return -ENOENT;
    if (!S_ISDIR(place.node->mode))
        return -ENOTDIR;
    if (place.node->folder.count > 0)
        return -ENOTEMPTY;
    tree_remove(place.node);
    return 0;
}

static long
remove_file(int folder, va_t path)
{
    struct place place;
    long error = path_find(folder, path, &place);
    if (error < 0)
        return error;
    if (!place.last)
        return -EISDIR;
    if (!place.node)
        return -ENOENT;
    if (S_ISDIR(place.node->mode))
        return -EISDIR;
    if (place.slash)
        return -ENOTDIR;
    tree_remove(place.node);
    return 0;
}

/* rmdir(path). Returns 0; -ENOTEMPTY, -ENOTDIR, -EINVAL (`.`), -EBUSY (the root), and a path's errors. */
long
sys_rmdir(struct trapframe *t)
{
    return remove_folder(AT_FDCWD, t->rdi);
}

/* unlink(path): the file itself stays while it is open. Returns 0; -EISDIR, -ENOENT, and a path's errors. */
long
sys_unlink(struct trapframe *t)
{
    return remove_file(AT_FDCWD, t->rdi);
}

/* unlinkat(folder, path, flags): AT_REMOVEDIR makes it rmdir. -EINVAL (other flags). */
long
sys_unlinkat(struct trapframe *t)
{
    if (t->rdx & ~(u64)AT_REMOVEDIR)
        return -EINVAL;
    return t->rdx & AT_REMOVEDIR ? remove_folder(t->rdi, t->rsi) : remove_file(t->rdi, t->rsi);
}

static bool
is_inside(const struct node *node, const struct node *folder)
{
    while (node != folder && node != node->parent)
        node = node->parent;
    return node == folder;
}

/* May `from` get the name `to`? 0, or why not. */
static long
check_rename(const struct place *from, const struct place *to)
{
    if (!from->last || !to->last)
        return -EBUSY;
    if (!from->node)
        return -ENOENT;
    bool folder = S_ISDIR(from->node->mode);
    if (!folder && (from->slash || to->slash))
        return -ENOTDIR;
    if (folder && is_inside(to->folder, from->node))
        return -EINVAL;
    if (!to->folder->linked)
        return -ENOENT;
    if (!to->node || to->node == from->node)
        return 0;
    if (is_inside(from->folder, to->node))
        return -ENOTEMPTY;
    if (folder != S_ISDIR(to->node->mode))
        return folder ? -ENOTDIR : -EISDIR;
    return folder && to->node->folder.count > 0 ? -ENOTEMPTY : 0;
}

static long
rename(int from_folder, va_t from_path, int to_folder, va_t to_path, u32 flags)
{
    struct place from, to;
    long error = find_in(path_buffer[0], from_folder, from_path, &from);
    if (error == 0)
        error = find_in(path_buffer[1], to_folder, to_path, &to);
    if (error == 0)
        error = check_rename(&from, &to);
    if (error == 0 && flags & RENAME_NOREPLACE && to.node)
        error = -EEXIST;
    if (error < 0 || to.node == from.node)
        return error;
    if (to.node)
        tree_remove(to.node);
    tree_move(from.node, to.folder, to.last, to.length);
    return 0;
}

/* rename(from, to): what was at `to` is replaced at once. Returns 0; -ENOENT, -EINVAL (a folder into itself), -EISDIR, -ENOTDIR, -ENOTEMPTY, -EBUSY (`.`, `..`, the
 * root), and a path's errors. */
long
sys_rename(struct trapframe *t)
{
    return rename(AT_FDCWD, t->rdi, AT_FDCWD, t->rsi, 0);
}

long
sys_renameat(struct trapframe *t)
{
    return rename(t->rdi, t->rsi, t->rdx, t->r10, 0);
}

/* renameat2(folder, from, folder, to, flags): RENAME_NOREPLACE: -EEXIST if there is something. -EINVAL (other flags). */
long
sys_renameat2(struct trapframe *t)
{
    return t->r8 & ~(u64)RENAME_NOREPLACE ? -EINVAL : rename(t->rdi, t->rsi, t->rdx, t->r10, t->r8);
}

/* ---- the working folder ------------------------------------------------------------------------------------------------- */

static long
work_in(struct node *node)
{
    struct node *old = current->files->working_folder;
    if (!S_ISDIR(node->mode))
        return -ENOTDIR;
    current->files->working_folder = node_get(node);
    node_put(old);
    return 0;
}

/* chdir(path). Returns 0; -ENOTDIR, and a path's errors. */
long
sys_chdir(struct trapframe *t)
{
    struct node *node;
    long error = path_find_existing(AT_FDCWD, t->rdi, &node);
    return error < 0 ? error : work_in(node);
}

/* fchdir(fd). -EBADF, -ENOTDIR. */
long
sys_fchdir(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    return !file ? -EBADF : file->node ? work_in(file->node) : -ENOTDIR;
}

/* getcwd(to, size): the working folder's path. Returns its length with the 0 behind it; -ENOENT (it has been removed), -ERANGE (it is longer), -EFAULT. */
long
sys_getcwd(struct trapframe *t)
{
    char *end = path_buffer[0] + PATH_SIZE, *at = end - 1;
    *at = 0;
    for (const struct node *n = current->files->working_folder; n != tree_root; n = n->parent) {
        if (!n->linked)
            return -ENOENT;
        if (at - path_buffer[0] < (long)n->length + 1)
            return -ENAMETOOLONG;
        at -= n->length;
        memcpy(at, n->name, n->length);
        *--at = '/';
    }
    if (!*at)
        *--at = '/';
    u64 size = end - at;
    return size > t->rsi ? -ERANGE : user_write(t->rdi, at, size) < 0 ? -EFAULT : (long)size;
}

/* umask(mask): which permissions new files do not get. Returns the old one. */
long
sys_umask(struct trapframe *t)
{
    u32 old = current->files->umask;
    current->files->umask = t->rdi & S_FOLDER_PERMISSIONS & 0777;
    return old;
}
