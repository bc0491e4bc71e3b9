/* console.c - text for people; contract in exos/console.h. What they type: console_input.c. */

#include <exos/console.h>
#include <exos/copy.h>
#include <exos/syscall.h>

enum { CONSOLE_MAX = 512 }; /* bytes of one call */
enum { TRIES = 3 };        /* a page may lose its binding again between the touch and the call */

void
exos_write(const void *bytes, size_t n)
{
    const char *next = bytes;
    for (int tries = TRIES; n > 0 && tries > 0;) {
        long written = sys_console_write(next, n);
        if (written > 0) {
            next += written;
            n -= written;
            tries = TRIES;
        } else { /* mapped, but not bound at the moment: the kernel reads nothing else */
            exos_touch(next, n < CONSOLE_MAX ? n : CONSOLE_MAX);
            tries--;
        }
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
