/* path.h - paths that system calls are given. */
#ifndef PATH_H
#define PATH_H

#include "tree.h"

/* Read the path at user address `at` and follow it from the folder that `fd` names (AT_FDCWD: the working folder). What *place says counts until the next path is read.
 * 0, or -EFAULT, -ENAMETOOLONG, -EBADF, -ENOTDIR, -ENOENT: the way to the last name. path_find_existing: what is there must exist. */
long path_find(int fd, va_t at, struct place *place);
long path_find_existing(int fd, va_t at, struct node **node);

#endif
