/* file_list.c - the names in a folder; contract in exos/file.h. A folder has no contents of its own: what is in it is what is called so. */

#include <exos/copy.h>
#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/files.h>

/* What `name` is called in `folder`, or NULL: it is not in there, or deeper. */
static const char *
name_in(const char *folder, const char *name)
{
    for (; *folder; folder++, name++)
        if (*name != *folder)
            return NULL;
    return name;
}

const char *
exos_file_name(const struct exos_file *folder, const struct exos_file *file)
{
    const char *name = file->linked && file != folder ? name_in(folder->name, file->name) : NULL;
    if (name && folder->name[0])
        name = *name == '/' ? name + 1 : NULL;
    for (const char *c = name; c && *c; c++)
        if (*c == '/')
            return NULL;
    return name && *name ? name : NULL;
}

static long
list(const char *path, char *names, size_t size)
{
    struct exos_file *folder;
    size_t n = 0;
    long status = exos_file_find(path, &folder);
    if (status < 0)
        return status;
    if (folder->kind != EXOS_FILE_FOLDER)
        return -ENOTDIR;
    for (const struct exos_file *file = exos_files->file; file < exos_files->file + EXOS_FILES_MAX; file++) {
        const char *name = exos_file_name(folder, file);
        for (bool more = name; more; more = *name++) {
            if (n == size)
                return -EINVAL;
            names[n++] = *name;
        }
    }
    return n;
}

long
exos_file_list(const char *path, char *names, size_t size)
{
    exos_touch_to_write(names, size);
    long status = exos_files_lock();
    if (status < 0)
        return status;
    status = list(path, names, size);
    exos_session_unlock();
    return status;
}
