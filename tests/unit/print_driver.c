/* print() and report() with a serial port that is standard output. */

#include "driver.h"

#include <machine/print.h>
#include <machine/serial.h>

void
serial_write(const char *bytes, size_t n)
{
    fwrite(bytes, 1, n, stdout);
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
    free(input);
    return 0;
}
