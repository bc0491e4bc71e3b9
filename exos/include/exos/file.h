/* file.h - the files of a session: those of the boot archive, to read, and those that programs make, in memory. A layer below descriptors (fd.h).
 *
 * A name is kept as its whole path from / on, of less than EXOS_PATH_MAX bytes. A path that does not begin with / begins at the process's working folder (file_folder.c): / when
 * the session begins, the parent's after fork, the same after exec. Everything lies in the session's memory, so that all its processes see the same; what is here is called with the session's lock held, but where it says otherwise.
 *
 *      address                       what
 *      ---------------------------   ------------------------------------------------------------------------------------------
 *      EXOS_SESSION_FILES + 2.5 MiB  struct exos_file_system: names, open files, descriptors (fd.h), the console's line
 *      + 3 MiB                       pipes (fd.c)
 *      + 4 MiB                       blocks, to the region's end; a block's number is its page number in the region
 *      EXOS_ARCHIVE                  the boot archive, read only: each file's pages are bound when first touched
 */
#ifndef EXOS_FILE_H
#define EXOS_FILE_H

#include <aegis/abi.h>
#include <exos/session.h>
#include <stdbool.h>
#include <stddef.h>

#define EXOS_ARCHIVE 0x180780000
#define EXOS_ARCHIVE_SIZE 0x10000000 /* a capability names at most 65535 pages */

enum { EXOS_PATH_MAX = 64, EXOS_FILES_MAX = 512, EXOS_FOLDERS = 8, EXOS_FILE_BUCKETS = 64 };
enum { EXOS_BLOCK_SIZE = AEGIS_PAGE_SIZE, EXOS_BLOCK_FIRST = 1024, EXOS_BLOCKS = EXOS_SESSION_FILES_SIZE / EXOS_BLOCK_SIZE };
enum { EXOS_INDEX_BLOCKS = 4, EXOS_INDEX_ENTRIES = EXOS_BLOCK_SIZE / sizeof(uint16_t) };

#define EXOS_FILE_SIZE_MAX ((uint64_t)EXOS_INDEX_BLOCKS * EXOS_INDEX_ENTRIES * EXOS_BLOCK_SIZE)

enum exos_file_kind { EXOS_FILE_FREE, EXOS_FILE_MEMORY, EXOS_FILE_ARCHIVE, EXOS_FILE_FOLDER };

struct exos_file {
    char name[EXOS_PATH_MAX]; /* from / on, without it */
    uint32_t hash;
    uint16_t next;            /* in its bucket: index + 1 */
    uint8_t in;               /* number of its folder */
    uint8_t kind, linked;     /* linked: it can be found by its name */
    uint8_t folder;           /* FOLDER: its number, modulo EXOS_FOLDERS: names in one folder do not slow down those in another */
    uint32_t opens;           /* open descriptions of it, and processes that work in it; it is gone when there is neither such nor a name */
    uint64_t size;
    union {
        uint16_t index[EXOS_INDEX_BLOCKS];                   /* MEMORY: blocks of block numbers; 0: a hole, reads as zeros */
        struct { uint64_t offset; struct aegis_cap pages; }; /* ARCHIVE: where its bytes begin; all its pages, name 0: not asked for yet */
    };
};

/* The file of that path, whatever its kind. Returns 0, or -ENOENT (also: the path begins at a working folder that has been removed), -ENAMETOOLONG, -ENOTDIR (something below a file). */
long exos_file_find(const char *path, struct exos_file **file);

/* An empty file or folder of that path, which there is not. Returns 0, or -ENOENT (no such folder), -ENOTDIR, -ENAMETOOLONG, -EISDIR (a file, and the path ends in /), -ENOSPC (EXOS_FILES_MAX). */
long exos_file_create(const char *path, enum exos_file_kind kind, struct exos_file **file);

/* Take the name away. Returns 0, or as exos_file_find; -EISDIR, -EROFS (of the archive). Takes the lock itself. */
long exos_file_unlink(const char *path);

/* The names of what is in the folder of that path, each ended by a 0, to `names`. Returns their bytes, or as exos_file_find; -ENOTDIR (no folder), -EINVAL (more than `size`).
 * Takes the lock itself. */
long exos_file_list(const char *path, char *names, size_t size);

/* What `file` is called in `folder`; NULL: it is not in there, or deeper. */
const char *exos_file_name(const struct exos_file *folder, const struct exos_file *file);

/* Take the name of `file` away: it is gone when nobody has it open. */
void exos_file_forget(struct exos_file *file);

/* There is one description less of it, or one process less that works in it. */
void exos_file_closed(struct exos_file *file);

/* file_folder.c. Make a folder; remove an empty one; work in one from now on. They take the lock themselves. Return 0, or as exos_file_find and exos_file_create; and
 * make: -EEXIST. remove: -ENOTDIR, -ENOTEMPTY, -EINVAL (the path ends in `.`), -EBUSY (/). work_in: -ENOTDIR. */
long exos_folder_make(const char *path);
long exos_folder_remove(const char *path);
long exos_folder_work_in(const char *path);

/* The working folder's path, from / on and with a 0 behind it, to `path`. Returns its bytes, or -ERANGE (more than `size`), -ENOENT (it has been removed). */
long exos_folder_path(char *path, size_t size);

/* Make it empty. Only for a MEMORY file. */
void exos_file_truncate(struct exos_file *file);

/* Copy up to n bytes from `at` on. Returns how many; 0 behind the end; -EISDIR of a folder. */
long exos_file_read(struct exos_file *file, uint64_t at, void *bytes, size_t n);

/* Copy n bytes to `at`, and what lies between it and the end so far is zeros. Returns how many, fewer if memory is full on the way; -ENOSPC (full at once), -EFBIG (beyond EXOS_FILE_SIZE_MAX). */
long exos_file_write(struct exos_file *file, uint64_t at, const void *bytes, size_t n);

/* file_archive.c. For exec: the bytes of an archive's file, side by side, which stay where they are. Returns 0, or as exos_file_find; -EACCES: not from the archive. Takes the lock itself. */
long exos_file_image(const char *path, const void **bytes, size_t *size);

/* For the page-fault handler: bind the archive's file that `address` lies in. False: no address of a file of the archive. */
bool exos_archive_fault(uintptr_t address);

/* Enter the archive's files, and the folders that they are in. Once a session. */
void exos_archive_enter(void);

/* Enter what there is not yet; NULL if there is no room. */
struct exos_file *exos_file_enter(const char *name, size_t length, enum exos_file_kind kind);

#endif
