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

static inline __attribute__((always_inline)) void
exos_pipe_copy_word(volatile void *to, const volatile void *from, size_t n)
{
    if (n == 8)
        *(volatile exos_pipe_word8 *)to = *(const volatile exos_pipe_word8 *)from;
    else
        *(volatile exos_pipe_word4 *)to = *(const volatile exos_pipe_word4 *)from;
}

/* Take one word of n bytes, 4 or 8. False: there is none in one piece, or somebody else is inside. */
static inline __attribute__((always_inline)) bool
exos_pipe_take_word(struct exos_pipe *pipe, void *to, size_t n)
{
    if (!exos_pipe_enter(pipe, AEGIS_AREA_POINTER->env))
        return false;
    uint32_t head = *(volatile uint32_t *)&pipe->head; /* read once: it says where to look */
    size_t at = head % EXOS_PIPE_SIZE;
    bool there = pipe->tail - head - (uint32_t)n <= EXOS_PIPE_SIZE - (uint32_t)n && at <= EXOS_PIPE_SIZE - n;
    if (there) {
        exos_pipe_copy_word(to, &pipe->bytes[at], n);
        pipe->head = head + (uint32_t)n;
    }
    exos_pipe_leave(pipe);
    return there;
}

/* Put one word of n bytes, 4 or 8. False: there is no room in one piece, nobody reads, or somebody else is inside. */
static inline __attribute__((always_inline)) bool
exos_pipe_put_word(struct exos_pipe *pipe, const void *from, size_t n)
{
    uint32_t me = AEGIS_AREA_POINTER->env;
    if (!exos_pipe_enter(pipe, me))
        return false;
    uint32_t tail = *(volatile uint32_t *)&pipe->tail;
    size_t at = tail % EXOS_PIPE_SIZE;
    bool room = tail - pipe->head <= EXOS_PIPE_SIZE - (uint32_t)n && at <= EXOS_PIPE_SIZE - n && pipe->reader.open != 0;
    if (room) {
        exos_pipe_copy_word(&pipe->bytes[at], from, n);
        pipe->writer.env = me;
        pipe->tail = tail + (uint32_t)n;
    }
    exos_pipe_leave(pipe);
    return room;
}

static inline long
exos_pipe_read_inline(struct exos_pipe *pipe, void *to, size_t n)
{
    volatile struct exos_pipe *p = pipe;
    if (p->tail == p->head) {
        p->reader.env = AEGIS_AREA_POINTER->env;
        exos_yield_bare(p->writer.env);
    }
    if ((n == 8 && exos_pipe_take_word(pipe, to, 8)) || (n == 4 && exos_pipe_take_word(pipe, to, 4)))
        return n;
    return exos_pipe_read_slow(pipe, to, n);
}

static inline long
exos_pipe_write_inline(struct exos_pipe *pipe, const void *from, size_t n)
{
    if ((n == 8 && exos_pipe_put_word(pipe, from, 8)) || (n == 4 && exos_pipe_put_word(pipe, from, 4)))
        return n;
    return exos_pipe_write_slow(pipe, from, n);
}

#endif
