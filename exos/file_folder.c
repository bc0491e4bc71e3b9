/* file_folder.c - folders: made, removed, and worked in; contract in exos/file.h. A folder is a name: what is in it is what is called so (file_list.c).
 *
 * A process that works in a folder counts among its opens. So the entry stays when the folder is removed, without a name, and a path that begins there leads nowhere.
 */

#include "fd_row.h"

#include <exos/copy.h>
#include <exos/errno.h>
#include <exos/files.h>

static long
unlock(long result)
{
    exos_session_unlock();
    return result;
}

static long
make(const char *path)
{
    struct exos_file *file;
    long status = exos_file_find(path, &file);
    if (status == -ENOENT)
        return exos_file_create(path, EXOS_FILE_FOLDER, &file);
    return status < 0 ? status : -EEXIST;
}

long
exos_folder_make(const char *path)
{
    long status = exos_files_lock();
    return status < 0 ? status : unlock(make(path));
}

static bool
is_empty(const struct exos_file *folder)
{
    for (const struct exos_file *file = exos_files->file; file < exos_files->file + EXOS_FILES_MAX; file++)
        if (exos_file_name(folder, file))
            return false;
    return true;
}

/* Is the last component a single dot? */
static bool
ends_in_dot(const char *path)
{
    bool dot = false;
    for (char before = '/'; *path; before = *path++)
        dot = *path == '.' ? before == '/' : dot && *path == '/';
    return dot;
}

static long
remove(const char *path)
{
    struct exos_file *folder;
    long status = exos_file_find(path, &folder);
    if (status < 0)
        return status;
    if (folder->kind != EXOS_FILE_FOLDER)
        return -ENOTDIR;
    if (!folder->name[0])
        return -EBUSY;
    if (ends_in_dot(path))
        return -EINVAL;
    if (!is_empty(folder))
        return -ENOTEMPTY;
    exos_file_forget(folder);
    return 0;
}

long
exos_folder_remove(const char *path)
{
    long status = exos_files_lock();
    return status < 0 ? status : unlock(remove(path));
}

static long
work_in(const char *path)
{
    struct exos_file *folder, *before = exos_fd_row->folder;
    long status = exos_file_find(path, &folder);
    if (status < 0)
        return status;
    if (folder->kind != EXOS_FILE_FOLDER)
        return -ENOTDIR;
    exos_fd_row->folder = folder->name[0] ? folder : NULL;
    if (exos_fd_row->folder)
        folder->opens++;
    if (before)
        exos_file_closed(before);
    return 0;
}

long
exos_folder_work_in(const char *path)
{
    long status = exos_files_lock();
    return status < 0 ? status : unlock(work_in(path));
}

static long
write_path(char *to, size_t size)
{
    const struct exos_file *folder = exos_fd_row->folder;
    size_t n = 0;
    if (folder && !folder->linked)
        return -ENOENT;
    while (folder && folder->name[n])
        n++;
    if (size < n + 2)
        return -ERANGE;
    *to++ = '/';
    for (size_t i = 0; i < n; i++)
        *to++ = folder->name[i];
    *to = 0;
    return n + 2;
}

long
exos_folder_path(char *path, size_t size)
{
    exos_touch_to_write(path, size < EXOS_PATH_MAX + 2 ? size : EXOS_PATH_MAX + 2);
    long status = exos_files_lock();
    return status < 0 ? status : unlock(write_path(path, size));
}
