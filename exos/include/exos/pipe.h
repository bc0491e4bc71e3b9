/* pipe.h - a pipe: a circular buffer in memory that its readers and writers share, with no kernel and no server between them (Table 8).
 *
 * It has no pointer in it: each environment may have it at an address of its own. Who finds it empty or full yields to the other side by name. Whoever shares a pipe can
 * spoil what goes through it, as it can in any pipe, and cannot make the others touch memory outside of the buffer.
 * Any number of readers and writers.
 *
 * exos_pipe_read and exos_pipe_write are the library's; a program that wants them in its own loops includes exos/pipe_inline.h (pipe'), the same source.
 */
#ifndef EXOS_PIPE_H
#define EXOS_PIPE_H

#include <stddef.h>
#include <stdint.h>

#define EXOS_PIPE_SIZE 4096u /* bytes it holds; a write of at most that many is not mixed with others */

/* Linux's numbers. */
enum { EXOS_PIPE_EIO = 5, EXOS_PIPE_EDEADLK = 35, EXOS_PIPE_EPIPE = 32 };

/* One side. */
struct exos_pipe_side {
    uint32_t open; /* how many hold this side open: see exos_pipe_open, exos_pipe_close */
    uint32_t env;  /* who of them was here last, 0 if not known: to whom the other side yields */
};

struct exos_pipe {
    uint32_t lock;       /* the environment that is inside, 0: none */
    uint32_t head, tail; /* bytes read and written so far, modulo 2^32: head <= tail <= head + EXOS_PIPE_SIZE */
    uint32_t reserved;
    struct exos_pipe_side reader, writer;
    uint32_t reserved2[8];
    uint8_t bytes[EXOS_PIPE_SIZE];
};

/* Make an empty pipe at `pipe`, with each side open once: by environments `reader` and `writer`, or by ones not known yet (0). */
void exos_pipe_init(struct exos_pipe *pipe, uint32_t reader, uint32_t writer);

/* One more environment, or descriptor, has `side` of `pipe` open; and one less, which was held by environment `env`. When an environment dies, whoever notices closes for it. */
void exos_pipe_open(struct exos_pipe *pipe, struct exos_pipe_side *side);
void exos_pipe_close(struct exos_pipe *pipe, struct exos_pipe_side *side, uint32_t env);

/* Read at least one and at most `n` bytes; waits until there are some. Returns how many; 0 at the end: it is empty and no writer is left (closed, or the only one dead).
 * -EXOS_PIPE_EIO: another environment has spoiled it. -EXOS_PIPE_EDEADLK: this environment is inside already, below a handler. */
long exos_pipe_read(struct exos_pipe *pipe, void *to, size_t n);

/* Write all `n` bytes; waits while it is full. Returns n, or fewer if the last reader goes in between, -EXOS_PIPE_EPIPE if there is none to begin with, or the errors of
 * exos_pipe_read. That a reader has died without closing is not seen by single words until the pipe is full. */
long exos_pipe_write(struct exos_pipe *pipe, const void *from, size_t n);

/* What the fast paths leave over: any size, wrapping round, somebody else inside, waiting, ends. */
long exos_pipe_read_slow(struct exos_pipe *pipe, void *to, size_t n);
long exos_pipe_write_slow(struct exos_pipe *pipe, const void *from, size_t n);

#endif
