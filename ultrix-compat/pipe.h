/* pipe.h - what others than its ends want to know of a pipe. */
#ifndef PIPE_H
#define PIPE_H

#include <machine/types.h>

enum { PIPE_BUF = 4096 };

struct pipe;

/* Its inode number; the bytes that can be read. */
u64 pipe_number(const struct pipe *pipe);
u32 pipe_bytes(const struct pipe *pipe);

#endif
