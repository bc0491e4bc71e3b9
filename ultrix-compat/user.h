/* user.h - the only way to user memory: checked, and a bad address is an error, never a kernel fault. */
#ifndef USER_H
#define USER_H

#include <machine/trapframe.h>

/* Does [start, start + n) lie in the lower half, below USER_TOP? */
bool user_is_range(va_t start, size_t n);

/* Copy from, to user memory. Return 0, or -EFAULT if any byte of the range is not the user's to read or write (part may have been copied). */
long user_read(void *to, va_t from, size_t n);
long user_write(va_t to, const void *from, size_t n);

/* Copy a 0-terminated string of at most `size` bytes, the 0 included. Returns its length, -EFAULT, or -ENAMETOOLONG. */
long user_read_string(char *to, va_t from, size_t size);

/* Save the floating-point state to user memory, `to` 16-byte aligned. Returns 0 or -EFAULT. */
long user_save_fp(va_t to);

/* Was this kernel-mode exception raised by one of the above? If so, and it cannot be repaired: make the function return -EFAULT. */
bool user_is_copying(const struct trapframe *t);
void user_give_up(struct trapframe *t);

/* May an address have this value? The processor faults on others by themselves (Intel SDM vol. 1, 3.3.7.1). */
static inline bool user_is_canonical(va_t va) { return (va_t)((int64_t)(va << 16) >> 16) == va; }

#endif
