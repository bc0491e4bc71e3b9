/* console.c - text for people; contract in exos/console.h. */

#include <exos/console.h>
#include <exos/syscall.h>

void
exos_write(const void *bytes, size_t n)
{
    const char *next = bytes;
    while (n > 0) {
        long written = sys_console_write(next, n);
        if (written <= 0)
            return;
        next += written;
        n -= written;
    }
}

void
exos_puts(const char *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    exos_write(text, n);
}

void
exos_puthex(uint64_t value)
{
    char text[18] = "0x", *out = text + 2;
    int shift = 60;
    while (shift > 0 && value >> shift == 0)
        shift -= 4;
    for (; shift >= 0; shift -= 4)
        *out++ = "0123456789abcdef"[value >> shift & 15];
    exos_write(text, out - text);
}
