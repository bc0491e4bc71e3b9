/* fd_row.h - this process's descriptors, for fd.c and fd_io.c. */
#ifndef EXOS_FD_ROW_H
#define EXOS_FD_ROW_H

#include <exos/fd.h>

extern struct exos_fd_row *exos_fd_row;

/* Does `fd` name a thing of that kind? */
static inline bool
names(int fd, enum exos_open_kind kind)
{
    return (unsigned)fd < EXOS_FDS && exos_fd_row->kind[(unsigned)fd] == kind;
}

/* What `fd` names; NULL if it is not open. */
static inline struct exos_open *
opened(int fd)
{
    return (unsigned)fd < EXOS_FDS ? exos_fd_row->open[(unsigned)fd] : NULL;
}

#endif
