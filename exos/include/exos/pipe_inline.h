/* pipe_inline.h - reading and writing a pipe inline (pipe', Table 8), and the body of the library's functions; contracts in pipe.h.
 *
 * The fast paths: one word of 4 or 8 bytes, in one piece, nobody else inside. Everything else is pipe.c's. A slice may end anywhere: whoever comes then finds the lock taken,
 * and yields to its holder by name.
 */
#ifndef EXOS_PIPE_INLINE_H
#define EXOS_PIPE_INLINE_H

#include <aegis/abi.h>
#include <exos/pipe.h>
#include <exos/transfer.h>
#include <stdbool.h>

/* Unaligned, and of any type: it is the caller's bytes. */
typedef uint64_t __attribute__((may_alias, aligned(1))) exos_pipe_word8;
typedef uint32_t __attribute__((may_alias, aligned(1))) exos_pipe_word4;

static inline bool
exos_pipe_enter(struct exos_pipe *pipe, uint32_t me)
{
    uint32_t nobody = 0;
    return __atomic_compare_exchange_n(&pipe->lock, &nobody, me, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static inline void
exos_pipe_leave(struct exos_pipe *pipe)
{
    __atomic_store_n(&pipe->lock, 0, __ATOMIC_RELEASE);
}

static inline void
exos_pipe_copy_word(volatile void *to, const volatile void *from, size_t n)
{
    if (n == 8)
        *(volatile exos_pipe_word8 *)to = *(const volatile exos_pipe_word8 *)from;
    else
        *(volatile exos_pipe_word4 *)to = *(const volatile exos_pipe_word4 *)from;
}

static inline long
exos_pipe_read_inline(struct exos_pipe *pipe, void *to, size_t n)
{
    volatile struct exos_pipe *p = pipe;
    if (p->tail == p->head) {
        p->reader.env = AEGIS_AREA_POINTER->env;
        exos_yield_bare(p->writer.env);
    }
    if ((n != 8 && n != 4) || !exos_pipe_enter(pipe, AEGIS_AREA_POINTER->env))
        return exos_pipe_read_slow(pipe, to, n);
    uint32_t head = p->head, at = head % EXOS_PIPE_SIZE;
    if (p->tail - head - (uint32_t)n > EXOS_PIPE_SIZE - (uint32_t)n || at > EXOS_PIPE_SIZE - n) {
        exos_pipe_leave(pipe);
        return exos_pipe_read_slow(pipe, to, n);
    }
    exos_pipe_copy_word(to, &p->bytes[at], n);
    p->head = head + (uint32_t)n;
    exos_pipe_leave(pipe);
    return n;
}

static inline long
exos_pipe_write_inline(struct exos_pipe *pipe, const void *from, size_t n)
{
    volatile struct exos_pipe *p = pipe;
    uint32_t me = AEGIS_AREA_POINTER->env;
    if ((n != 8 && n != 4) || !exos_pipe_enter(pipe, me))
        return exos_pipe_write_slow(pipe, from, n);
    uint32_t tail = p->tail, at = tail % EXOS_PIPE_SIZE;
    if (tail - p->head > EXOS_PIPE_SIZE - (uint32_t)n || at > EXOS_PIPE_SIZE - n || p->reader.open == 0) {
        exos_pipe_leave(pipe);
        return exos_pipe_write_slow(pipe, from, n);
    }
    exos_pipe_copy_word(&p->bytes[at], from, n);
    p->writer.env = me;
    p->tail = tail + (uint32_t)n;
    exos_pipe_leave(pipe);
    return n;
}

#endif
