/* console.c - bytes between applications and the serial port: for people, not a resource that is shared out. */

#include "binding.h"

#include <machine/print.h>
#include <machine/serial.h>

enum { CONSOLE_MAX = 512 };

long sys_console_read(void);

/* Write `n` bytes at `va` of the caller. Returns the number written (at most 512 a call), or -E_ADDRESS with nothing written. */
long
sys_console_write(u64 va, u64 n)
{
    char bytes[CONSOLE_MAX];
    if (n > CONSOLE_MAX)
        n = CONSOLE_MAX;
    if (!binding_read(env_current(), va, bytes, n))
        return -E_ADDRESS;
    print_for_program(bytes, n);
    return n;
}

/* The next byte that has arrived at the console. Returns it (0 to 255), or -E_AGAIN: the caller decides how to wait. */
long
sys_console_read(void)
{
    int byte = serial_read();
    return byte < 0 ? -E_AGAIN : byte;
}
