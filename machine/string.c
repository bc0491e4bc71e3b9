/* string.c - memory and string primitives; contract in machine/string.h. */

#include <machine/string.h>

void *
memcpy(void *to, const void *from, size_t n)
{
    void *start = to;
    size_t words = n / 8, bytes = n % 8;
    asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
    return start;
}

void *
memmove(void *to, const void *from, size_t n)
{
    char *t = to;
    const char *f = from;
    if (t <= f || t >= f + n)
        return memcpy(to, from, n);
    size_t words = n / 8;
    for (; n % 8; n--)
        t[n - 1] = f[n - 1];
    t += n - 8;
    f += n - 8;
    asm volatile("std; rep movsq; cld" : "+D"(t), "+S"(f), "+c"(words) : : "memory");
    return to;
}

void *
memset(void *to, int byte, size_t n)
{
    void *start = to;
    u64 pattern = 0x0101010101010101u * (u8)byte;
    size_t words = n / 8, bytes = n % 8;
    asm volatile("rep stosq" : "+D"(to), "+c"(words) : "a"(pattern) : "memory");
    asm volatile("rep stosb" : "+D"(to), "+c"(bytes) : "a"(pattern) : "memory");
    return start;
}

int
memcmp(const void *a, const void *b, size_t n)
{
    const u8 *x = a, *y = b;
    for (; n > 0; n--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

size_t
strlen(const char *s)
{
    size_t n = 0;
    while (s[n])
        n++;
    return n;
}

char *
strchr(const char *s, int c)
{
    while (*s && *s != (char)c)
        s++;
    return *s == (char)c ? (char *)s : NULL;
}
