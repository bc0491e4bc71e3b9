/* pipe.c - pipes: up to 16 pages of bytes in the kernel, and who waits for bytes or for room; system calls pipe, pipe2.
 *
 * A write goes to the last page if all that is not a multiple of a page fits there, else to new pages, as on Linux: so a write of at most PIPE_BUF bytes is in one page,
 * and is there whole or not at all. A page goes when its last byte is read; one is kept for the next write.
 */

#include "abi.h"
#include "errors.h"
#include "file.h"
#include "page.h"
#include "pipe.h"
#include "process.h"
#include "slab.h"
#include "syscall.h"
#include "user.h"
#include "wait.h"

#include <machine/paging.h>

enum { BUFFERS = 16 };

struct buffer {
    char *page;
    u32 start, length; /* the bytes of it that are to be read; length > 0 */
};

struct pipe {
    u32 first, count; /* buffers in use: buffer[first % BUFFERS] is read next */
    struct buffer buffer[BUFFERS];
    char *spare;          /* a page, or NULL */
    u32 readers, writers; /* open files */
    u64 number;           /* for fstat */
    struct wait_queue bytes_came, room_came;
};

static struct slab pipes = {.size = (sizeof(struct pipe) + 15) & ~15u};

static inline struct buffer *buffer_at(struct pipe *p, u32 i) { return &p->buffer[(p->first + i) % BUFFERS]; }

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

static void
give_back(struct pipe *p, char *page)
{
    if (p->spare)
        page_free(paging_physical(page));
    else
        p->spare = page;
}

/* Move what is wanted of the first buffer. Bytes, or -EFAULT and they are still there. */
static long
take_some(struct pipe *p, struct transfer *transfer)
{
    struct buffer *b = buffer_at(p, 0);
    u32 n = b->length < transfer->left ? b->length : transfer->left;
    if (transfer_to_user(transfer, b->page + b->start, n) < 0)
        return -EFAULT;
    b->start += n;
    b->length -= n;
    if (b->length > 0)
        return n;
    give_back(p, b->page);
    p->first++;
    p->count--;
    wait_wake(&p->room_came);
    return n;
}

