/* archive.h - the boot archive: cpio "newc" (Linux Documentation/driver-api/early-userspace/buffer-format.rst). A pure reader. */
#ifndef FORMAT_ARCHIVE_H
#define FORMAT_ARCHIVE_H

#include <stddef.h>

struct archive_file {
    const char *name; /* 0-terminated, inside the archive */
    const void *data;
    size_t size;
};

/* Find the next regular file at or after `*offset`, and move `*offset` behind it.
 * Returns 1 with *file filled; 0 at the end; -1 if the archive is damaged (nothing outside it is ever read). */
int archive_next(const void *archive, size_t bytes, size_t *offset, struct archive_file *file);

#endif
