/* pipe_inline.h - reading and writing a pipe inline (pipe', Table 8), and the body of the library's functions; contracts in pipe.h.
 *
 * The fast paths: one word, the only one on its side, the word in one piece. Everything else is pipe.c's. They take no lock: only this environment changes its own end,
 * and it publishes the end when the bytes are there. A slice may end anywhere.
 */
#ifndef EXOS_PIPE_INLINE_H
#define EXOS_PIPE_INLINE_H

#include <aegis/abi.h>
#include <exos/pipe.h>
#include <exos/transfer.h>

/* Unaligned, and of any type: it is the caller's bytes. */
typedef uint64_t __attribute__((may_alias, aligned(1))) exos_pipe_word;
enum { EXOS_PIPE_WORD = sizeof(exos_pipe_word) };

static inline long
exos_pipe_read_inline(struct exos_pipe *pipe, void *to, size_t n)
{
    volatile struct exos_pipe *p = pipe;
    uint32_t head = p->head;
    if (p->tail == head) {
        p->reader.env = AEGIS_AREA_POINTER->env;
        exos_yield_bare(p->writer.env);
        head = p->head;
    }
    uint32_t at = head % EXOS_PIPE_SIZE;
    if (n != EXOS_PIPE_WORD || p->reader.open != 1 || p->tail - head - EXOS_PIPE_WORD > EXOS_PIPE_SIZE - EXOS_PIPE_WORD || at > EXOS_PIPE_SIZE - EXOS_PIPE_WORD)
        return exos_pipe_read_slow(pipe, to, n);
    *(exos_pipe_word *)to = *(volatile exos_pipe_word *)&p->bytes[at];
    p->head = head + EXOS_PIPE_WORD;
    return EXOS_PIPE_WORD;
}

static inline long
exos_pipe_write_inline(struct exos_pipe *pipe, const void *from, size_t n)
{
    volatile struct exos_pipe *p = pipe;
    uint32_t tail = p->tail, at = tail % EXOS_PIPE_SIZE;
    if (n != EXOS_PIPE_WORD || p->writer.open != 1 || tail - p->head > EXOS_PIPE_SIZE - EXOS_PIPE_WORD || at > EXOS_PIPE_SIZE - EXOS_PIPE_WORD ||
        p->reader.open == 0)
        return exos_pipe_write_slow(pipe, from, n);
    *(volatile exos_pipe_word *)&p->bytes[at] = *(const exos_pipe_word *)from;
    p->writer.env = AEGIS_AREA_POINTER->env;
    p->tail = tail + EXOS_PIPE_WORD;
    return EXOS_PIPE_WORD;
}

#endif
