/* transfer.h - user memory that a read fills or a write empties: one range, or the several of readv and writev. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <machine/types.h>

struct transfer {
    va_t at;     /* the range in hand */
    size_t here; /* bytes of it that are left */
    size_t left; /* bytes of all that are left */
    va_t next;   /* the rest of the user's struct iovec array, */
    u32 nranges; /* and how many there are in it */
};

/* One range. -EFAULT: not all in the user's half. More than TRANSFER_MAX bytes become so many, as on Linux. */
enum { TRANSFER_MAX = 0x7ffff000 };
long transfer_begin(struct transfer *transfer, va_t at, size_t n);

/* The `n` ranges of the array at `iov`. -EINVAL: more than 1024, or longer than any object; -EFAULT. */
long transfer_begin_vector(struct transfer *transfer, va_t iov, u64 n);

/* Move `n` bytes, at most transfer->left. 0; -EFAULT, the transfer as before, though some may have been copied. */
long transfer_to_user(struct transfer *transfer, const void *from, size_t n);
long transfer_from_user(struct transfer *transfer, void *to, size_t n);

#endif
