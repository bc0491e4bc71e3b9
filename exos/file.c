/* file.c - names of files; contract in exos/file.h. What is in them: file_data.c, file_archive.c.
 *
 * Invariant: an entry's bucket chain holds it if and only if it is linked; it is free if and only if it is neither linked nor open.
 */

#include "fd_row.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/files.h>

enum { ROOT = 0 }; /* the first folder's number */

/* A path as it is kept: components with one / between, without the first. */
struct path {
    char name[EXOS_PATH_MAX];
    size_t length;
    unsigned in;  /* number of the folder that it is in */
    bool folder;  /* it ended in /, so it must be one */
};

static bool
same(const char *a, const char *b, size_t n)
{
    while (n > 0 && *a == *b)
        n--, a++, b++;
    return n == 0;
}

/* FNV-1a, 32 bits. */
static uint32_t
hash_of(const char *name, size_t length)
{
    uint32_t hash = 2166136261;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)name[i]) * 16777619;
    return hash;
}

/* The file `name` in the folder of that number. */
static struct exos_file *
lookup(const char *name, size_t length, unsigned folder)
{
    uint32_t hash = hash_of(name, length);
    for (unsigned i = exos_files->bucket[folder][hash % EXOS_FILE_BUCKETS]; i; i = exos_files->file[i - 1].next) {
        struct exos_file *file = &exos_files->file[i - 1];
        if (file->hash == hash && same(file->name, name, length) && file->name[length] == 0)
            return file;
    }
    return NULL;
}

/* The number of the folder that `name` is in. */
static unsigned
folder_of(const char *name, size_t length)
{
    while (length > 0 && name[length - 1] != '/')
        length--;
    return length == 0 ? ROOT : lookup(name, length - 1, folder_of(name, length - 1))->folder;
}

/* The last component goes. */
static void
parent(struct path *path)
{
    while (path->length > 0 && path->name[--path->length] != '/')
        ;
}

/* Where a path begins: at /, or at the working folder, if that is still there. */
static long
begin(const char *text, struct path *path)
{
    const struct exos_file *folder = exos_fd_row->folder;
    path->length = 0;
    path->in = ROOT;
    path->folder = true;
    if (*text == '/' || (*text && !folder))
        return 0;
    if (!*text || !folder->linked)
        return -ENOENT;
    for (const char *c = folder->name; *c; c++)
        path->name[path->length++] = *c;
    path->in = folder->in;
    return 0;
}

/* The components of `text` one by one; each but the last must be a folder that exists. */
static long
resolve(const char *text, struct path *path)
{
    long status = begin(text, path);
    if (status < 0)
        return status;
    for (;;) {
        while (*text == '/')
            text++, path->folder = true;
        if (!*text)
            break;
        const struct exos_file *folder = lookup(path->name, path->length, path->in);
        if (!folder)
            return -ENOENT;
        if (folder->kind != EXOS_FILE_FOLDER)
            return -ENOTDIR;
        size_t n = 0;
        while (text[n] && text[n] != '/')
            if (++n >= EXOS_PATH_MAX)
                return -ENAMETOOLONG;
        path->folder = n <= 2 && same(text, "..", n);
        if (n == 2 && path->folder) {
            parent(path);
            path->in = folder_of(path->name, path->length);
        } else if (!path->folder) {
            if (path->length + 1 + n >= EXOS_PATH_MAX)
                return -ENAMETOOLONG;
            if (path->length > 0)
                path->name[path->length++] = '/';
            path->in = folder->folder;
            while (n > 0)
                path->name[path->length++] = *text++, n--;
        }
        text += n;
    }
    return 0;
}

long
exos_file_find(const char *text, struct exos_file **file)
{
    struct path path;
    long status = resolve(text, &path);
    if (status < 0)
        return status;
    *file = lookup(path.name, path.length, path.in);
    if (!*file)
        return -ENOENT;
    return path.folder && (*file)->kind != EXOS_FILE_FOLDER ? -ENOTDIR : 0;
}

/* Not among the archive's, which stay. */
static struct exos_file *
free_entry(void)
{
    for (struct exos_file *file = exos_files->file + exos_files->archive_end; file < exos_files->file + EXOS_FILES_MAX; file++)
        if (file->kind == EXOS_FILE_FREE)
            return file;
    return NULL;
}

/* What leads to `index` in the bucket of `file`: 0 is its end. */
static uint16_t *
link_to(const struct exos_file *file, uint16_t index)
{
    uint16_t *link = &exos_files->bucket[file->in][file->hash % EXOS_FILE_BUCKETS];
    while (*link != index)
        link = &exos_files->file[*link - 1].next;
    return link;
}

/* At the end of its bucket: what was there first is found as fast as before. */
static struct exos_file *
enter_in(unsigned folder, const char *name, size_t length, enum exos_file_kind kind)
{
    struct exos_file *file = lookup(name, length, folder);
    if (file || length >= EXOS_PATH_MAX || !(file = free_entry()))
        return file;
    uint32_t hash = hash_of(name, length);
    *file = (struct exos_file){.kind = kind, .linked = true, .hash = hash, .in = folder};
    for (size_t i = 0; i < length; i++)
        file->name[i] = name[i];
    if (kind == EXOS_FILE_FOLDER)
        file->folder = exos_files->nfolders++ % EXOS_FOLDERS;
    *link_to(file, 0) = file - exos_files->file + 1;
    return file;
}

struct exos_file *
exos_file_enter(const char *name, size_t length, enum exos_file_kind kind)
{
    return enter_in(folder_of(name, length), name, length, kind);
}

long
exos_file_create(const char *text, enum exos_file_kind kind, struct exos_file **file)
{
    struct path path;
    long status = resolve(text, &path);
    if (status < 0)
        return status;
    if (path.folder && kind != EXOS_FILE_FOLDER)
        return -EISDIR;
    *file = enter_in(path.in, path.name, path.length, kind);
    return *file ? 0 : -ENOSPC;
}

static void
release(struct exos_file *file)
{
    if (file->linked || file->opens > 0)
        return;
    if (file->kind == EXOS_FILE_MEMORY)
        exos_file_truncate(file);
    file->kind = EXOS_FILE_FREE;
}

void
exos_file_closed(struct exos_file *file)
{
    file->opens--;
    release(file);
}

void
exos_file_forget(struct exos_file *file)
{
    *link_to(file, file - exos_files->file + 1) = file->next;
    file->linked = false;
    release(file);
}

long
exos_file_unlink(const char *path)
{
    struct exos_file *file;
    if (exos_files_lock() < 0)
        return -ENOMEM;
    long status = exos_file_find(path, &file);
    if (status == 0 && file->kind == EXOS_FILE_MEMORY)
        exos_file_forget(file);
    else if (status == 0)
        status = file->kind == EXOS_FILE_FOLDER ? -EISDIR : -EROFS;
    exos_session_unlock();
    return status;
}
