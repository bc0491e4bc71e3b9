/* file_archive.c - the boot archive's files among the session's; contract in exos/file.h.
 *
 * The kernel shows the archive to everybody by one capability for all its pages. From that, one for each file's own pages is made when the file is first touched, and kept in
 * the session's memory: a process binds a file by one call, whatever else is in the archive. Names are copied, so that looking one up touches no page of it.
 */

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/files.h>
#include <exos/syscall.h>
#include <format/archive.h>

enum { PAGE = AEGIS_PAGE_SIZE };

static uint64_t
archive_bytes(void)
{
    return AEGIS_INFO_POINTER->archive_bytes;
}

/* The folders that the file of that name is in. */
static void
enter_folders(const char *name)
{
    for (size_t i = 1; name[i] && i < EXOS_PATH_MAX; i++)
        if (name[i] == '/')
            exos_file_enter(name, i, EXOS_FILE_FOLDER);
}

static void
enter(const struct archive_file *file)
{
    size_t length = 0;
    while (file->name[length] && length < EXOS_PATH_MAX)
        length++;
    enter_folders(file->name);
    struct exos_file *entered = exos_file_enter(file->name, length, EXOS_FILE_ARCHIVE); /* one that is too long cannot be named by anybody */
    if (!entered || entered->kind != EXOS_FILE_ARCHIVE)
        return;
    entered->size = file->size;
    entered->offset = (uintptr_t)file->data - EXOS_ARCHIVE;
    exos_files->archive_end = entered - exos_files->file + 1;
}

/* A capability for `n` pages of the archive from its `page`th on, or fewer where it ends. */
static struct aegis_cap
pages_from(uint64_t page, uint64_t n)
{
    const volatile struct aegis_cap *all = &AEGIS_INFO_POINTER->archive;
    uint64_t npages = all->name >> 32 & 0xffff;
    n = n < npages - page ? n : npages - page;
    struct aegis_cap part = {AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)all->name + page, n), 0};
    part.check = sys_cap_attenuate(all->name, all->check, part.name).value;
    return part;
}

/* What is between one file and the next is in HEADER_PAGES at most, if no name is longer than a path: only these are bound, a file at a time, and outside the cache
 * (guaranteed), so that what a process pays for later does not depend on how large the archive is. */
void
exos_archive_enter(void)
{
    enum { HEADER_PAGES = 3 };
    struct archive_file file;
    size_t offset = 0;
    int found = AEGIS_INFO_POINTER->archive.name != 0;
    while (found > 0 && offset < archive_bytes()) {
        uintptr_t at = EXOS_ARCHIVE + offset / PAGE * PAGE;
        struct aegis_cap headers = pages_from(offset / PAGE, HEADER_PAGES);
        if (sys_page_bind(at | AEGIS_GUARANTEED, headers.name, headers.check) < 0)
            break;
        found = archive_next((const void *)EXOS_ARCHIVE, archive_bytes(), &offset, &file);
        if (found > 0)
            enter(&file);
        sys_page_unbind(at, HEADER_PAGES);
    }
}

/* All pages with bytes of the file. */
static uint64_t
pages_of(const struct exos_file *file)
{
    uint32_t first = file->offset / PAGE, end = (file->offset + file->size + PAGE - 1) / PAGE;
    return AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)AEGIS_INFO_POINTER->archive.name + first, end - first);
}

/* Bind a page that belongs to no file, to one that is not entered yet, or to one that is too large. */
static bool
bind_page(uint64_t page)
{
    struct aegis_cap one = pages_from(page, 1);
    return sys_page_bind(EXOS_ARCHIVE + page * PAGE, one.name, one.check) == 0;
}

/* What a fault may bind at once, so that the rest of a set of the cache still holds what the program works with: a file of more pages must come in parts. */
static uint64_t
most_at_once(void)
{
    uint32_t limit = AEGIS_INFO_POINTER->binding_limit;
    return limit ? AEGIS_BINDING_WAYS(limit) / 2 : UINT32_MAX;
}

/* Bind all pages of the file. */
static bool
bind(struct exos_file *file)
{
    if (file->pages.name == 0) {
        struct aegis_result made = sys_cap_attenuate(AEGIS_INFO_POINTER->archive.name, AEGIS_INFO_POINTER->archive.check, pages_of(file));
        if (made.status < 0)
            return false;
        file->pages.check = made.value;
        file->pages.name = pages_of(file); /* last: whoever sees it sees the check too */
    }
    return sys_page_bind(EXOS_ARCHIVE + file->offset / PAGE * PAGE, file->pages.name, file->pages.check) == 0;
}

/* Files share the page where one ends and the next begins: either will do. */
static bool
holds(const struct exos_file *file, uint64_t page)
{
    return file->kind == EXOS_FILE_ARCHIVE && file->size > 0 && page >= file->offset / PAGE && page <= (file->offset + file->size - 1) / PAGE;
}

bool
exos_archive_fault(uintptr_t address)
{
    uint64_t offset = address - EXOS_ARCHIVE;
    if (offset >= archive_bytes())
        return false;
    for (struct exos_file *file = exos_files->file; file < exos_files->file + exos_files->archive_end; file++)
        if (holds(file, offset / PAGE) && file->size / PAGE < most_at_once())
            return bind(file);
    return bind_page(offset / PAGE);
}

long
exos_file_image(const char *path, const void **bytes, size_t *size)
{
    struct exos_file *file;
    if (exos_files_lock() < 0)
        return -ENOMEM;
    long status = exos_file_find(path, &file);
    exos_session_unlock();
    if (status < 0)
        return status;
    if (file->kind != EXOS_FILE_ARCHIVE)
        return -EACCES;
    *bytes = (const void *)(EXOS_ARCHIVE + file->offset);
    *size = file->size;
    return 0;
}
