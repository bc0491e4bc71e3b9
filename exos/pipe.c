/* pipe.c - pipes, whatever the fast paths do not do; contracts in exos/pipe.h. */

#include <exos/copy.h>
#include <exos/image.h>
#include <exos/pipe_inline.h>
#include <exos/transfer.h>

#define ME (AEGIS_AREA_POINTER->env)

static bool
alive(uint32_t env)
{
    return AEGIS_INFO_POINTER->env[env % AEGIS_ENVS].id == env;
}

/* Let `env` run if it can, else whoever is next: it is not known whom this environment waits for, and it may be nobody that lives. */
static void
let_run(uint32_t env)
{
    if (env && env != ME && exos_yield(env) >= 0)
        return;
    exos_slot_look_all();
    exos_yield(0);
}

/* Returns 0, or -EXOS_PIPE_EDEADLK: a handler has interrupted this very environment inside. Who is inside and dead will not come out any more. */
static long
lock(struct exos_pipe *pipe)
{
    uint32_t holder = 0;
    while (!__atomic_compare_exchange_n(&pipe->lock, &holder, ME, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        if (holder == ME)
            return -EXOS_PIPE_EDEADLK;
        if (alive(holder)) {
            let_run(holder);
            holder = 0;
        } /* else the next attempt takes it from the dead */
    }
    return 0;
}

void
exos_pipe_init(struct exos_pipe *pipe, uint32_t reader, uint32_t writer)
{
    pipe->head = pipe->tail = pipe->lock = 0;
    pipe->reader = (struct exos_pipe_side){1, reader};
    pipe->writer = (struct exos_pipe_side){1, writer};
}

void
exos_pipe_open(struct exos_pipe *pipe, struct exos_pipe_side *side)
{
    (void)pipe;
    __atomic_add_fetch(&side->open, 1, __ATOMIC_ACQ_REL);
}

void
exos_pipe_close(struct exos_pipe *pipe, struct exos_pipe_side *side, uint32_t env)
{
    (void)pipe;
    __atomic_compare_exchange_n(&side->env, &env, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    __atomic_sub_fetch(&side->open, 1, __ATOMIC_ACQ_REL);
}

/* Is nobody left on this side? If it is open once only, by the one who was here last, and that one has died, it is. */
static bool
gone(volatile struct exos_pipe_side *side)
{
    uint32_t env = side->env;
    if (env && !alive(env)) {
        if (side->open <= 1)
            return true;
        side->env = 0; /* others hold it open, unknown ones */
    }
    return side->open == 0;
}

/* Of `n` bytes from `at` on, at most EXOS_PIPE_SIZE, those before the buffer's end. */
static uint32_t
before_end(uint32_t at, uint32_t n)
{
    uint32_t rest = EXOS_PIPE_SIZE - at % EXOS_PIPE_SIZE;
    return n < rest ? n : rest;
}

/* Copy within the buffer's bounds, whatever `at` is. */
static void
copy_in(struct exos_pipe *pipe, uint32_t at, const uint8_t *from, uint32_t n)
{
    uint32_t part = before_end(at, n);
    exos_copy(&pipe->bytes[at % EXOS_PIPE_SIZE], from, part);
    exos_copy(pipe->bytes, from + part, n - part);
}

static void
copy_out(const struct exos_pipe *pipe, uint32_t at, uint8_t *to, uint32_t n)
{
    uint32_t part = before_end(at, n);
    exos_copy(to, &pipe->bytes[at % EXOS_PIPE_SIZE], part);
    exos_copy(to + part, pipe->bytes, n - part);
}

/* Leave the pipe, wait for the other side, and come back. */
static long
wait(struct exos_pipe *pipe, volatile struct exos_pipe_side *mine, volatile struct exos_pipe_side *other)
{
    mine->env = ME;
    exos_pipe_leave(pipe);
    let_run(other->env);
    return lock(pipe);
}

long
exos_pipe_read_slow(struct exos_pipe *pipe, void *to, size_t n)
{
    long result = n ? lock(pipe) : 0;
    if (n == 0 || result < 0)
        return result;
    uint32_t head, used;
    for (;;) {
        head = *(volatile uint32_t *)&pipe->head;
        used = *(volatile uint32_t *)&pipe->tail - head;
        if (used || gone(&pipe->writer))
            break;
        if ((result = wait(pipe, &pipe->reader, &pipe->writer)) < 0)
            return result;
    }
    if (used > EXOS_PIPE_SIZE)
        result = -EXOS_PIPE_EIO;
    else
        result = n < used ? n : used;
    if (result > 0) {
        copy_out(pipe, head, to, result);
        __atomic_store_n(&pipe->head, head + (uint32_t)result, __ATOMIC_RELEASE);
    }
    exos_pipe_leave(pipe);
    return result;
}

/* Write at most `n` bytes, at least `least` at once. Returns how many, or an error. */
static long
write_some(struct exos_pipe *pipe, const uint8_t *from, size_t n, uint32_t least)
{
    long result = lock(pipe);
    if (result < 0)
        return result;
    uint32_t tail, used;
    for (;;) {
        tail = *(volatile uint32_t *)&pipe->tail;
        used = tail - *(volatile uint32_t *)&pipe->head;
        if (gone(&pipe->reader))
            result = -EXOS_PIPE_EPIPE;
        else if (used > EXOS_PIPE_SIZE)
            result = -EXOS_PIPE_EIO;
        if (result < 0 || EXOS_PIPE_SIZE - used >= least)
            break;
        if ((result = wait(pipe, &pipe->writer, &pipe->reader)) < 0)
            return result;
    }
    if (result == 0) {
        result = n < EXOS_PIPE_SIZE - used ? n : EXOS_PIPE_SIZE - used;
        copy_in(pipe, tail, from, result);
        pipe->writer.env = ME;
        __atomic_store_n(&pipe->tail, tail + (uint32_t)result, __ATOMIC_RELEASE);
    }
    exos_pipe_leave(pipe);
    return result;
}

long
exos_pipe_write_slow(struct exos_pipe *pipe, const void *from, size_t n)
{
    size_t done = 0;
    while (done < n) {
        long written = write_some(pipe, (const uint8_t *)from + done, n - done, n <= EXOS_PIPE_SIZE ? n : 1);
        if (written < 0)
            return done ? (long)done : written;
        done += written;
    }
    return done;
}

long
exos_pipe_read(struct exos_pipe *pipe, void *to, size_t n)
{
    return exos_pipe_read_inline(pipe, to, n);
}

long
exos_pipe_write(struct exos_pipe *pipe, const void *from, size_t n)
{
    return exos_pipe_write_inline(pipe, from, n);
}
