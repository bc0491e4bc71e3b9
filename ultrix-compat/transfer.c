/* transfer.c - user memory that a read fills or a write empties; contract in transfer.h.
 *
 * A vector's ranges are checked before anything moves, and read again one by one as they are needed: a program whose other thread changes them meanwhile may get
 * bytes elsewhere in its own memory or -EFAULT, and nothing worse: each range is checked when it is used, and no more are read than were given.
 */

#include "transfer.h"
#include "errors.h"
#include "user.h"

enum { VECTOR_MAX = 1024 };

struct range {
    va_t at;
    u64 n;
};

long
transfer_begin(struct transfer *transfer, va_t at, size_t n)
{
    if (!user_is_range(at, n))
        return -EFAULT;
    n = n < TRANSFER_MAX ? n : TRANSFER_MAX;
    *transfer = (struct transfer){.at = at, .here = n, .left = n};
    return 0;
}

long
transfer_begin_vector(struct transfer *transfer, va_t iov, u64 n)
{
    if (n > VECTOR_MAX)
        return -EINVAL;
    *transfer = (struct transfer){.next = iov, .nranges = n};
    for (u64 i = 0; i < n; i++) {
        struct range range;
        if (user_read(&range, iov + i * sizeof range, sizeof range) < 0)
            return -EFAULT;
        if ((int64_t)range.n < 0)
            return -EINVAL;
        if (!user_is_range(range.at, range.n))
            return -EFAULT;
        transfer->left = range.n < TRANSFER_MAX - transfer->left ? transfer->left + range.n : TRANSFER_MAX;
    }
    return 0;
}

/* The next range that is not empty. -EFAULT: there is none any more, or it cannot be read. */
static long
next_range(struct transfer *t)
{
    struct range range;
    do {
        if (t->nranges == 0 || user_read(&range, t->next, sizeof range) < 0)
            return -EFAULT;
        t->next += sizeof range;
        t->nranges--;
    } while (range.n == 0);
    t->at = range.at;
    t->here = range.n < t->left ? range.n : t->left;
    return 0;
}

static inline long
copy(va_t user, void *kernel, size_t n, bool to_user)
{
    return to_user ? user_write(user, kernel, n) : user_read(kernel, user, n);
}

/* From one range to the next. */
static long
move_on(struct transfer *transfer, void *kernel, size_t n, bool to_user)
{
    struct transfer t = *transfer;
    while (n > 0) {
        if (t.here == 0 && next_range(&t) < 0)
            return -EFAULT;
        size_t part = n < t.here ? n : t.here;
        if (copy(t.at, kernel, part, to_user) < 0)
            return -EFAULT;
        t.at += part, t.here -= part, t.left -= part;
        kernel = (char *)kernel + part, n -= part;
    }
    *transfer = t;
    return 0;
}

static inline long
move(struct transfer *t, void *kernel, size_t n, bool to_user)
{
    if (n > t->here)
        return move_on(t, kernel, n, to_user);
    if (copy(t->at, kernel, n, to_user) < 0)
        return -EFAULT;
    t->at += n, t->here -= n, t->left -= n;
    return 0;
}

long
transfer_to_user(struct transfer *transfer, const void *from, size_t n)
{
    return move(transfer, (void *)from, n, true);
}

long
transfer_from_user(struct transfer *transfer, void *to, size_t n)
{
    return move(transfer, to, n, false);
}
