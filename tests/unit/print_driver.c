/* print() and report() with a serial port that is standard output; and what a program prints, in pieces: its input after a 0 byte, each 0 the end of a piece. */

#include "driver.h"

#include <machine/print.h>
#include <machine/serial.h>

static bool in_line;

void
serial_write(const char *bytes, size_t n)
{
    fwrite(bytes, 1, n, stdout);
    if (n > 0)
        in_line = bytes[n - 1] != '\n';
}

bool
serial_in_line(void)
{
    return in_line;
}

int
main(void)
{
    size_t bytes;
    char *input = read_input(&bytes);
    char text[2000] = "";
    memcpy(text, input, bytes < sizeof text - 1 ? bytes : sizeof text - 1);
    print("%s|%c|%d|%u|%x|%ld|%lu|%lx|%%\n", "s", 'c', -2147483647 - 1, 4294967295u, 0xdeadbeef, -9223372036854775807l - 1, ~0ul, ~0ul);
    report("killed x %s", text);
    for (char *piece = memchr(input, 0, bytes), *end = input + bytes; piece && piece < end; piece = memchr(piece + 1, 0, end - piece - 1))
        if (piece + 1 < end) {
            char *next = memchr(piece + 1, 0, end - piece - 1);
            print_for_program(piece + 1, (next ? next : end) - piece - 1);
        } else
            break;
    free(input);
    return 0;
}