static long
read_pipe(struct file *file, struct transfer *transfer)
{
    struct pipe *p = file->pipe;
    long done = 0, n = 0;
    if (transfer->left == 0)
        return 0;
    while (p->count == 0) {
        if (p->writers == 0)
            return 0;
        if (file->flags & O_NONBLOCK)
            return -EAGAIN;
        if (wait_on(&p->bytes_came) < 0)
            return -EINTR;
    }
    for (; transfer->left > 0 && p->count > 0; done += n)
        if ((n = take_some(p, transfer)) < 0)
            break;
    return done ? done : n;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

/* To the last buffer, if there the odd bytes fit. Bytes, 0 if not, -EFAULT. */
static long
add_to_last(struct pipe *p, struct transfer *transfer)
{
    struct buffer *b = buffer_at(p, p->count - 1);
    u32 odd = transfer->left % PAGE_SIZE, end = b->start + b->length;
    if (odd == 0 || end + odd > PAGE_SIZE)
        return 0;
    if (transfer_from_user(transfer, b->page + end, odd) < 0)
        return -EFAULT;
    b->length += odd;
    return odd;
}

/* To a new buffer; there is one. Bytes, -EFAULT, -ENOMEM. */
static long
add_new(struct pipe *p, struct transfer *transfer)
{
    u32 n = transfer->left < PAGE_SIZE ? transfer->left : PAGE_SIZE;
    char *page = p->spare;
    p->spare = NULL;
    if (!page) {
        pa_t taken = page_take();
        if (!taken)
            return -ENOMEM;
        page = paging_direct(taken);
    }
    if (transfer_from_user(transfer, page, n) < 0) {
        give_back(p, page);
        return -EFAULT;
    }
    *buffer_at(p, p->count++) = (struct buffer){page, 0, n};
    return n;
}

static long
no_reader(void)
{
    const struct signal_info info = {.address = current->pid, .code = SI_USER};
    signal_send_thread(current_thread, SIGPIPE, &info);
    return -EPIPE;
}

/* Wait until there is a buffer. 0, or why not. */
static long
wait_for_room(const struct file *file)
{
    struct pipe *p = file->pipe;
    while (p->count == BUFFERS) {
        if (file->flags & O_NONBLOCK)
            return -EAGAIN;
        if (wait_on(&p->room_came) < 0)
            return -EINTR;
        if (p->readers == 0)
            return no_reader();
    }
    return 0;
}

static long
write_pipe(struct file *file, struct transfer *transfer)
{
    struct pipe *p = file->pipe;
    long done = 0, n = 0;
    if (transfer->left == 0)
        return 0;
    if (p->readers == 0)
        return no_reader();
    if (p->count > 0)
        done = n = add_to_last(p, transfer);
    while (n >= 0 && transfer->left > 0) {
        if ((n = wait_for_room(file)) < 0 || (n = add_new(p, transfer)) < 0)
            break;
        done += n;
        wait_wake(&p->bytes_came);
    }
    if (done > 0)
        wait_wake(&p->bytes_came);
    return done > 0 ? done : n;
}

/* ---- the ends ----------------------------------------------------------------------------------------------------------- */

static void
destroy(struct pipe *p)
{
    while (p->count > 0)
        page_free(paging_physical(buffer_at(p, --p->count)->page));
    if (p->spare)
        page_free(paging_physical(p->spare));
    slab_free(p);
}

/* Who waits for the other end learns that it has gone. */
static void
close_reader(struct file *file)
{
    struct pipe *p = file->pipe;
    p->readers--;
    wait_wake(&p->room_came);
    if (p->readers + p->writers == 0)
        destroy(p);
}

static void
close_writer(struct file *file)
{
    struct pipe *p = file->pipe;
    p->writers--;
    wait_wake(&p->bytes_came);
    if (p->readers + p->writers == 0)
        destroy(p);
}

static long
refuse(struct file *file, struct transfer *transfer)
{
    (void)file, (void)transfer;
    return -EBADF;
}

static const struct file_kind read_end = {read_pipe, refuse, close_reader}, write_end = {refuse, write_pipe, close_writer};

u64
pipe_number(const struct pipe *pipe)
{
    return pipe->number;
}

u32
pipe_bytes(const struct pipe *p)
{
    u32 n = 0;
    for (u32 i = 0; i < p->count; i++)
        n += buffer_at((struct pipe *)p, i)->length;
    return n;
}

/* Both ends of a new pipe, each with a reference; false: no memory. */
static bool
create(u32 flags, struct file *end[2])
{
    static u64 last_number;
    struct pipe *p = slab_take(&pipes);
    if (!p)
        return false;
    *p = (struct pipe){.readers = 1, .writers = 1, .number = ++last_number};
    end[0] = file_create(&read_end, NULL, O_RDONLY | flags);
    end[1] = end[0] ? file_create(&write_end, NULL, O_WRONLY | flags) : NULL;
    if (end[1]) {
        end[0]->pipe = end[1]->pipe = p;
        return true;
    }
    if (end[0]) {
        end[0]->pipe = p;
        p->writers = 0;
        file_put(end[0]);
    } else
        slab_free(p);
    return false;
}

/* Descriptors for both, told to the caller. On an error neither is left, but the ends are. */
static long
install(struct file *end[2], va_t at, bool close_on_exec)
{
    int fd[2];
    long error;
    if ((fd[0] = error = file_install(end[0], 0, close_on_exec)) < 0)
        return error;
    if ((fd[1] = error = file_install(end[1], 0, close_on_exec)) >= 0) {
        if (user_write(at, fd, sizeof fd) == 0)
            return 0;
        file_uninstall(fd[1]);
        error = -EFAULT;
    }
    file_uninstall(fd[0]);
    return error;
}

static long
make_pipe(va_t at, u32 flags)
{
    struct file *end[2];
    if (flags & ~(u32)(O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    if (!create(flags & O_NONBLOCK, end))
        return -ENFILE;
    long error = install(end, at, flags & O_CLOEXEC);
    if (error < 0) {
        file_put(end[0]);
        file_put(end[1]);
    }
    return error;
}

/* pipe(descriptors): descriptors[0] reads what is written to descriptors[1]. Returns 0; -EMFILE, -ENFILE (no memory), -EFAULT. */
long
sys_pipe(struct trapframe *t)
{
    return make_pipe(t->rdi, 0);
}

/* pipe2(descriptors, flags): O_CLOEXEC, O_NONBLOCK. As pipe; -EINVAL (other flags). */
long
sys_pipe2(struct trapframe *t)
{
    return make_pipe(t->rdi, t->rsi);
}
