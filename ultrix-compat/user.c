/* user.c - access to user memory; contract in user.h. The accesses themselves are in user_copy.S; supplying pages is vm.c's business. */

#include "user.h"
#include "abi.h"
#include "errors.h"

#include <machine/layout.h>

/* user_copy.S */
extern long user_copy(void *to, const void *from, size_t n), user_copy_string(char *to, va_t from, size_t n), user_fxsave(va_t to);
extern const char user_copy_start[], user_copy_end[], user_copy_failed[];

bool
user_is_range(va_t start, size_t n)
{
    return start <= USER_TOP && n <= USER_TOP - start;
}

long
user_read(void *to, va_t from, size_t n)
{
    return user_is_range(from, n) ? user_copy(to, (const void *)from, n) : -EFAULT;
}

long
user_write(va_t to, const void *from, size_t n)
{
    return user_is_range(to, n) ? user_copy((void *)to, from, n) : -EFAULT;
}

/* A string that ends below USER_TOP may be shorter than `size`. */
long
user_read_string(char *to, va_t from, size_t size)
{
    if (from >= USER_TOP)
        return -EFAULT;
    bool cut = size > USER_TOP - from;
    long length = user_copy_string(to, from, cut ? USER_TOP - from : size);
    return cut && length == -ENAMETOOLONG ? -EFAULT : length;
}

long
user_save_fp(va_t to)
{
    return user_is_range(to, sizeof(struct fp_state)) ? user_fxsave(to) : -EFAULT;
}

bool
user_is_copying(const struct trapframe *t)
{
    return t->rip >= (u64)user_copy_start && t->rip < (u64)user_copy_end;
}

void
user_give_up(struct trapframe *t)
{
    t->rip = (u64)user_copy_failed;
}
