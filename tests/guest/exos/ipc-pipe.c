/* What goes into a pipe comes out of it, in order: whatever the sizes, wherever slices end, whoever comes late or dies; and nobody can make another touch memory outside of it. */

#include "ipc.h"

#include <exos/pipe_inline.h>

enum { STREAM = 100000, RECORD = 24, RECORDS = 600 };

static uint8_t
pattern(uint32_t i)
{
    return i * 7 + i / 251;
}

static int
echoes_words(uint64_t turns)
{
    uint64_t word;
    while (turns-- > 0 && exos_pipe_read_inline(&BOARD->there, &word, sizeof word) == sizeof word) {
        word++;
        exos_pipe_write(&BOARD->back, &word, sizeof word);
    }
    exos_pipe_close(&BOARD->back, &BOARD->back.writer, ME);
    return 0;
}

/* Writes a known stream in pieces of all sizes, some larger than the pipe. */
static int
writes_stream(uint64_t seed)
{
    static uint8_t piece[3 * EXOS_PIPE_SIZE];
    for (uint32_t at = 0, n; at < STREAM; at += n) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        n = 1 + (seed >> 33) % (seed >> 60 ? 61 : sizeof piece);
        n = n < STREAM - at ? n : STREAM - at;
        for (uint32_t i = 0; i < n; i++)
            piece[i] = pattern(at + i);
        if (exos_pipe_write(&BOARD->there, piece, n) != (long)n)
            return 1;
    }
    return 0; /* without closing: the reader sees that it is dead */
}

/* Writes records that must arrive whole. */
static int
writes_records(uint64_t mark)
{
    uint64_t record[RECORD / 8];
    for (uint64_t i = 0; i < RECORDS; i++) {
        record[0] = mark, record[1] = i, record[2] = mark * i;
        exos_pipe_write(&BOARD->there, record, RECORD);
    }
    exos_pipe_close(&BOARD->there, &BOARD->there.writer, ME);
    return 0;
}

static int
reads_once(uint64_t n)
{
    char bytes[100];
    exos_pipe_read(&BOARD->there, bytes, n);
    return 0;
}

static void
words(void)
{
    struct exos_env kid = ipc_kid(0, echoes_words, 1000);
    exos_pipe_init(&BOARD->there, kid.id, ME);
    exos_pipe_init(&BOARD->back, ME, kid.id);
    uint64_t word = 0, sum = 0;
    for (uint64_t i = 0; i < 1000; i++) {
        word = i;
        exos_pipe_write(&BOARD->there, &word, sizeof word);
        exos_pipe_read(&BOARD->back, &word, sizeof word);
        sum += word == i + 1;
    }
    check(sum == 1000, "a thousand words there and back");
    check(exos_pipe_read(&BOARD->back, &word, 8) == 0, "the writer has closed: the end");
    ipc_wait(&kid);
    check(exos_pipe_write(&BOARD->there, &word, 9) == -EXOS_PIPE_EPIPE, "the only reader is dead");
}

/* `slices`: the kid has time of its own, and slices end in the middle of everything. */
static void
stream(bool slices, const char *promise)
{
    struct exos_env kid = ipc_kid(0, writes_stream, 1);
    exos_pipe_init(&BOARD->there, ME, kid.id);
    if (slices)
        exos_env_give_slice(&kid, free_position());
    uint32_t at = 0, wrong = 0;
    static uint8_t piece[777];
    for (long n; (n = exos_pipe_read(&BOARD->there, piece, 1 + at % sizeof piece)) > 0; at += n)
        for (long i = 0; i < n; i++)
            wrong += piece[i] != pattern(at + i);
    check(at == STREAM && wrong == 0, promise);
    ipc_wait(&kid);
}

static void
records(void)
{
    exos_pipe_init(&BOARD->there, ME, 0);
    struct exos_env kid[3];
    for (unsigned i = 0; i < 3; i++) {
        if (i > 0)
            exos_pipe_open(&BOARD->there, &BOARD->there.writer);
        kid[i] = ipc_kid(i, writes_records, i + 1);
        exos_env_give_slice(&kid[i], free_position());
    }
    uint64_t record[RECORD / 8], next[4] = {0}, right = 0;
    while (exos_pipe_read(&BOARD->there, record, RECORD) == RECORD)
        if (record[0] < 4 && record[1] == next[record[0]]++ && record[2] == record[0] * record[1])
            right++;
    check(right == 3 * RECORDS, "three writers' records arrive whole and in order, and then the end");
    for (unsigned i = 0; i < 3; i++)
        ipc_wait(&kid[i]);
}

static void
ends(void)
{
    char bytes[100] = {0};
    struct exos_pipe *pipe = &BOARD->there;
    struct exos_env kid = ipc_kid(0, reads_once, 10);
    exos_pipe_init(pipe, kid.id, ME);
    static char large[2 * EXOS_PIPE_SIZE];
    check(exos_pipe_write(pipe, large, sizeof large) == EXOS_PIPE_SIZE, "the reader dies during a large write: what was written before is the answer");
    check(exos_pipe_write(pipe, bytes, 100) == -EXOS_PIPE_EPIPE, "and then nothing");
    exos_pipe_init(pipe, ME, ME);
    check(exos_pipe_write(pipe, bytes, 100) == 100 && exos_pipe_read(pipe, bytes, 60) == 60 && exos_pipe_read(pipe, bytes, 60) == 40, "to oneself; short reads");
    check(exos_pipe_read(pipe, bytes, 0) == 0 && exos_pipe_write(pipe, bytes, 0) == 0, "nothing is nothing");
    exos_pipe_close(pipe, &pipe->writer, ME);
    check(exos_pipe_read(pipe, bytes, 8) == 0, "no writer: the end, for a word");
    check(exos_pipe_read(pipe, bytes, 100) == 0, "and for any size");
    exos_pipe_close(pipe, &pipe->reader, ME);
    check(exos_pipe_write(pipe, bytes, 8) == -EXOS_PIPE_EPIPE, "no reader");
}

static void
spoiled(void)
{
    char bytes[100] = {0};
    struct exos_pipe *pipe = &BOARD->there;
    exos_pipe_init(pipe, ME, ME);
    pipe->tail = pipe->head + 2 * EXOS_PIPE_SIZE;
    check(exos_pipe_read(pipe, bytes, 8) == -EXOS_PIPE_EIO && exos_pipe_read(pipe, bytes, 100) == -EXOS_PIPE_EIO, "a spoiled pipe is not read");
    check(exos_pipe_write(pipe, bytes, 8) == -EXOS_PIPE_EIO && exos_pipe_write(pipe, bytes, 100) == -EXOS_PIPE_EIO, "nor written");
    exos_pipe_init(pipe, ME, ME);
    pipe->head = pipe->tail = 0xfffffffc;
    uint64_t word = 0x1234567890abcdef, got = 0;
    check(exos_pipe_write(pipe, &word, 8) == 8 && exos_pipe_read(pipe, &got, 8) == 8 && got == word, "positions wrap round in the middle of a word");
    pipe->lock = ME;
    check(exos_pipe_read(pipe, bytes, 100) == -EXOS_PIPE_EDEADLK, "a handler that interrupted its own environment inside is told");
    pipe->lock = ME ^ 64;
    check(exos_pipe_write(pipe, bytes, 100) == 100, "who died inside does not keep the others out");
}

int
main(void)
{
    check_begin("ipc-pipe");
    check(ipc_begin(), "memory to share");
    words();
    stream(false, "100 000 bytes in pieces of all sizes, one slice for both");
    stream(true, "the same with slices of their own");
    records();
    ends();
    spoiled();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
